// Written by npm run record.

import * as kit from 'holdfast/client';

export { type CallOptions, type ClientOptions, NoAnswerError } from 'holdfast/client';

/** Every operation of the document: `payouts.approve`. */
export type OperationId = keyof operations;

/** What a call comes to. */
export type Result<Id extends OperationId> = kit.Result<operations, Id>;

/** Every problem that an operation of the document may answer, told apart by `code`. */
export type ProblemOf<Id extends OperationId> = kit.ProblemOf<operations, Id>;

/** An operation, as it is read. */
export type Operation = kit.Operation<operations>;

/** An operation that was accepted, to be waited for. */
export type OperationHandle = kit.OperationHandle<operations>;

export type Client = kit.Client<operations, typeof routes>;

/** A client of this service. */
export const createClient = (options: kit.ClientOptions): Client =>
  kit.createClient({ version: API_VERSION, routes }, options);

/** The version of the contract that the client speaks. */
export const API_VERSION = '2026-11-01';

/** Where each operation of the document is, and where its input goes. */
export const routes = {
  payouts: {
    /** List payouts, newest first. */
    list: { id: 'payouts.list', method: 'get', path: '/payouts', takes: 'query' },
    /** Draft a payout. */
    create: { id: 'payouts.create', method: 'post', path: '/payouts', takes: 'body' },
    /** Read a payout as its last write left it. */
    get: { id: 'payouts.get', method: 'get', path: '/payouts/{payoutId}', takes: undefined },
    /** Read who did what to a payout, in order. */
    history: { id: 'payouts.history', method: 'get', path: '/payouts/{payoutId}/history', takes: 'query' },
    /** Approve a submitted payout, so that it can be disbursed. */
    approve: { id: 'payouts.approve', method: 'post', path: '/payouts/{payoutId}/approve', takes: 'body' },
    /** Cancel a payout whose money has not been sent on its way. */
    cancel: { id: 'payouts.cancel', method: 'post', path: '/payouts/{payoutId}/cancel', takes: 'body' },
    /** Change the amount of a payout that is still a draft. */
    changeAmount: {
      id: 'payouts.change-amount',
      method: 'post',
      path: '/payouts/{payoutId}/change-amount',
      takes: 'body',
    },
    /** Send the money of an approved payout on its way; the answer names the operation that carries it out. */
    disburse: { id: 'payouts.disburse', method: 'post', path: '/payouts/{payoutId}/disburse', takes: 'body' },
    /** Take a cancelled or returned payout back to draft. */
    reopen: { id: 'payouts.reopen', method: 'post', path: '/payouts/{payoutId}/reopen', takes: 'body' },
    /** Submit a draft for approval. */
    submit: { id: 'payouts.submit', method: 'post', path: '/payouts/{payoutId}/submit', takes: 'body' },
  },
  operations: {
    /** List operations, newest first. */
    list: { id: 'operations.list', method: 'get', path: '/operations', takes: 'query' },
    /** Read what an operation has come to. */
    get: { id: 'operations.get', method: 'get', path: '/operations/{operationId}', takes: undefined },
    /** Cancel an operation, until its point of no return has been sent. */
    cancel: {
      id: 'operations.cancel',
      method: 'post',
      path: '/operations/{operationId}/cancel',
      takes: 'body',
    },
    /** Say what became of an operation that needs attention, with the evidence for it. */
    resolve: {
      id: 'operations.resolve',
      method: 'post',
      path: '/operations/{operationId}/resolve',
      takes: 'body',
    },
  },
} as const;

export interface components {
  schemas: {
    Payout: {
      id: string;
      state: 'draft' | 'submitted' | 'approved' | 'disbursing' | 'paid' | 'returned' | 'cancelled';
      version: number;
      amount: {
        /** ISO 4217 code */
        currency: string;
        /** Above zero, with exactly the currency's minor units. */
        value: string;
      };
      beneficiary: {
        name: string;
        iban: string;
      };
      reference: string;
      createdBy: string;
      submittedBy?: string;
      submittedAt?: string;
      approvedBy?: string;
      approvedAt?: string;
      cancelledBy?: string;
      cancelReason?: string;
      note?: string;
      /** RFC 3339, in UTC */
      createdAt: string;
      /** RFC 3339, in UTC */
      updatedAt: string;
      /** The last operation that an action on it started. */
      operation?: {
        id: string;
        href: string;
      };
      /** What this state permits; a client passes over actions that it does not know. */
      allowedActions: ('approve' | 'cancel' | 'change-amount' | 'disburse' | 'reopen' | 'submit')[];
    };
    PayoutList: {
      items: components['schemas']['Payout'][];
      /** There is more: send it as `cursor`. */
      nextCursor?: string;
    };
    ApprovePayout: {
      note?: string;
    };
    CancelPayout: {
      reason: string;
    };
    ChangeAmountPayout: {
      amount: {
        /** ISO 4217 code */
        currency: string;
        /** Above zero, with exactly the currency's minor units. */
        value: string;
      };
    };
    CreatePayout: {
      amount: {
        /** ISO 4217 code */
        currency: string;
        /** Above zero, with exactly the currency's minor units. */
        value: string;
      };
      beneficiary: {
        name: string;
        iban: string;
      };
      reference: string;
    };
    DisbursePayout: {
      note?: string;
    };
    ReopenPayout: {
      note?: string;
    };
    SubmitPayout: {
      note?: string;
    };
    HistoryEntry: {
      /** RFC 3339, in UTC */
      at: string;
      /** The action, or what happened to the operation. */
      action: string;
      /** Subject of the token; `system:operation` for what nobody asked for. */
      actor: string;
      /** Hash of the Idempotency-Key. */
      key?: string;
      from?: string;
      to: string;
      version: number;
      operation?: string;
      step?: string;
      attempt?: number;
      /** What the partner told of the step: `succeeded`, `pending`, `rejected: …`, `unavailable`, `unknown`, `undeclared`, `not-found`. Of `contradicted`: after another final outcome, which stands. */
      told?: string;
      /** Of a cancel of the operation: what it was sent with. */
      note?: string;
      /** Of a resolve of the operation: what a person found out. */
      outcome?: 'succeeded' | 'failed' | 'retry';
      /** Of a resolve of the operation: how they know. */
      evidence?: string;
      /** Of a resolve of the operation. */
      resource?: 'leave';
    };
    History: {
      items: components['schemas']['HistoryEntry'][];
      /** Up to this version nothing is missing; history follows the writes by about a second. */
      completeToVersion: number;
      currentVersion: number;
      /** There is more: send it as `after`. */
      next?: string;
    };
    Operation: {
      id: string;
      state:
        | 'accepted'
        | 'running'
        | 'waiting'
        | 'cancelling'
        | 'needs-attention'
        | 'succeeded'
        | 'failed'
        | 'cancelled';
      action: string;
      resource: {
        type: string;
        id: string;
        href: string;
      };
      step: string;
      attempt: number;
      progress: {
        completed: number;
        total: number;
      };
      nextAttemptAt?: string;
      /** Why nothing happens now, and until when; absent while something does. */
      waiting?: {
        /** rate: the partner is called as often as it may be · breaker: it failed so often that it is left alone · queue: no consumer took the command in time · unavailable: it did nothing, and said to try later · callback: it has taken the command on, and calls back · pending: it has taken it on, and is asked · unknown: it may have done it or not, and is asked · not-found: it does not know it, which has to settle */
        reason:
          | 'rate'
          | 'breaker'
          | 'queue'
          | 'unavailable'
          | 'callback'
          | 'pending'
          | 'unknown'
          | 'not-found';
        partner: string;
        /** Since when, for this reason. */
        since: string;
        nextAttemptAt: string;
      };
      result?: {
        [key: string]: string;
      };
      problem?: {
        detail: string;
      };
      cancelable: boolean;
      /** What the cancel was sent with. */
      note?: string;
      /** What a person has found out last; its history has every one. */
      resolution?: {
        outcome: 'succeeded' | 'failed' | 'retry';
        evidence: string;
        resource?: 'leave';
      };
      /** RFC 3339, in UTC */
      createdAt: string;
      /** RFC 3339, in UTC */
      updatedAt: string;
    };
    OperationList: {
      items: components['schemas']['Operation'][];
      /** There is more: send it as `cursor`. */
      nextCursor?: string;
    };
    CancelOperation: {
      note?: string;
    };
    ResolveOperation: {
      outcome: 'succeeded' | 'failed' | 'retry';
      evidence: string;
      /** A resource that the operation does not hold any more stays as it is. */
      resource?: 'leave';
    };
    /** What is known of every occurrence of a problem. */
    ProblemEntry: {
      type: string;
      title: string;
      code: string;
      category: string;
      recovery: string;
      help: string;
      client: string;
      tell: string;
      check: string;
      status: number;
      retryAfterSeconds?: number;
    };
    /** What the client would read now; its ETag is in the header of that name. */
    CurrentState: {
      state: string;
      version: number;
      allowedActions: string[];
    };
    ProblemError: {
      /** Where in the body: a JSON pointer (RFC 6901). */
      pointer?: string;
      /** Which query parameter. */
      parameter?: string;
      detail: string;
    };
    /** Your session has ended. Please sign in again. */
    UnauthenticatedProblem: {
      type: 'urn:holdfast:problem:unauthenticated';
      title: string;
      status: 401;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'unauthenticated';
      category: 'authorization';
      recovery: 'authenticate';
      /** Path of the page that tells what to do. */
      help: string;
    };
    /** You are not allowed to do this. Ask an administrator for access. */
    InsufficientScopeProblem: {
      type: 'urn:holdfast:problem:insufficient-scope';
      title: string;
      status: 403;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'insufficient-scope';
      category: 'authorization';
      recovery: 'stop';
      /** Path of the page that tells what to do. */
      help: string;
    };
    /** You are not allowed to do this. Ask an administrator for access. */
    AccessDeniedProblem: {
      type: 'urn:holdfast:problem:access-denied';
      title: string;
      status: 403;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'access-denied';
      category: 'authorization';
      recovery: 'stop';
      /** Path of the page that tells what to do. */
      help: string;
    };
    /** Something went wrong in the app. Please update it or report this. */
    UnsupportedMediaTypeProblem: {
      type: 'urn:holdfast:problem:unsupported-media-type';
      title: string;
      status: 415;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'unsupported-media-type';
      category: 'validation';
      recovery: 'fix-request';
      /** Path of the page that tells what to do. */
      help: string;
    };
    /** This is too large to send. Please shorten it. */
    RequestTooLargeProblem: {
      type: 'urn:holdfast:problem:request-too-large';
      title: string;
      status: 413;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'request-too-large';
      category: 'limit';
      recovery: 'fix-request';
      /** Path of the page that tells what to do. */
      help: string;
    };
    /** Something went wrong in the app. Please update it or report this. */
    MalformedRequestProblem: {
      type: 'urn:holdfast:problem:malformed-request';
      title: string;
      status: 400;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'malformed-request';
      category: 'validation';
      recovery: 'fix-request';
      /** Path of the page that tells what to do. */
      help: string;
      errors?: components['schemas']['ProblemError'][];
    };
    /** This list cannot be shown. Please open it again. */
    InvalidQueryProblem: {
      type: 'urn:holdfast:problem:invalid-query';
      title: string;
      status: 400;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'invalid-query';
      category: 'validation';
      recovery: 'fix-request';
      /** Path of the page that tells what to do. */
      help: string;
      errors: components['schemas']['ProblemError'][];
    };
    /** Something went wrong in the app. Please update it or report this. */
    IdempotencyKeyMissingProblem: {
      type: 'urn:holdfast:problem:idempotency-key-missing';
      title: string;
      status: 400;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'idempotency-key-missing';
      category: 'validation';
      recovery: 'fix-request';
      /** Path of the page that tells what to do. */
      help: string;
    };
    /** Something went wrong in the app. Please update it or report this. */
    IdempotencyKeyInvalidProblem: {
      type: 'urn:holdfast:problem:idempotency-key-invalid';
      title: string;
      status: 400;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'idempotency-key-invalid';
      category: 'validation';
      recovery: 'fix-request';
      /** Path of the page that tells what to do. */
      help: string;
    };
    /** This request was not processed: its key already belongs to another request. Check the current state, then try again. */
    IdempotencyKeyReusedProblem: {
      type: 'urn:holdfast:problem:idempotency-key-reused';
      title: string;
      status: 422;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'idempotency-key-reused';
      category: 'validation';
      recovery: 'fix-request';
      /** Path of the page that tells what to do. */
      help: string;
    };
    /** This app is too old. Please update it. */
    UnknownApiVersionProblem: {
      type: 'urn:holdfast:problem:unknown-api-version';
      title: string;
      status: 400;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'unknown-api-version';
      category: 'validation';
      recovery: 'fix-request';
      /** Path of the page that tells what to do. */
      help: string;
    };
    /** Please check what you entered. */
    InvalidInputProblem: {
      type: 'urn:holdfast:problem:invalid-input';
      title: string;
      status: 422;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'invalid-input';
      category: 'validation';
      recovery: 'fix-request';
      /** Path of the page that tells what to do. */
      help: string;
      errors: components['schemas']['ProblemError'][];
    };
    /** This no longer exists, or you cannot see it. */
    NotFoundProblem: {
      type: 'urn:holdfast:problem:not-found';
      title: string;
      status: 404;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'not-found';
      category: 'not-found';
      recovery: 'stop';
      /** Path of the page that tells what to do. */
      help: string;
    };
    /** Something went wrong in the app. Please update it or report this. */
    RouteNotFoundProblem: {
      type: 'urn:holdfast:problem:route-not-found';
      title: string;
      status: 404;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'route-not-found';
      category: 'not-found';
      recovery: 'fix-request';
      /** Path of the page that tells what to do. */
      help: string;
    };
    /** Something went wrong in the app. Please update it or report this. */
    VersionRequiredProblem: {
      type: 'urn:holdfast:problem:version-required';
      title: string;
      status: 428;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'version-required';
      category: 'validation';
      recovery: 'fix-request';
      /** Path of the page that tells what to do. */
      help: string;
    };
    /** This has changed since you last saw it. Check it again before you continue. */
    VersionMismatchProblem: {
      type: 'urn:holdfast:problem:version-mismatch';
      title: string;
      status: 412;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'version-mismatch';
      category: 'conflict';
      recovery: 'refresh';
      /** Path of the page that tells what to do. */
      help: string;
      current: components['schemas']['CurrentState'];
    };
    /** This is no longer possible. Check its current state. */
    IllegalTransitionProblem: {
      type: 'urn:holdfast:problem:illegal-transition';
      title: string;
      status: 409;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'illegal-transition';
      category: 'conflict';
      recovery: 'refresh';
      /** Path of the page that tells what to do. */
      help: string;
      current: components['schemas']['CurrentState'];
    };
    /** We are very busy right now. Retrying in a moment. */
    TooManyRequestsProblem: {
      type: 'urn:holdfast:problem:too-many-requests';
      title: string;
      status: 429;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'too-many-requests';
      category: 'limit';
      recovery: 'retry';
      /** Path of the page that tells what to do. */
      help: string;
    };
    /** This is taking longer than usual. Retrying; nothing will be done twice. */
    TemporarilyUnavailableProblem: {
      type: 'urn:holdfast:problem:temporarily-unavailable';
      title: string;
      status: 503;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'temporarily-unavailable';
      category: 'dependency';
      recovery: 'retry';
      /** Path of the page that tells what to do. */
      help: string;
    };
    /** Sign-in is temporarily unavailable. Retrying. */
    IdentityProviderUnavailableProblem: {
      type: 'urn:holdfast:problem:identity-provider-unavailable';
      title: string;
      status: 503;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'identity-provider-unavailable';
      category: 'dependency';
      recovery: 'retry';
      /** Path of the page that tells what to do. */
      help: string;
    };
    /** Something went wrong on our side. Retrying. */
    AuthorizerMisconfiguredProblem: {
      type: 'urn:holdfast:problem:authorizer-misconfigured';
      title: string;
      status: 500;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'authorizer-misconfigured';
      category: 'internal';
      recovery: 'retry';
      /** Path of the page that tells what to do. */
      help: string;
    };
    /** Something went wrong on our side. Retrying. */
    ApiMisconfiguredProblem: {
      type: 'urn:holdfast:problem:api-misconfigured';
      title: string;
      status: 500;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'api-misconfigured';
      category: 'internal';
      recovery: 'retry';
      /** Path of the page that tells what to do. */
      help: string;
    };
    /** Something went wrong on our side. Retrying; nothing will be done twice. */
    BadGatewayProblem: {
      type: 'urn:holdfast:problem:bad-gateway';
      title: string;
      status?: 502;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'bad-gateway';
      category: 'internal';
      recovery: 'retry';
      /** Path of the page that tells what to do. */
      help: string;
    };
    /** This is taking longer than usual. Retrying; nothing will be done twice. */
    GatewayTimeoutProblem: {
      type: 'urn:holdfast:problem:gateway-timeout';
      title: string;
      status: 504;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'gateway-timeout';
      category: 'dependency';
      recovery: 'retry';
      /** Path of the page that tells what to do. */
      help: string;
    };
    /** Something went wrong in the app. Please update it or report this. */
    RequestRefusedProblem: {
      type: 'urn:holdfast:problem:request-refused';
      title: string;
      status?: 400;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'request-refused';
      category: 'validation';
      recovery: 'fix-request';
      /** Path of the page that tells what to do. */
      help: string;
    };
    /** Something went wrong on our side. Retrying; nothing will be done twice. */
    InternalErrorProblem: {
      type: 'urn:holdfast:problem:internal-error';
      title: string;
      status: 500;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'internal-error';
      category: 'internal';
      recovery: 'retry';
      /** Path of the page that tells what to do. */
      help: string;
    };
    /** It is too late to cancel this. It will be completed. */
    OperationNotCancelableProblem: {
      type: 'urn:holdfast:problem:operation-not-cancelable';
      title: string;
      status: 409;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'operation-not-cancelable';
      category: 'conflict';
      recovery: 'track';
      /** Path of the page that tells what to do. */
      help: string;
      current: components['schemas']['CurrentState'];
    };
    /** This has already ended, with a different outcome. Please check it again. */
    OperationOutcomeKnownProblem: {
      type: 'urn:holdfast:problem:operation-outcome-known';
      title: string;
      status: 409;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'operation-outcome-known';
      category: 'conflict';
      recovery: 'refresh';
      /** Path of the page that tells what to do. */
      help: string;
      current: components['schemas']['CurrentState'];
    };
    /** You submitted this payout, so someone else must approve it. */
    SeparationOfDutiesProblem: {
      type: 'urn:holdfast:problem:separation-of-duties';
      title: string;
      status: 403;
      /** One sentence on this occurrence. */
      detail?: string;
      /** Names the request in the log of the service. */
      instance: string;
      code: 'separation-of-duties';
      category: 'authorization';
      recovery: 'stop';
      /** Path of the page that tells what to do. */
      help: string;
    };
  };
  parameters: {
    /** The contract that the client was written for. Absent: that of the stage. */
    ApiVersion: '2026-11-01';
    /** One for each thing that a person does, the same with every retry: 1 to 255 visible ASCII characters. */
    IdempotencyKey: string;
    /** The ETag of what the person saw, quotes included. A list of tags matches if one of them does. */
    IfMatch: string;
    /** The ETag of the last answer; the same again is answered 304. */
    IfNoneMatch: string;
    /** `wait=N`: answer when it has changed or ended, or after N seconds, 20 at most. Any other preference is ignored (RFC 7240). */
    Prefer: string;
    /** How many at most. */
    Limit: number;
    /** `nextCursor` of the page before, with the same filters. */
    Cursor: string;
    /** `next` of the page before. */
    After: string;
  };
  headers: {
    /** The version of what is answered; send it with If-Match, quotes included. */
    'ETag-Always': string;
    /** Path of what was made or accepted, the base path of the API included. */
    'Location-Always': string;
    /** Seconds to wait before the next request. */
    'Retry-After': number;
    /** Seconds to wait before the next request. */
    'Retry-After-Always': number;
    /** Until then, the same request under the same key gets this very answer. */
    'Idempotency-Expires-Always': string;
    /** There if this is the answer to an earlier request under the same key. */
    'Idempotent-Replayed': 'true';
    /** Which tokens are accepted (RFC 6750). */
    'WWW-Authenticate': string;
    /** WWW-Authenticate of an answer that is not the gateway’s own, which it passes on under this name. */
    'x-amzn-Remapped-WWW-Authenticate': string;
    /** Whose pages may read the answer. */
    'Access-Control-Allow-Origin-Always': string;
    /** Which headers they may read. */
    'Access-Control-Expose-Headers-Always': string;
    /** Answers are not to be stored, but for the documentation. */
    'Cache-Control-Always': string;
    /** What the answer depends on besides the address. */
    'Vary-Always': string;
    /** For how long a browser uses HTTPS alone (RFC 6797). */
    'Strict-Transport-Security-Always': string;
    /** The type of the body is the one that is stated. */
    'X-Content-Type-Options-Always': 'nosniff';
    /** What a page may load. */
    'Content-Security-Policy': string;
  };
  responses: {
    Gateway400: {
      headers: {
        'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
        'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
        'Cache-Control': components['headers']['Cache-Control-Always'];
        'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
        'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
        Vary: components['headers']['Vary-Always'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['RequestRefusedProblem'];
      };
    };
    Gateway403: {
      headers: {
        'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
        'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
        'Cache-Control': components['headers']['Cache-Control-Always'];
        'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
        'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
        Vary: components['headers']['Vary-Always'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['AccessDeniedProblem'];
      };
    };
    Gateway404: {
      headers: {
        'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
        'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
        'Cache-Control': components['headers']['Cache-Control-Always'];
        'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
        'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
        Vary: components['headers']['Vary-Always'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['RouteNotFoundProblem'];
      };
    };
    Gateway413: {
      headers: {
        'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
        'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
        'Cache-Control': components['headers']['Cache-Control-Always'];
        'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
        'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
        Vary: components['headers']['Vary-Always'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['RequestTooLargeProblem'];
      };
    };
    Gateway429: {
      headers: {
        'Retry-After': components['headers']['Retry-After-Always'];
        'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
        'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
        'Cache-Control': components['headers']['Cache-Control-Always'];
        'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
        'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
        Vary: components['headers']['Vary-Always'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['TooManyRequestsProblem'];
      };
    };
    Gateway500: {
      headers: {
        'Retry-After': components['headers']['Retry-After-Always'];
        'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
        'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
        'Cache-Control': components['headers']['Cache-Control-Always'];
        'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
        'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
        Vary: components['headers']['Vary-Always'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['ApiMisconfiguredProblem'];
      };
    };
    Open400: {
      headers: {
        'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
        'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
        'Cache-Control': components['headers']['Cache-Control-Always'];
        'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
        'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
        Vary: components['headers']['Vary-Always'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json':
          | components['schemas']['MalformedRequestProblem']
          | components['schemas']['RequestRefusedProblem'];
      };
    };
    Open500: {
      headers: {
        'Retry-After': components['headers']['Retry-After-Always'];
        'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
        'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
        'Cache-Control': components['headers']['Cache-Control-Always'];
        'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
        'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
        Vary: components['headers']['Vary-Always'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json':
          | components['schemas']['ApiMisconfiguredProblem']
          | components['schemas']['InternalErrorProblem'];
      };
    };
    Open502: {
      headers: {
        'Retry-After': components['headers']['Retry-After-Always'];
        'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
        'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
        'Cache-Control': components['headers']['Cache-Control-Always'];
        'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
        'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
        Vary: components['headers']['Vary-Always'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['BadGatewayProblem'];
      };
    };
    Open503: {
      headers: {
        'Retry-After': components['headers']['Retry-After-Always'];
        'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
        'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
        'Cache-Control': components['headers']['Cache-Control-Always'];
        'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
        'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
        Vary: components['headers']['Vary-Always'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['TemporarilyUnavailableProblem'];
      };
    };
    Open504: {
      headers: {
        'Retry-After': components['headers']['Retry-After-Always'];
        'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
        'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
        'Cache-Control': components['headers']['Cache-Control-Always'];
        'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
        'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
        Vary: components['headers']['Vary-Always'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['GatewayTimeoutProblem'];
      };
    };
    Read400: {
      headers: {
        'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
        'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
        'Cache-Control': components['headers']['Cache-Control-Always'];
        'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
        'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
        Vary: components['headers']['Vary-Always'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json':
          | components['schemas']['MalformedRequestProblem']
          | components['schemas']['RequestRefusedProblem']
          | components['schemas']['UnknownApiVersionProblem'];
      };
    };
    Read401: {
      headers: {
        'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
        'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
        'Cache-Control': components['headers']['Cache-Control-Always'];
        'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
        'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
        Vary: components['headers']['Vary-Always'];
        'WWW-Authenticate'?: components['headers']['WWW-Authenticate'];
        'x-amzn-Remapped-WWW-Authenticate'?: components['headers']['x-amzn-Remapped-WWW-Authenticate'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['UnauthenticatedProblem'];
      };
    };
    Read403: {
      headers: {
        'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
        'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
        'Cache-Control': components['headers']['Cache-Control-Always'];
        'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
        'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
        Vary: components['headers']['Vary-Always'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json':
          | components['schemas']['AccessDeniedProblem']
          | components['schemas']['InsufficientScopeProblem'];
      };
    };
    Read500: {
      headers: {
        'Retry-After': components['headers']['Retry-After-Always'];
        'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
        'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
        'Cache-Control': components['headers']['Cache-Control-Always'];
        'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
        'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
        Vary: components['headers']['Vary-Always'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json':
          | components['schemas']['ApiMisconfiguredProblem']
          | components['schemas']['AuthorizerMisconfiguredProblem']
          | components['schemas']['InternalErrorProblem'];
      };
    };
    Read503: {
      headers: {
        'Retry-After': components['headers']['Retry-After-Always'];
        'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
        'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
        'Cache-Control': components['headers']['Cache-Control-Always'];
        'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
        'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
        Vary: components['headers']['Vary-Always'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json':
          | components['schemas']['IdentityProviderUnavailableProblem']
          | components['schemas']['TemporarilyUnavailableProblem'];
      };
    };
    Write400: {
      headers: {
        'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
        'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
        'Cache-Control': components['headers']['Cache-Control-Always'];
        'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
        'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
        Vary: components['headers']['Vary-Always'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json':
          | components['schemas']['IdempotencyKeyInvalidProblem']
          | components['schemas']['IdempotencyKeyMissingProblem']
          | components['schemas']['MalformedRequestProblem']
          | components['schemas']['RequestRefusedProblem']
          | components['schemas']['UnknownApiVersionProblem'];
      };
    };
    Write415: {
      headers: {
        'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
        'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
        'Cache-Control': components['headers']['Cache-Control-Always'];
        'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
        'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
        Vary: components['headers']['Vary-Always'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['UnsupportedMediaTypeProblem'];
      };
    };
  };
}

export interface operations {
  /** List payouts, newest first. */
  'payouts.list': {
    parameters: {
      query?: {
        /** Those in this state alone. */
        state?: 'draft' | 'submitted' | 'approved' | 'disbursing' | 'paid' | 'returned' | 'cancelled';
        /** How many at most. */
        limit?: components['parameters']['Limit'];
        /** `nextCursor` of the page before, with the same filters. */
        cursor?: components['parameters']['Cursor'];
      };
      header?: {
        /** The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path?: never;
    };
    requestBody?: never;
    responses: {
      /** A page. */
      200: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PayoutList'];
        };
      };
      /**
       * Bad Request
       *
       * - [`invalid-query`](problems/invalid-query), fix-request: A query parameter is not valid
       * - [`malformed-request`](problems/malformed-request), fix-request: The request cannot be read
       * - [`request-refused`](problems/request-refused), fix-request: The gateway refused the request
       * - [`unknown-api-version`](problems/unknown-api-version), fix-request: The API version is not served
       */
      400: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['InvalidQueryProblem']
            | components['schemas']['MalformedRequestProblem']
            | components['schemas']['RequestRefusedProblem']
            | components['schemas']['UnknownApiVersionProblem'];
        };
      };
      401: components['responses']['Read401'];
      403: components['responses']['Read403'];
      404: components['responses']['Gateway404'];
      413: components['responses']['Gateway413'];
      429: components['responses']['Gateway429'];
      500: components['responses']['Read500'];
      502: components['responses']['Open502'];
      503: components['responses']['Read503'];
      504: components['responses']['Open504'];
    };
  };
  /** Draft a payout. */
  'payouts.create': {
    parameters: {
      query?: never;
      header: {
        /** One for each thing that a person does, the same with every retry: 1 to 255 visible ASCII characters. */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
        /** The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreatePayout'];
      };
    };
    responses: {
      /** Made. A retry under the same key gets this very answer. */
      201: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          Location: components['headers']['Location-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          'Idempotent-Replayed'?: components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Payout'];
        };
      };
      400: components['responses']['Write400'];
      401: components['responses']['Read401'];
      403: components['responses']['Read403'];
      404: components['responses']['Gateway404'];
      413: components['responses']['Gateway413'];
      415: components['responses']['Write415'];
      /**
       * Unprocessable Entity
       *
       * - [`idempotency-key-reused`](problems/idempotency-key-reused), fix-request: The Idempotency-Key was used before for another request
       * - [`invalid-input`](problems/invalid-input), fix-request: The input is not valid for this action
       */
      422: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['IdempotencyKeyReusedProblem']
            | components['schemas']['InvalidInputProblem'];
        };
      };
      429: components['responses']['Gateway429'];
      500: components['responses']['Read500'];
      502: components['responses']['Open502'];
      503: components['responses']['Read503'];
      504: components['responses']['Open504'];
    };
  };
  /** Read a payout as its last write left it. */
  'payouts.get': {
    parameters: {
      query?: never;
      header?: {
        /** The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path: {
        /** Id of the payout. */
        payoutId: string;
      };
    };
    requestBody?: never;
    responses: {
      /** It, and its ETag. */
      200: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Payout'];
        };
      };
      400: components['responses']['Read400'];
      401: components['responses']['Read401'];
      403: components['responses']['Read403'];
      /**
       * Not Found
       *
       * - [`not-found`](problems/not-found), stop: There is no such payout
       * - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
       */
      404: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['NotFoundProblem']
            | components['schemas']['RouteNotFoundProblem'];
        };
      };
      413: components['responses']['Gateway413'];
      429: components['responses']['Gateway429'];
      500: components['responses']['Read500'];
      502: components['responses']['Open502'];
      503: components['responses']['Read503'];
      504: components['responses']['Open504'];
    };
  };
  /** Read who did what to a payout, in order. */
  'payouts.history': {
    parameters: {
      query?: {
        /** `next` of the page before. */
        after?: components['parameters']['After'];
      };
      header?: {
        /** The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path: {
        /** Id of the payout. */
        payoutId: string;
      };
    };
    requestBody?: never;
    responses: {
      /** A page. */
      200: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['History'];
        };
      };
      /**
       * Bad Request
       *
       * - [`invalid-query`](problems/invalid-query), fix-request: A query parameter is not valid
       * - [`malformed-request`](problems/malformed-request), fix-request: The request cannot be read
       * - [`request-refused`](problems/request-refused), fix-request: The gateway refused the request
       * - [`unknown-api-version`](problems/unknown-api-version), fix-request: The API version is not served
       */
      400: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['InvalidQueryProblem']
            | components['schemas']['MalformedRequestProblem']
            | components['schemas']['RequestRefusedProblem']
            | components['schemas']['UnknownApiVersionProblem'];
        };
      };
      401: components['responses']['Read401'];
      403: components['responses']['Read403'];
      /**
       * Not Found
       *
       * - [`not-found`](problems/not-found), stop: There is no such payout
       * - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
       */
      404: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['NotFoundProblem']
            | components['schemas']['RouteNotFoundProblem'];
        };
      };
      413: components['responses']['Gateway413'];
      429: components['responses']['Gateway429'];
      500: components['responses']['Read500'];
      502: components['responses']['Open502'];
      503: components['responses']['Read503'];
      504: components['responses']['Open504'];
    };
  };
  /** Approve a submitted payout, so that it can be disbursed. */
  'payouts.approve': {
    parameters: {
      query?: never;
      header: {
        /** One for each thing that a person does, the same with every retry: 1 to 255 visible ASCII characters. */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
        /** The ETag of what the person saw, quotes included. A list of tags matches if one of them does. */
        'If-Match': components['parameters']['IfMatch'];
        /** The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path: {
        /** Id of the payout. */
        payoutId: string;
      };
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ApprovePayout'];
      };
    };
    responses: {
      /** Done. A retry under the same key gets this very answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Idempotency-Expires': components['headers']['Idempotency-Expires-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          'Idempotent-Replayed'?: components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Payout'];
        };
      };
      400: components['responses']['Write400'];
      401: components['responses']['Read401'];
      /**
       * Forbidden
       *
       * - [`access-denied`](problems/access-denied), stop: Access to this API was denied
       * - [`insufficient-scope`](problems/insufficient-scope), stop: The access token does not carry the scope this action needs
       * - [`separation-of-duties`](problems/separation-of-duties), stop: A payout cannot be approved by the person who submitted it
       */
      403: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['AccessDeniedProblem']
            | components['schemas']['InsufficientScopeProblem']
            | components['schemas']['SeparationOfDutiesProblem'];
        };
      };
      /**
       * Not Found
       *
       * - [`not-found`](problems/not-found), stop: There is no such payout
       * - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
       */
      404: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['NotFoundProblem']
            | components['schemas']['RouteNotFoundProblem'];
        };
      };
      /**
       * Conflict
       *
       * - [`illegal-transition`](problems/illegal-transition), refresh: The payout's state does not allow this action
       */
      409: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['IllegalTransitionProblem'];
        };
      };
      /**
       * Precondition Failed
       *
       * - [`version-mismatch`](problems/version-mismatch), refresh: The payout has changed since it was read
       */
      412: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['VersionMismatchProblem'];
        };
      };
      413: components['responses']['Gateway413'];
      415: components['responses']['Write415'];
      /**
       * Unprocessable Entity
       *
       * - [`idempotency-key-reused`](problems/idempotency-key-reused), fix-request: The Idempotency-Key was used before for another request
       * - [`invalid-input`](problems/invalid-input), fix-request: The input is not valid for this action
       */
      422: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['IdempotencyKeyReusedProblem']
            | components['schemas']['InvalidInputProblem'];
        };
      };
      /**
       * Precondition Required
       *
       * - [`version-required`](problems/version-required), fix-request: The action needs If-Match with the ETag that was read
       */
      428: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['VersionRequiredProblem'];
        };
      };
      429: components['responses']['Gateway429'];
      500: components['responses']['Read500'];
      502: components['responses']['Open502'];
      503: components['responses']['Read503'];
      504: components['responses']['Open504'];
    };
  };
  /** Cancel a payout whose money has not been sent on its way. */
  'payouts.cancel': {
    parameters: {
      query?: never;
      header: {
        /** One for each thing that a person does, the same with every retry: 1 to 255 visible ASCII characters. */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
        /** The ETag of what the person saw, quotes included. A list of tags matches if one of them does. */
        'If-Match': components['parameters']['IfMatch'];
        /** The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path: {
        /** Id of the payout. */
        payoutId: string;
      };
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CancelPayout'];
      };
    };
    responses: {
      /** Done. A retry under the same key gets this very answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Idempotency-Expires': components['headers']['Idempotency-Expires-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          'Idempotent-Replayed'?: components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Payout'];
        };
      };
      400: components['responses']['Write400'];
      401: components['responses']['Read401'];
      403: components['responses']['Read403'];
      /**
       * Not Found
       *
       * - [`not-found`](problems/not-found), stop: There is no such payout
       * - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
       */
      404: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['NotFoundProblem']
            | components['schemas']['RouteNotFoundProblem'];
        };
      };
      /**
       * Conflict
       *
       * - [`illegal-transition`](problems/illegal-transition), refresh: The payout's state does not allow this action
       */
      409: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['IllegalTransitionProblem'];
        };
      };
      /**
       * Precondition Failed
       *
       * - [`version-mismatch`](problems/version-mismatch), refresh: The payout has changed since it was read
       */
      412: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['VersionMismatchProblem'];
        };
      };
      413: components['responses']['Gateway413'];
      415: components['responses']['Write415'];
      /**
       * Unprocessable Entity
       *
       * - [`idempotency-key-reused`](problems/idempotency-key-reused), fix-request: The Idempotency-Key was used before for another request
       * - [`invalid-input`](problems/invalid-input), fix-request: The input is not valid for this action
       */
      422: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['IdempotencyKeyReusedProblem']
            | components['schemas']['InvalidInputProblem'];
        };
      };
      /**
       * Precondition Required
       *
       * - [`version-required`](problems/version-required), fix-request: The action needs If-Match with the ETag that was read
       */
      428: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['VersionRequiredProblem'];
        };
      };
      429: components['responses']['Gateway429'];
      500: components['responses']['Read500'];
      502: components['responses']['Open502'];
      503: components['responses']['Read503'];
      504: components['responses']['Open504'];
    };
  };
  /** Change the amount of a payout that is still a draft. */
  'payouts.change-amount': {
    parameters: {
      query?: never;
      header: {
        /** One for each thing that a person does, the same with every retry: 1 to 255 visible ASCII characters. */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
        /** The ETag of what the person saw, quotes included. A list of tags matches if one of them does. */
        'If-Match': components['parameters']['IfMatch'];
        /** The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path: {
        /** Id of the payout. */
        payoutId: string;
      };
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangeAmountPayout'];
      };
    };
    responses: {
      /** Done. A retry under the same key gets this very answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Idempotency-Expires': components['headers']['Idempotency-Expires-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          'Idempotent-Replayed'?: components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Payout'];
        };
      };
      400: components['responses']['Write400'];
      401: components['responses']['Read401'];
      403: components['responses']['Read403'];
      /**
       * Not Found
       *
       * - [`not-found`](problems/not-found), stop: There is no such payout
       * - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
       */
      404: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['NotFoundProblem']
            | components['schemas']['RouteNotFoundProblem'];
        };
      };
      /**
       * Conflict
       *
       * - [`illegal-transition`](problems/illegal-transition), refresh: The payout's state does not allow this action
       */
      409: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['IllegalTransitionProblem'];
        };
      };
      /**
       * Precondition Failed
       *
       * - [`version-mismatch`](problems/version-mismatch), refresh: The payout has changed since it was read
       */
      412: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['VersionMismatchProblem'];
        };
      };
      413: components['responses']['Gateway413'];
      415: components['responses']['Write415'];
      /**
       * Unprocessable Entity
       *
       * - [`idempotency-key-reused`](problems/idempotency-key-reused), fix-request: The Idempotency-Key was used before for another request
       * - [`invalid-input`](problems/invalid-input), fix-request: The input is not valid for this action
       */
      422: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['IdempotencyKeyReusedProblem']
            | components['schemas']['InvalidInputProblem'];
        };
      };
      /**
       * Precondition Required
       *
       * - [`version-required`](problems/version-required), fix-request: The action needs If-Match with the ETag that was read
       */
      428: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['VersionRequiredProblem'];
        };
      };
      429: components['responses']['Gateway429'];
      500: components['responses']['Read500'];
      502: components['responses']['Open502'];
      503: components['responses']['Read503'];
      504: components['responses']['Open504'];
    };
  };
  /** Send the money of an approved payout on its way; the answer names the operation that carries it out. */
  'payouts.disburse': {
    parameters: {
      query?: never;
      header: {
        /** One for each thing that a person does, the same with every retry: 1 to 255 visible ASCII characters. */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
        /** The ETag of what the person saw, quotes included. A list of tags matches if one of them does. */
        'If-Match': components['parameters']['IfMatch'];
        /** The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path: {
        /** Id of the payout. */
        payoutId: string;
      };
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DisbursePayout'];
      };
    };
    responses: {
      /** Accepted, and not done: the operation that carries it out. Its ETag is that of what the action was on. */
      202: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          Location: components['headers']['Location-Always'];
          'Retry-After': components['headers']['Retry-After-Always'];
          'Idempotency-Expires': components['headers']['Idempotency-Expires-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          'Idempotent-Replayed'?: components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Operation'];
        };
      };
      400: components['responses']['Write400'];
      401: components['responses']['Read401'];
      403: components['responses']['Read403'];
      /**
       * Not Found
       *
       * - [`not-found`](problems/not-found), stop: There is no such payout
       * - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
       */
      404: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['NotFoundProblem']
            | components['schemas']['RouteNotFoundProblem'];
        };
      };
      /**
       * Conflict
       *
       * - [`illegal-transition`](problems/illegal-transition), refresh: The payout's state does not allow this action
       */
      409: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['IllegalTransitionProblem'];
        };
      };
      /**
       * Precondition Failed
       *
       * - [`version-mismatch`](problems/version-mismatch), refresh: The payout has changed since it was read
       */
      412: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['VersionMismatchProblem'];
        };
      };
      413: components['responses']['Gateway413'];
      415: components['responses']['Write415'];
      /**
       * Unprocessable Entity
       *
       * - [`idempotency-key-reused`](problems/idempotency-key-reused), fix-request: The Idempotency-Key was used before for another request
       * - [`invalid-input`](problems/invalid-input), fix-request: The input is not valid for this action
       */
      422: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['IdempotencyKeyReusedProblem']
            | components['schemas']['InvalidInputProblem'];
        };
      };
      /**
       * Precondition Required
       *
       * - [`version-required`](problems/version-required), fix-request: The action needs If-Match with the ETag that was read
       */
      428: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['VersionRequiredProblem'];
        };
      };
      429: components['responses']['Gateway429'];
      500: components['responses']['Read500'];
      502: components['responses']['Open502'];
      503: components['responses']['Read503'];
      504: components['responses']['Open504'];
    };
  };
  /** Take a cancelled or returned payout back to draft. */
  'payouts.reopen': {
    parameters: {
      query?: never;
      header: {
        /** One for each thing that a person does, the same with every retry: 1 to 255 visible ASCII characters. */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
        /** The ETag of what the person saw, quotes included. A list of tags matches if one of them does. */
        'If-Match': components['parameters']['IfMatch'];
        /** The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path: {
        /** Id of the payout. */
        payoutId: string;
      };
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReopenPayout'];
      };
    };
    responses: {
      /** Done. A retry under the same key gets this very answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Idempotency-Expires': components['headers']['Idempotency-Expires-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          'Idempotent-Replayed'?: components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Payout'];
        };
      };
      400: components['responses']['Write400'];
      401: components['responses']['Read401'];
      403: components['responses']['Read403'];
      /**
       * Not Found
       *
       * - [`not-found`](problems/not-found), stop: There is no such payout
       * - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
       */
      404: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['NotFoundProblem']
            | components['schemas']['RouteNotFoundProblem'];
        };
      };
      /**
       * Conflict
       *
       * - [`illegal-transition`](problems/illegal-transition), refresh: The payout's state does not allow this action
       */
      409: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['IllegalTransitionProblem'];
        };
      };
      /**
       * Precondition Failed
       *
       * - [`version-mismatch`](problems/version-mismatch), refresh: The payout has changed since it was read
       */
      412: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['VersionMismatchProblem'];
        };
      };
      413: components['responses']['Gateway413'];
      415: components['responses']['Write415'];
      /**
       * Unprocessable Entity
       *
       * - [`idempotency-key-reused`](problems/idempotency-key-reused), fix-request: The Idempotency-Key was used before for another request
       * - [`invalid-input`](problems/invalid-input), fix-request: The input is not valid for this action
       */
      422: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['IdempotencyKeyReusedProblem']
            | components['schemas']['InvalidInputProblem'];
        };
      };
      /**
       * Precondition Required
       *
       * - [`version-required`](problems/version-required), fix-request: The action needs If-Match with the ETag that was read
       */
      428: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['VersionRequiredProblem'];
        };
      };
      429: components['responses']['Gateway429'];
      500: components['responses']['Read500'];
      502: components['responses']['Open502'];
      503: components['responses']['Read503'];
      504: components['responses']['Open504'];
    };
  };
  /** Submit a draft for approval. */
  'payouts.submit': {
    parameters: {
      query?: never;
      header: {
        /** One for each thing that a person does, the same with every retry: 1 to 255 visible ASCII characters. */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
        /** The ETag of what the person saw, quotes included. A list of tags matches if one of them does. */
        'If-Match': components['parameters']['IfMatch'];
        /** The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path: {
        /** Id of the payout. */
        payoutId: string;
      };
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SubmitPayout'];
      };
    };
    responses: {
      /** Done. A retry under the same key gets this very answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Idempotency-Expires': components['headers']['Idempotency-Expires-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          'Idempotent-Replayed'?: components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Payout'];
        };
      };
      400: components['responses']['Write400'];
      401: components['responses']['Read401'];
      403: components['responses']['Read403'];
      /**
       * Not Found
       *
       * - [`not-found`](problems/not-found), stop: There is no such payout
       * - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
       */
      404: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['NotFoundProblem']
            | components['schemas']['RouteNotFoundProblem'];
        };
      };
      /**
       * Conflict
       *
       * - [`illegal-transition`](problems/illegal-transition), refresh: The payout's state does not allow this action
       */
      409: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['IllegalTransitionProblem'];
        };
      };
      /**
       * Precondition Failed
       *
       * - [`version-mismatch`](problems/version-mismatch), refresh: The payout has changed since it was read
       */
      412: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['VersionMismatchProblem'];
        };
      };
      413: components['responses']['Gateway413'];
      415: components['responses']['Write415'];
      /**
       * Unprocessable Entity
       *
       * - [`idempotency-key-reused`](problems/idempotency-key-reused), fix-request: The Idempotency-Key was used before for another request
       * - [`invalid-input`](problems/invalid-input), fix-request: The input is not valid for this action
       */
      422: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['IdempotencyKeyReusedProblem']
            | components['schemas']['InvalidInputProblem'];
        };
      };
      /**
       * Precondition Required
       *
       * - [`version-required`](problems/version-required), fix-request: The action needs If-Match with the ETag that was read
       */
      428: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['VersionRequiredProblem'];
        };
      };
      429: components['responses']['Gateway429'];
      500: components['responses']['Read500'];
      502: components['responses']['Open502'];
      503: components['responses']['Read503'];
      504: components['responses']['Open504'];
    };
  };
  /** List operations, newest first. */
  'operations.list': {
    parameters: {
      query?: {
        /** Those in this state alone. */
        state?:
          | 'accepted'
          | 'running'
          | 'waiting'
          | 'cancelling'
          | 'needs-attention'
          | 'succeeded'
          | 'failed'
          | 'cancelled';
        /** Those on the resource of this id alone. */
        resource?: string;
        /** How many at most. */
        limit?: components['parameters']['Limit'];
        /** `nextCursor` of the page before, with the same filters. */
        cursor?: components['parameters']['Cursor'];
      };
      header?: {
        /** The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path?: never;
    };
    requestBody?: never;
    responses: {
      /** A page. */
      200: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OperationList'];
        };
      };
      /**
       * Bad Request
       *
       * - [`invalid-query`](problems/invalid-query), fix-request: A query parameter is not valid
       * - [`malformed-request`](problems/malformed-request), fix-request: The request cannot be read
       * - [`request-refused`](problems/request-refused), fix-request: The gateway refused the request
       * - [`unknown-api-version`](problems/unknown-api-version), fix-request: The API version is not served
       */
      400: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['InvalidQueryProblem']
            | components['schemas']['MalformedRequestProblem']
            | components['schemas']['RequestRefusedProblem']
            | components['schemas']['UnknownApiVersionProblem'];
        };
      };
      401: components['responses']['Read401'];
      403: components['responses']['Read403'];
      404: components['responses']['Gateway404'];
      413: components['responses']['Gateway413'];
      429: components['responses']['Gateway429'];
      500: components['responses']['Read500'];
      502: components['responses']['Open502'];
      503: components['responses']['Read503'];
      504: components['responses']['Open504'];
    };
  };
  /** Read what an operation has come to. */
  'operations.get': {
    parameters: {
      query?: never;
      header?: {
        /** `wait=N`: answer when it has changed or ended, or after N seconds, 20 at most. Any other preference is ignored (RFC 7240). */
        Prefer?: components['parameters']['Prefer'];
        /** The ETag of the last answer; the same again is answered 304. */
        'If-None-Match'?: components['parameters']['IfNoneMatch'];
        /** The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path: {
        /** Id of the operation. */
        operationId: string;
      };
    };
    requestBody?: never;
    responses: {
      /** It, its ETag, and when to ask again while it is not final. */
      200: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          'Retry-After'?: components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Operation'];
        };
      };
      /** It is as the ETag in If-None-Match says. */
      304: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          'Retry-After'?: components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Read400'];
      401: components['responses']['Read401'];
      403: components['responses']['Read403'];
      /**
       * Not Found
       *
       * - [`not-found`](problems/not-found), stop: There is no such operation
       * - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
       */
      404: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['NotFoundProblem']
            | components['schemas']['RouteNotFoundProblem'];
        };
      };
      413: components['responses']['Gateway413'];
      429: components['responses']['Gateway429'];
      500: components['responses']['Read500'];
      502: components['responses']['Open502'];
      503: components['responses']['Read503'];
      504: components['responses']['Open504'];
    };
  };
  /** Cancel an operation, until its point of no return has been sent. */
  'operations.cancel': {
    parameters: {
      query?: never;
      header: {
        /** One for each thing that a person does, the same with every retry: 1 to 255 visible ASCII characters. */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
        /** The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path: {
        /** Id of the operation. */
        operationId: string;
      };
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CancelOperation'];
      };
    };
    responses: {
      /** Accepted, and not done: the operation that carries it out. Its ETag is that of what the action was on. */
      202: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          Location: components['headers']['Location-Always'];
          'Retry-After': components['headers']['Retry-After-Always'];
          'Idempotency-Expires': components['headers']['Idempotency-Expires-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          'Idempotent-Replayed'?: components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Operation'];
        };
      };
      400: components['responses']['Write400'];
      401: components['responses']['Read401'];
      403: components['responses']['Read403'];
      /**
       * Not Found
       *
       * - [`not-found`](problems/not-found), stop: There is no such operation
       * - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
       */
      404: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['NotFoundProblem']
            | components['schemas']['RouteNotFoundProblem'];
        };
      };
      /**
       * Conflict
       *
       * - [`operation-not-cancelable`](problems/operation-not-cancelable), track: The operation can no longer be cancelled
       */
      409: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['OperationNotCancelableProblem'];
        };
      };
      413: components['responses']['Gateway413'];
      415: components['responses']['Write415'];
      /**
       * Unprocessable Entity
       *
       * - [`idempotency-key-reused`](problems/idempotency-key-reused), fix-request: The Idempotency-Key was used before for another request
       * - [`invalid-input`](problems/invalid-input), fix-request: The input is not valid for this action
       */
      422: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['IdempotencyKeyReusedProblem']
            | components['schemas']['InvalidInputProblem'];
        };
      };
      429: components['responses']['Gateway429'];
      500: components['responses']['Read500'];
      502: components['responses']['Open502'];
      503: components['responses']['Read503'];
      504: components['responses']['Open504'];
    };
  };
  /** Say what became of an operation that needs attention, with the evidence for it. */
  'operations.resolve': {
    parameters: {
      query?: never;
      header: {
        /** One for each thing that a person does, the same with every retry: 1 to 255 visible ASCII characters. */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
        /** The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path: {
        /** Id of the operation. */
        operationId: string;
      };
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ResolveOperation'];
      };
    };
    responses: {
      /** Accepted, and not done: the operation that carries it out. Its ETag is that of what the action was on. */
      202: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          Location: components['headers']['Location-Always'];
          'Retry-After': components['headers']['Retry-After-Always'];
          'Idempotency-Expires': components['headers']['Idempotency-Expires-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          'Idempotent-Replayed'?: components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Operation'];
        };
      };
      400: components['responses']['Write400'];
      401: components['responses']['Read401'];
      403: components['responses']['Read403'];
      /**
       * Not Found
       *
       * - [`not-found`](problems/not-found), stop: There is no such operation
       * - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
       */
      404: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['NotFoundProblem']
            | components['schemas']['RouteNotFoundProblem'];
        };
      };
      /**
       * Conflict
       *
       * - [`illegal-transition`](problems/illegal-transition), refresh: The operation's state does not allow this action
       * - [`operation-not-cancelable`](problems/operation-not-cancelable), track: The operation can no longer be cancelled
       * - [`operation-outcome-known`](problems/operation-outcome-known), refresh: The partners have already reported how the operation ended
       */
      409: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['IllegalTransitionProblem']
            | components['schemas']['OperationNotCancelableProblem']
            | components['schemas']['OperationOutcomeKnownProblem'];
        };
      };
      413: components['responses']['Gateway413'];
      415: components['responses']['Write415'];
      /**
       * Unprocessable Entity
       *
       * - [`idempotency-key-reused`](problems/idempotency-key-reused), fix-request: The Idempotency-Key was used before for another request
       * - [`invalid-input`](problems/invalid-input), fix-request: The input is not valid for this action
       */
      422: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['IdempotencyKeyReusedProblem']
            | components['schemas']['InvalidInputProblem'];
        };
      };
      429: components['responses']['Gateway429'];
      500: components['responses']['Read500'];
      502: components['responses']['Open502'];
      503: components['responses']['Read503'];
      504: components['responses']['Open504'];
    };
  };
  /** Tell what became of a command. */
  'partners.callback': {
    parameters: {
      query?: never;
      header: {
        /** The same for every attempt at this message. */
        'webhook-id': string;
        /** Seconds since the epoch, within five minutes of now. */
        'webhook-timestamp': string;
        /** `v1,` and the HMAC-SHA256 over id, timestamp and body, in base64. */
        'webhook-signature': string;
      };
      path: {
        /** Who calls. */
        partner: 'screening';
      };
    };
    requestBody: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** It is stored. */
      200: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            received: true;
          };
        };
      };
      400: components['responses']['Open400'];
      /**
       * Unauthorized
       *
       * - [`unauthenticated`](problems/unauthenticated), authenticate: The request carries no valid access token
       */
      401: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          'WWW-Authenticate'?: components['headers']['WWW-Authenticate'];
          'x-amzn-Remapped-WWW-Authenticate'?: components['headers']['x-amzn-Remapped-WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['UnauthenticatedProblem'];
        };
      };
      403: components['responses']['Gateway403'];
      /**
       * Not Found
       *
       * - [`not-found`](problems/not-found), stop: There is no such command
       * - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
       */
      404: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['NotFoundProblem']
            | components['schemas']['RouteNotFoundProblem'];
        };
      };
      /**
       * Payload Too Large
       *
       * - [`request-too-large`](problems/request-too-large), fix-request: The body is too large
       */
      413: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['RequestTooLargeProblem'];
        };
      };
      429: components['responses']['Gateway429'];
      500: components['responses']['Open500'];
      502: components['responses']['Open502'];
      503: components['responses']['Open503'];
      504: components['responses']['Open504'];
    };
  };
  /** Tell that the gateway serves this deployment. */
  'service.health': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
    };
    requestBody?: never;
    responses: {
      /** It does. */
      200: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            status: 'ok';
          };
        };
      };
      400: components['responses']['Gateway400'];
      403: components['responses']['Gateway403'];
      404: components['responses']['Gateway404'];
      413: components['responses']['Gateway413'];
      429: components['responses']['Gateway429'];
      500: components['responses']['Gateway500'];
    };
  };
  /** Read this document. */
  'service.openapi': {
    parameters: {
      query?: never;
      header?: {
        /** The ETag of the last answer; the same again is answered 304. */
        'If-None-Match'?: components['parameters']['IfNoneMatch'];
        /** The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path?: never;
    };
    requestBody?: never;
    responses: {
      /** It. */
      200: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/json': Record<string, never>;
        };
      };
      /** It is as the ETag in If-None-Match says. */
      304: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content?: never;
      };
      /**
       * Bad Request
       *
       * - [`malformed-request`](problems/malformed-request), fix-request: The request cannot be read
       * - [`request-refused`](problems/request-refused), fix-request: The gateway refused the request
       * - [`unknown-api-version`](problems/unknown-api-version), fix-request: The API version is not served
       */
      400: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['MalformedRequestProblem']
            | components['schemas']['RequestRefusedProblem']
            | components['schemas']['UnknownApiVersionProblem'];
        };
      };
      403: components['responses']['Gateway403'];
      404: components['responses']['Gateway404'];
      413: components['responses']['Gateway413'];
      429: components['responses']['Gateway429'];
      500: components['responses']['Open500'];
      502: components['responses']['Open502'];
      503: components['responses']['Open503'];
      504: components['responses']['Open504'];
    };
  };
  /** Read the table of problems. */
  'problems.list': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
    };
    requestBody?: never;
    responses: {
      /** All of it. */
      200: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          'Content-Security-Policy'?: components['headers']['Content-Security-Policy'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            problems: components['schemas']['ProblemEntry'][];
          };
          'text/html': string;
        };
      };
      400: components['responses']['Open400'];
      403: components['responses']['Gateway403'];
      404: components['responses']['Gateway404'];
      413: components['responses']['Gateway413'];
      429: components['responses']['Gateway429'];
      500: components['responses']['Open500'];
      502: components['responses']['Open502'];
      503: components['responses']['Open503'];
      504: components['responses']['Open504'];
    };
  };
  /** Read what to do about a problem. */
  'problems.get': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** The `code` of the problem. */
        code: string;
      };
    };
    requestBody?: never;
    responses: {
      /** Its row of the table. */
      200: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          'Content-Security-Policy'?: components['headers']['Content-Security-Policy'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProblemEntry'];
          'text/html': string;
        };
      };
      400: components['responses']['Open400'];
      403: components['responses']['Gateway403'];
      /**
       * Not Found
       *
       * - [`not-found`](problems/not-found), stop: There is no such problem
       * - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
       */
      404: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['NotFoundProblem']
            | components['schemas']['RouteNotFoundProblem'];
        };
      };
      413: components['responses']['Gateway413'];
      429: components['responses']['Gateway429'];
      500: components['responses']['Open500'];
      502: components['responses']['Open502'];
      503: components['responses']['Open503'];
      504: components['responses']['Open504'];
    };
  };
}
