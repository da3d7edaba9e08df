// Written by npm run record.

export interface paths {
  '/payouts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List payouts, newest first.
     * @description By an index that is about a second behind.
     */
    get: operations['payouts.list'];
    put?: never;
    /**
     * Draft a payout.
     * @description It starts as draft.
     */
    post: operations['payouts.create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/payouts/{payoutId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read a payout as its last write left it. */
    get: operations['payouts.get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/payouts/{payoutId}/history': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read who did what to a payout, in order. */
    get: operations['payouts.history'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/payouts/{payoutId}/approve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Approve a submitted payout, so that it can be disbursed.
     * @description From submitted to approved.
     */
    post: operations['payouts.approve'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/payouts/{payoutId}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancel a payout whose money has not been sent on its way.
     * @description From draft, submitted or approved to cancelled.
     */
    post: operations['payouts.cancel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/payouts/{payoutId}/change-amount': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Change the amount of a payout that is still a draft.
     * @description From draft to draft.
     */
    post: operations['payouts.change-amount'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/payouts/{payoutId}/disburse': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send the money of an approved payout on its way; the answer names the operation that carries it out.
     * @description From approved to disbursing.
     */
    post: operations['payouts.disburse'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/payouts/{payoutId}/reopen': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take a cancelled or returned payout back to draft.
     * @description From cancelled or returned to draft.
     */
    post: operations['payouts.reopen'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/payouts/{payoutId}/submit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Submit a draft for approval.
     * @description From draft to submitted.
     */
    post: operations['payouts.submit'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/operations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List operations, newest first. */
    get: operations['operations.list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/operations/{operationId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read what an operation has come to.
     * @description Kept for 30 days after its end.
     */
    get: operations['operations.get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/operations/{operationId}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancel an operation, until its point of no return has been sent.
     * @description From accepted, running, waiting, cancelling, needs-attention, succeeded, failed or cancelled to cancelling.
     */
    post: operations['operations.cancel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/operations/{operationId}/resolve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Say what became of an operation that needs attention, with the evidence for it.
     * @description From needs-attention to running.
     */
    post: operations['operations.resolve'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/partners/{partner}/callbacks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Tell what became of a command.
     * @description No token: it is signed over the exact bytes, as Standard Webhooks says. It may come early, late, or more than once: it is answered with success when it is stored.
     */
    post: operations['partners.callback'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Tell that the gateway serves this deployment. */
    get: operations['service.health'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/openapi.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read this document. */
    get: operations['service.openapi'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/problems': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Read the table of problems. */
    get: operations['problems.list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/problems/{code}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Read what to do about a problem.
     * @description What happened, what the client does, what to tell the person, and what support checks.
     */
    get: operations['problems.get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    Payout: {
      id: string;
      /** @enum {string} */
      state: 'draft' | 'submitted' | 'approved' | 'disbursing' | 'paid' | 'returned' | 'cancelled';
      version: number;
      amount: {
        /**
         * @description ISO 4217 code
         * @example EUR
         */
        currency: string;
        /**
         * @description Above zero, with exactly the currency's minor units.
         * @example 1250.00
         */
        value: string;
      };
      beneficiary: {
        name: string;
        /** @example DE89370400440532013000 */
        iban: string;
      };
      reference: string;
      createdBy: string;
      submittedBy?: string;
      /** Format: date-time */
      submittedAt?: string;
      approvedBy?: string;
      /** Format: date-time */
      approvedAt?: string;
      cancelledBy?: string;
      cancelReason?: string;
      note?: string;
      /**
       * Format: date-time
       * @description RFC 3339, in UTC
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description RFC 3339, in UTC
       */
      updatedAt: string;
      /** @description The last operation that an action on it started. */
      operation?: {
        id: string;
        href: string;
      };
      /** @description What this state permits; a client passes over actions that it does not know. */
      allowedActions: ('approve' | 'cancel' | 'change-amount' | 'disburse' | 'reopen' | 'submit')[];
    };
    PayoutList: {
      items: components['schemas']['Payout'][];
      /** @description There is more: send it as `cursor`. */
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
        /**
         * @description ISO 4217 code
         * @example EUR
         */
        currency: string;
        /**
         * @description Above zero, with exactly the currency's minor units.
         * @example 1250.00
         */
        value: string;
      };
    };
    CreatePayout: {
      amount: {
        /**
         * @description ISO 4217 code
         * @example EUR
         */
        currency: string;
        /**
         * @description Above zero, with exactly the currency's minor units.
         * @example 1250.00
         */
        value: string;
      };
      beneficiary: {
        name: string;
        /** @example DE89370400440532013000 */
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
      /**
       * Format: date-time
       * @description RFC 3339, in UTC
       */
      at: string;
      /** @description The action, or what happened to the operation. */
      action: string;
      /** @description Subject of the token; `system:operation` for what nobody asked for. */
      actor: string;
      /** @description Hash of the Idempotency-Key. */
      key?: string;
      from?: string;
      to: string;
      version: number;
      operation?: string;
      step?: string;
      attempt?: number;
      /** @description Of `contradicted`: what the partner told after another final outcome, which stands. */
      told?: string;
      /** @description Of a cancel of the operation: what it was sent with. */
      note?: string;
      /**
       * @description Of a resolve of the operation: what a person found out.
       * @enum {string}
       */
      outcome?: 'succeeded' | 'failed' | 'retry';
      /** @description Of a resolve of the operation: how they know. */
      evidence?: string;
      /**
       * @description Of a resolve of the operation.
       * @constant
       */
      resource?: 'leave';
    };
    History: {
      items: components['schemas']['HistoryEntry'][];
      /** @description Up to this version nothing is missing; history follows the writes by about a second. */
      completeToVersion: number;
      currentVersion: number;
      /** @description There is more: send it as `after`. */
      next?: string;
    };
    Operation: {
      id: string;
      /** @enum {string} */
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
      /** @description Why nothing happens now, and until when; absent while something does. */
      waiting?: {
        /**
         * @description rate: the partner is called as often as it may be · breaker: it failed so often that it is left alone · queue: no consumer took the command in time · unavailable: it did nothing, and said to try later · callback: it has taken the command on, and calls back · pending: it has taken it on, and is asked · unknown: it may have done it or not, and is asked · not-found: it does not know it, which has to settle
         * @enum {string}
         */
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
        /**
         * Format: date-time
         * @description Since when, for this reason.
         */
        since: string;
        /** Format: date-time */
        nextAttemptAt: string;
      };
      result?: {
        [key: string]: string;
      };
      problem?: {
        detail: string;
      };
      cancelable: boolean;
      /** @description What the cancel was sent with. */
      note?: string;
      /** @description What a person has found out last; its history has every one. */
      resolution?: {
        /** @enum {string} */
        outcome: 'succeeded' | 'failed' | 'retry';
        evidence: string;
        /** @constant */
        resource?: 'leave';
      };
      /**
       * Format: date-time
       * @description RFC 3339, in UTC
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description RFC 3339, in UTC
       */
      updatedAt: string;
    };
    OperationList: {
      items: components['schemas']['Operation'][];
      /** @description There is more: send it as `cursor`. */
      nextCursor?: string;
    };
    CancelOperation: {
      note?: string;
    };
    ResolveOperation: {
      /** @enum {string} */
      outcome: 'succeeded' | 'failed' | 'retry';
      evidence: string;
      /**
       * @description A resource that the operation does not hold any more stays as it is.
       * @constant
       */
      resource?: 'leave';
    };
    /**
     * @description What is known of every occurrence of a problem.
     * @example {
     *       "type": "urn:holdfast:problem:version-mismatch",
     *       "title": "The resource has changed since it was read",
     *       "status": 412,
     *       "code": "version-mismatch",
     *       "category": "conflict",
     *       "recovery": "refresh",
     *       "help": "/problems/version-mismatch",
     *       "client": "Read the resource again, show it to the person, and let them decide again.",
     *       "tell": "Someone else has changed this in the meantime. Check it again before you continue.",
     *       "check": "Who changed it? The history names the actor of each version."
     *     }
     */
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
    /** @description What the client would read now; its ETag is in the header of that name. */
    CurrentState: {
      state: string;
      version: number;
      allowedActions: string[];
    };
    ProblemError: {
      /** @description Where in the body: a JSON pointer (RFC 6901). */
      pointer?: string;
      /** @description Which query parameter. */
      parameter?: string;
      detail: string;
    };
    /** @description Your session has ended. Please sign in again. */
    UnauthenticatedProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:unauthenticated';
      title: string;
      /** @constant */
      status: 401;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /** @constant */
      code: 'unauthenticated';
      /** @constant */
      category: 'authorization';
      /** @constant */
      recovery: 'authenticate';
      /** @description Path of the page that tells what to do. */
      help: string;
    };
    /** @description You are not allowed to do this. Ask an administrator for access. */
    InsufficientScopeProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:insufficient-scope';
      title: string;
      /** @constant */
      status: 403;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: 'insufficient-scope';
      /** @constant */
      category: 'authorization';
      /** @constant */
      recovery: 'stop';
      /** @description Path of the page that tells what to do. */
      help: string;
    };
    /** @description You are not allowed to do this. Ask an administrator for access. */
    AccessDeniedProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:access-denied';
      title: string;
      /** @constant */
      status: 403;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: 'access-denied';
      /** @constant */
      category: 'authorization';
      /** @constant */
      recovery: 'stop';
      /** @description Path of the page that tells what to do. */
      help: string;
    };
    /** @description Something went wrong in the app. Please update it or report this. */
    UnsupportedMediaTypeProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:unsupported-media-type';
      title: string;
      /** @constant */
      status: 415;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /** @constant */
      code: 'unsupported-media-type';
      /** @constant */
      category: 'validation';
      /** @constant */
      recovery: 'fix-request';
      /** @description Path of the page that tells what to do. */
      help: string;
    };
    /** @description This is too large to send. Please shorten it. */
    RequestTooLargeProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:request-too-large';
      title: string;
      /** @constant */
      status: 413;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /** @constant */
      code: 'request-too-large';
      /** @constant */
      category: 'limit';
      /** @constant */
      recovery: 'fix-request';
      /** @description Path of the page that tells what to do. */
      help: string;
    };
    /** @description Something went wrong in the app. Please update it or report this. */
    MalformedRequestProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:malformed-request';
      title: string;
      /** @constant */
      status: 400;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: 'malformed-request';
      /** @constant */
      category: 'validation';
      /** @constant */
      recovery: 'fix-request';
      /** @description Path of the page that tells what to do. */
      help: string;
      errors?: components['schemas']['ProblemError'][];
    };
    /** @description This list cannot be shown. Please open it again. */
    InvalidQueryProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:invalid-query';
      title: string;
      /** @constant */
      status: 400;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: 'invalid-query';
      /** @constant */
      category: 'validation';
      /** @constant */
      recovery: 'fix-request';
      /** @description Path of the page that tells what to do. */
      help: string;
      errors: components['schemas']['ProblemError'][];
    };
    /** @description Something went wrong in the app. Please update it or report this. */
    IdempotencyKeyMissingProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:idempotency-key-missing';
      title: string;
      /** @constant */
      status: 400;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: 'idempotency-key-missing';
      /** @constant */
      category: 'validation';
      /** @constant */
      recovery: 'fix-request';
      /** @description Path of the page that tells what to do. */
      help: string;
    };
    /** @description Something went wrong in the app. Please update it or report this. */
    IdempotencyKeyInvalidProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:idempotency-key-invalid';
      title: string;
      /** @constant */
      status: 400;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: 'idempotency-key-invalid';
      /** @constant */
      category: 'validation';
      /** @constant */
      recovery: 'fix-request';
      /** @description Path of the page that tells what to do. */
      help: string;
    };
    /** @description This request was not processed: its key already belongs to another request. Check the current state, then try again. */
    IdempotencyKeyReusedProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:idempotency-key-reused';
      title: string;
      /** @constant */
      status: 422;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: 'idempotency-key-reused';
      /** @constant */
      category: 'validation';
      /** @constant */
      recovery: 'fix-request';
      /** @description Path of the page that tells what to do. */
      help: string;
    };
    /** @description This app is too old. Please update it. */
    UnknownApiVersionProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:unknown-api-version';
      title: string;
      /** @constant */
      status: 400;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: 'unknown-api-version';
      /** @constant */
      category: 'validation';
      /** @constant */
      recovery: 'fix-request';
      /** @description Path of the page that tells what to do. */
      help: string;
    };
    /** @description Please check what you entered. */
    InvalidInputProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:invalid-input';
      title: string;
      /** @constant */
      status: 422;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: 'invalid-input';
      /** @constant */
      category: 'validation';
      /** @constant */
      recovery: 'fix-request';
      /** @description Path of the page that tells what to do. */
      help: string;
      errors: components['schemas']['ProblemError'][];
    };
    /** @description This no longer exists, or you cannot see it. */
    NotFoundProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:not-found';
      title: string;
      /** @constant */
      status: 404;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: 'not-found';
      /** @constant */
      category: 'not-found';
      /** @constant */
      recovery: 'stop';
      /** @description Path of the page that tells what to do. */
      help: string;
    };
    /** @description Something went wrong in the app. Please update it or report this. */
    RouteNotFoundProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:route-not-found';
      title: string;
      /** @constant */
      status: 404;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: 'route-not-found';
      /** @constant */
      category: 'not-found';
      /** @constant */
      recovery: 'fix-request';
      /** @description Path of the page that tells what to do. */
      help: string;
    };
    /** @description Something went wrong in the app. Please update it or report this. */
    VersionRequiredProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:version-required';
      title: string;
      /** @constant */
      status: 428;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /** @constant */
      code: 'version-required';
      /** @constant */
      category: 'validation';
      /** @constant */
      recovery: 'fix-request';
      /** @description Path of the page that tells what to do. */
      help: string;
    };
    /** @description Someone else has changed this in the meantime. Check it again before you continue. */
    VersionMismatchProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:version-mismatch';
      title: string;
      /** @constant */
      status: 412;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /** @constant */
      code: 'version-mismatch';
      /** @constant */
      category: 'conflict';
      /** @constant */
      recovery: 'refresh';
      /** @description Path of the page that tells what to do. */
      help: string;
      current: components['schemas']['CurrentState'];
    };
    /** @description This is no longer possible. Check its current state. */
    IllegalTransitionProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:illegal-transition';
      title: string;
      /** @constant */
      status: 409;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: 'illegal-transition';
      /** @constant */
      category: 'conflict';
      /** @constant */
      recovery: 'refresh';
      /** @description Path of the page that tells what to do. */
      help: string;
      current: components['schemas']['CurrentState'];
    };
    /** @description We are very busy right now. Retrying in a moment. */
    TooManyRequestsProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:too-many-requests';
      title: string;
      /** @constant */
      status: 429;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /** @constant */
      code: 'too-many-requests';
      /** @constant */
      category: 'limit';
      /** @constant */
      recovery: 'retry';
      /** @description Path of the page that tells what to do. */
      help: string;
    };
    /** @description This is taking longer than usual. Retrying; nothing will be done twice. */
    TemporarilyUnavailableProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:temporarily-unavailable';
      title: string;
      /** @constant */
      status: 503;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: 'temporarily-unavailable';
      /** @constant */
      category: 'dependency';
      /** @constant */
      recovery: 'retry';
      /** @description Path of the page that tells what to do. */
      help: string;
    };
    /** @description Sign-in is temporarily unavailable. Retrying. */
    IdentityProviderUnavailableProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:identity-provider-unavailable';
      title: string;
      /** @constant */
      status: 503;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: 'identity-provider-unavailable';
      /** @constant */
      category: 'dependency';
      /** @constant */
      recovery: 'retry';
      /** @description Path of the page that tells what to do. */
      help: string;
    };
    /** @description Something went wrong on our side. Retrying. */
    AuthorizerMisconfiguredProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:authorizer-misconfigured';
      title: string;
      /** @constant */
      status: 500;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: 'authorizer-misconfigured';
      /** @constant */
      category: 'internal';
      /** @constant */
      recovery: 'retry';
      /** @description Path of the page that tells what to do. */
      help: string;
    };
    /** @description Something went wrong on our side. Retrying. */
    ApiMisconfiguredProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:api-misconfigured';
      title: string;
      /** @constant */
      status: 500;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: 'api-misconfigured';
      /** @constant */
      category: 'internal';
      /** @constant */
      recovery: 'retry';
      /** @description Path of the page that tells what to do. */
      help: string;
    };
    /** @description Something went wrong on our side. Retrying; nothing will be done twice. */
    BadGatewayProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:bad-gateway';
      title: string;
      /** @constant */
      status?: 502;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /** @constant */
      code: 'bad-gateway';
      /** @constant */
      category: 'internal';
      /** @constant */
      recovery: 'retry';
      /** @description Path of the page that tells what to do. */
      help: string;
    };
    /** @description This is taking longer than usual. Retrying; nothing will be done twice. */
    GatewayTimeoutProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:gateway-timeout';
      title: string;
      /** @constant */
      status: 504;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /** @constant */
      code: 'gateway-timeout';
      /** @constant */
      category: 'dependency';
      /** @constant */
      recovery: 'retry';
      /** @description Path of the page that tells what to do. */
      help: string;
    };
    /** @description Something went wrong in the app. Please update it or report this. */
    RequestRefusedProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:request-refused';
      title: string;
      /** @constant */
      status?: 400;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: 'request-refused';
      /** @constant */
      category: 'validation';
      /** @constant */
      recovery: 'fix-request';
      /** @description Path of the page that tells what to do. */
      help: string;
    };
    /** @description Something went wrong on our side. Retrying; nothing will be done twice. */
    InternalErrorProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:internal-error';
      title: string;
      /** @constant */
      status: 500;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: 'internal-error';
      /** @constant */
      category: 'internal';
      /** @constant */
      recovery: 'retry';
      /** @description Path of the page that tells what to do. */
      help: string;
    };
    /** @description It is too late to cancel this. It will be completed. */
    OperationNotCancelableProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:operation-not-cancelable';
      title: string;
      /** @constant */
      status: 409;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: 'operation-not-cancelable';
      /** @constant */
      category: 'conflict';
      /** @constant */
      recovery: 'track';
      /** @description Path of the page that tells what to do. */
      help: string;
      current: components['schemas']['CurrentState'];
    };
    /** @description This has already ended, with a different outcome. Please check it again. */
    OperationOutcomeKnownProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:operation-outcome-known';
      title: string;
      /** @constant */
      status: 409;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: 'operation-outcome-known';
      /** @constant */
      category: 'conflict';
      /** @constant */
      recovery: 'refresh';
      /** @description Path of the page that tells what to do. */
      help: string;
      current: components['schemas']['CurrentState'];
    };
    /** @description You submitted this payout, so someone else must approve it. */
    SeparationOfDutiesProblem: {
      /** @constant */
      type: 'urn:holdfast:problem:separation-of-duties';
      title: string;
      /** @constant */
      status: 403;
      /** @description One sentence on this occurrence. */
      detail?: string;
      /** @description Names the request in the log of the service. */
      instance: string;
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      code: 'separation-of-duties';
      /** @constant */
      category: 'authorization';
      /** @constant */
      recovery: 'stop';
      /** @description Path of the page that tells what to do. */
      help: string;
    };
  };
  responses: {
    /**
     * @description Bad Request
     *
     *     - [`request-refused`](problems/request-refused), fix-request: The gateway refused the request
     */
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
    /**
     * @description Forbidden
     *
     *     - [`access-denied`](problems/access-denied), stop: Access to this API was denied
     */
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
    /**
     * @description Not Found
     *
     *     - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
     */
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
    /**
     * @description Payload Too Large
     *
     *     - [`request-too-large`](problems/request-too-large), fix-request: The body is too large
     */
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
    /**
     * @description Too Many Requests
     *
     *     - [`too-many-requests`](problems/too-many-requests), retry: Too many requests
     */
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
    /**
     * @description Internal Server Error
     *
     *     - [`api-misconfigured`](problems/api-misconfigured), retry: The API is not set up correctly
     */
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
    /**
     * @description Bad Request
     *
     *     - [`malformed-request`](problems/malformed-request), fix-request: The request cannot be read
     *     - [`request-refused`](problems/request-refused), fix-request: The gateway refused the request
     */
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
    /**
     * @description Internal Server Error
     *
     *     - [`api-misconfigured`](problems/api-misconfigured), retry: The API is not set up correctly
     *     - [`internal-error`](problems/internal-error), retry: Something went wrong in the service
     */
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
    /**
     * @description Bad Gateway
     *
     *     - [`bad-gateway`](problems/bad-gateway), retry: The service gave no usable answer
     */
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
    /**
     * @description Service Unavailable
     *
     *     - [`temporarily-unavailable`](problems/temporarily-unavailable), retry: The service cannot complete this right now
     */
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
    /**
     * @description Gateway Timeout
     *
     *     - [`gateway-timeout`](problems/gateway-timeout), retry: The service did not answer in time
     */
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
    /**
     * @description Bad Request
     *
     *     - [`malformed-request`](problems/malformed-request), fix-request: The request cannot be read
     *     - [`request-refused`](problems/request-refused), fix-request: The gateway refused the request
     *     - [`unknown-api-version`](problems/unknown-api-version), fix-request: The API version is not served
     */
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
    /**
     * @description Unauthorized
     *
     *     - [`unauthenticated`](problems/unauthenticated), authenticate: The request carries no valid access token
     */
    Read401: {
      headers: {
        'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
        'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
        'Cache-Control': components['headers']['Cache-Control-Always'];
        'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
        'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
        Vary: components['headers']['Vary-Always'];
        'WWW-Authenticate': components['headers']['WWW-Authenticate'];
        'x-amzn-Remapped-WWW-Authenticate': components['headers']['x-amzn-Remapped-WWW-Authenticate'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['UnauthenticatedProblem'];
      };
    };
    /**
     * @description Forbidden
     *
     *     - [`access-denied`](problems/access-denied), stop: Access to this API was denied
     *     - [`insufficient-scope`](problems/insufficient-scope), stop: The access token does not carry the scope this action needs
     */
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
    /**
     * @description Internal Server Error
     *
     *     - [`api-misconfigured`](problems/api-misconfigured), retry: The API is not set up correctly
     *     - [`authorizer-misconfigured`](problems/authorizer-misconfigured), retry: The access token cannot be checked
     *     - [`internal-error`](problems/internal-error), retry: Something went wrong in the service
     */
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
    /**
     * @description Service Unavailable
     *
     *     - [`identity-provider-unavailable`](problems/identity-provider-unavailable), retry: The access token cannot be checked right now
     *     - [`temporarily-unavailable`](problems/temporarily-unavailable), retry: The service cannot complete this right now
     */
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
    /**
     * @description Bad Request
     *
     *     - [`idempotency-key-invalid`](problems/idempotency-key-invalid), fix-request: The Idempotency-Key is not well-formed
     *     - [`idempotency-key-missing`](problems/idempotency-key-missing), fix-request: A write needs an Idempotency-Key
     *     - [`malformed-request`](problems/malformed-request), fix-request: The request cannot be read
     *     - [`request-refused`](problems/request-refused), fix-request: The gateway refused the request
     *     - [`unknown-api-version`](problems/unknown-api-version), fix-request: The API version is not served
     */
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
    /**
     * @description Unsupported Media Type
     *
     *     - [`unsupported-media-type`](problems/unsupported-media-type), fix-request: The body is not sent as JSON
     */
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
  parameters: {
    /** @description The contract that the client was written for. Absent: that of the stage. */
    ApiVersion: '2026-11-01';
    /**
     * @description One for each thing that a person does, the same with every retry: 1 to 255 visible ASCII characters.
     * @example approve-invoice-7
     */
    IdempotencyKey: string;
    /**
     * @description The ETag of what the person saw, quotes included. A list of tags matches if one of them does.
     * @example "3-k9x2"
     */
    IfMatch: string;
    /**
     * @description The ETag of the last answer; the same again is answered 304.
     * @example "3-k9x2"
     */
    IfNoneMatch: string;
    /**
     * @description `wait=N`: answer when it has changed or ended, or after N seconds, 20 at most. Any other preference is ignored (RFC 7240).
     * @example wait=20
     */
    Prefer: string;
    /** @description How many at most. */
    Limit: number;
    /** @description `nextCursor` of the page before, with the same filters. */
    Cursor: string;
    /** @description `next` of the page before. */
    After: string;
  };
  requestBodies: never;
  headers: {
    /**
     * @description The version of what is answered; send it with If-Match, quotes included.
     * @example "3-k9x2"
     */
    'ETag-Always': string;
    /**
     * @description Path of what was made or accepted, the base path of the API included.
     * @example /operations/op_4a848rgd26rk71dpfmbsr2y3nj
     */
    'Location-Always': string;
    /**
     * @description Seconds to wait before the next request.
     * @example 1
     */
    'Retry-After': number;
    /**
     * @description Seconds to wait before the next request.
     * @example 1
     */
    'Retry-After-Always': number;
    /**
     * @description Until then, the same request under the same key gets this very answer.
     * @example Thu, 26 Nov 2026 07:02:46 GMT
     */
    'Idempotency-Expires-Always': string;
    /**
     * @description There if this is the answer to an earlier request under the same key.
     * @example true
     */
    'Idempotent-Replayed': 'true';
    /**
     * @description Which tokens are accepted (RFC 6750).
     * @example Bearer realm="holdfast"
     */
    'WWW-Authenticate': string;
    /**
     * @description WWW-Authenticate of an answer that is not the gateway’s own, which it passes on under this name.
     * @example Bearer realm="holdfast"
     */
    'x-amzn-Remapped-WWW-Authenticate': string;
    /**
     * @description Whose pages may read the answer.
     * @example *
     */
    'Access-Control-Allow-Origin-Always': string;
    /**
     * @description Which headers they may read.
     * @example ETag, Location, Retry-After
     */
    'Access-Control-Expose-Headers-Always': string;
    /**
     * @description Answers are not to be stored, but for the documentation.
     * @example no-store, no-transform
     */
    'Cache-Control-Always': string;
    /**
     * @description What the answer depends on besides the address.
     * @example Authorization, API-Version
     */
    'Vary-Always': string;
    /**
     * @description For how long a browser uses HTTPS alone (RFC 6797).
     * @example max-age=31536000
     */
    'Strict-Transport-Security-Always': string;
    /**
     * @description The type of the body is the one that is stated.
     * @example nosniff
     */
    'X-Content-Type-Options-Always': 'nosniff';
    /**
     * @description What a page may load.
     * @example default-src 'none'
     */
    'Content-Security-Policy': string;
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  'payouts.list': {
    parameters: {
      query?: {
        /** @description Those in this state alone. */
        state?: 'draft' | 'submitted' | 'approved' | 'disbursing' | 'paid' | 'returned' | 'cancelled';
        /** @description How many at most. */
        limit?: components['parameters']['Limit'];
        /** @description `nextCursor` of the page before, with the same filters. */
        cursor?: components['parameters']['Cursor'];
      };
      header?: {
        /** @description The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page. */
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
       * @description Bad Request
       *
       *     - [`invalid-query`](problems/invalid-query), fix-request: A query parameter is not valid
       *     - [`malformed-request`](problems/malformed-request), fix-request: The request cannot be read
       *     - [`request-refused`](problems/request-refused), fix-request: The gateway refused the request
       *     - [`unknown-api-version`](problems/unknown-api-version), fix-request: The API version is not served
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
  'payouts.create': {
    parameters: {
      query?: never;
      header: {
        /**
         * @description One for each thing that a person does, the same with every retry: 1 to 255 visible ASCII characters.
         * @example approve-invoice-7
         */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
        /** @description The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreatePayout'];
      };
    };
    responses: {
      /** @description Made. A retry under the same key gets this very answer. */
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
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
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
       * @description Unprocessable Entity
       *
       *     - [`idempotency-key-reused`](problems/idempotency-key-reused), fix-request: The Idempotency-Key was used before for another request
       *     - [`invalid-input`](problems/invalid-input), fix-request: The input is not valid for this action
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
  'payouts.get': {
    parameters: {
      query?: never;
      header?: {
        /** @description The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path: {
        /** @description Id of the payout. */
        payoutId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It, and its ETag. */
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
       * @description Not Found
       *
       *     - [`not-found`](problems/not-found), stop: There is no such payout
       *     - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
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
  'payouts.history': {
    parameters: {
      query?: {
        /** @description `next` of the page before. */
        after?: components['parameters']['After'];
      };
      header?: {
        /** @description The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path: {
        /** @description Id of the payout. */
        payoutId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page. */
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
       * @description Bad Request
       *
       *     - [`invalid-query`](problems/invalid-query), fix-request: A query parameter is not valid
       *     - [`malformed-request`](problems/malformed-request), fix-request: The request cannot be read
       *     - [`request-refused`](problems/request-refused), fix-request: The gateway refused the request
       *     - [`unknown-api-version`](problems/unknown-api-version), fix-request: The API version is not served
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
       * @description Not Found
       *
       *     - [`not-found`](problems/not-found), stop: There is no such payout
       *     - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
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
  'payouts.approve': {
    parameters: {
      query?: never;
      header: {
        /**
         * @description One for each thing that a person does, the same with every retry: 1 to 255 visible ASCII characters.
         * @example approve-invoice-7
         */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
        /**
         * @description The ETag of what the person saw, quotes included. A list of tags matches if one of them does.
         * @example "3-k9x2"
         */
        'If-Match': components['parameters']['IfMatch'];
        /** @description The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path: {
        /** @description Id of the payout. */
        payoutId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ApprovePayout'];
      };
    };
    responses: {
      /** @description Done. A retry under the same key gets this very answer. */
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
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Payout'];
        };
      };
      400: components['responses']['Write400'];
      401: components['responses']['Read401'];
      /**
       * @description Forbidden
       *
       *     - [`access-denied`](problems/access-denied), stop: Access to this API was denied
       *     - [`insufficient-scope`](problems/insufficient-scope), stop: The access token does not carry the scope this action needs
       *     - [`separation-of-duties`](problems/separation-of-duties), stop: A payout cannot be approved by the person who submitted it
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
       * @description Not Found
       *
       *     - [`not-found`](problems/not-found), stop: There is no such payout
       *     - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
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
       * @description Conflict
       *
       *     - [`illegal-transition`](problems/illegal-transition), refresh: The payout's state does not allow this action
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
       * @description Precondition Failed
       *
       *     - [`version-mismatch`](problems/version-mismatch), refresh: The payout has changed since it was read
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
       * @description Unprocessable Entity
       *
       *     - [`idempotency-key-reused`](problems/idempotency-key-reused), fix-request: The Idempotency-Key was used before for another request
       *     - [`invalid-input`](problems/invalid-input), fix-request: The input is not valid for this action
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
       * @description Precondition Required
       *
       *     - [`version-required`](problems/version-required), fix-request: The action needs If-Match with the ETag that was read
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
  'payouts.cancel': {
    parameters: {
      query?: never;
      header: {
        /**
         * @description One for each thing that a person does, the same with every retry: 1 to 255 visible ASCII characters.
         * @example approve-invoice-7
         */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
        /**
         * @description The ETag of what the person saw, quotes included. A list of tags matches if one of them does.
         * @example "3-k9x2"
         */
        'If-Match': components['parameters']['IfMatch'];
        /** @description The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path: {
        /** @description Id of the payout. */
        payoutId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CancelPayout'];
      };
    };
    responses: {
      /** @description Done. A retry under the same key gets this very answer. */
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
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
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
       * @description Not Found
       *
       *     - [`not-found`](problems/not-found), stop: There is no such payout
       *     - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
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
       * @description Conflict
       *
       *     - [`illegal-transition`](problems/illegal-transition), refresh: The payout's state does not allow this action
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
       * @description Precondition Failed
       *
       *     - [`version-mismatch`](problems/version-mismatch), refresh: The payout has changed since it was read
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
       * @description Unprocessable Entity
       *
       *     - [`idempotency-key-reused`](problems/idempotency-key-reused), fix-request: The Idempotency-Key was used before for another request
       *     - [`invalid-input`](problems/invalid-input), fix-request: The input is not valid for this action
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
       * @description Precondition Required
       *
       *     - [`version-required`](problems/version-required), fix-request: The action needs If-Match with the ETag that was read
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
  'payouts.change-amount': {
    parameters: {
      query?: never;
      header: {
        /**
         * @description One for each thing that a person does, the same with every retry: 1 to 255 visible ASCII characters.
         * @example approve-invoice-7
         */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
        /**
         * @description The ETag of what the person saw, quotes included. A list of tags matches if one of them does.
         * @example "3-k9x2"
         */
        'If-Match': components['parameters']['IfMatch'];
        /** @description The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path: {
        /** @description Id of the payout. */
        payoutId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangeAmountPayout'];
      };
    };
    responses: {
      /** @description Done. A retry under the same key gets this very answer. */
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
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
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
       * @description Not Found
       *
       *     - [`not-found`](problems/not-found), stop: There is no such payout
       *     - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
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
       * @description Conflict
       *
       *     - [`illegal-transition`](problems/illegal-transition), refresh: The payout's state does not allow this action
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
       * @description Precondition Failed
       *
       *     - [`version-mismatch`](problems/version-mismatch), refresh: The payout has changed since it was read
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
       * @description Unprocessable Entity
       *
       *     - [`idempotency-key-reused`](problems/idempotency-key-reused), fix-request: The Idempotency-Key was used before for another request
       *     - [`invalid-input`](problems/invalid-input), fix-request: The input is not valid for this action
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
       * @description Precondition Required
       *
       *     - [`version-required`](problems/version-required), fix-request: The action needs If-Match with the ETag that was read
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
  'payouts.disburse': {
    parameters: {
      query?: never;
      header: {
        /**
         * @description One for each thing that a person does, the same with every retry: 1 to 255 visible ASCII characters.
         * @example approve-invoice-7
         */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
        /**
         * @description The ETag of what the person saw, quotes included. A list of tags matches if one of them does.
         * @example "3-k9x2"
         */
        'If-Match': components['parameters']['IfMatch'];
        /** @description The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path: {
        /** @description Id of the payout. */
        payoutId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DisbursePayout'];
      };
    };
    responses: {
      /** @description Accepted, and not done: the operation that carries it out. Its ETag is that of what the action was on. */
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
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
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
       * @description Not Found
       *
       *     - [`not-found`](problems/not-found), stop: There is no such payout
       *     - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
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
       * @description Conflict
       *
       *     - [`illegal-transition`](problems/illegal-transition), refresh: The payout's state does not allow this action
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
       * @description Precondition Failed
       *
       *     - [`version-mismatch`](problems/version-mismatch), refresh: The payout has changed since it was read
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
       * @description Unprocessable Entity
       *
       *     - [`idempotency-key-reused`](problems/idempotency-key-reused), fix-request: The Idempotency-Key was used before for another request
       *     - [`invalid-input`](problems/invalid-input), fix-request: The input is not valid for this action
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
       * @description Precondition Required
       *
       *     - [`version-required`](problems/version-required), fix-request: The action needs If-Match with the ETag that was read
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
  'payouts.reopen': {
    parameters: {
      query?: never;
      header: {
        /**
         * @description One for each thing that a person does, the same with every retry: 1 to 255 visible ASCII characters.
         * @example approve-invoice-7
         */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
        /**
         * @description The ETag of what the person saw, quotes included. A list of tags matches if one of them does.
         * @example "3-k9x2"
         */
        'If-Match': components['parameters']['IfMatch'];
        /** @description The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path: {
        /** @description Id of the payout. */
        payoutId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReopenPayout'];
      };
    };
    responses: {
      /** @description Done. A retry under the same key gets this very answer. */
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
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
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
       * @description Not Found
       *
       *     - [`not-found`](problems/not-found), stop: There is no such payout
       *     - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
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
       * @description Conflict
       *
       *     - [`illegal-transition`](problems/illegal-transition), refresh: The payout's state does not allow this action
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
       * @description Precondition Failed
       *
       *     - [`version-mismatch`](problems/version-mismatch), refresh: The payout has changed since it was read
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
       * @description Unprocessable Entity
       *
       *     - [`idempotency-key-reused`](problems/idempotency-key-reused), fix-request: The Idempotency-Key was used before for another request
       *     - [`invalid-input`](problems/invalid-input), fix-request: The input is not valid for this action
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
       * @description Precondition Required
       *
       *     - [`version-required`](problems/version-required), fix-request: The action needs If-Match with the ETag that was read
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
  'payouts.submit': {
    parameters: {
      query?: never;
      header: {
        /**
         * @description One for each thing that a person does, the same with every retry: 1 to 255 visible ASCII characters.
         * @example approve-invoice-7
         */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
        /**
         * @description The ETag of what the person saw, quotes included. A list of tags matches if one of them does.
         * @example "3-k9x2"
         */
        'If-Match': components['parameters']['IfMatch'];
        /** @description The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path: {
        /** @description Id of the payout. */
        payoutId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SubmitPayout'];
      };
    };
    responses: {
      /** @description Done. A retry under the same key gets this very answer. */
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
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
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
       * @description Not Found
       *
       *     - [`not-found`](problems/not-found), stop: There is no such payout
       *     - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
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
       * @description Conflict
       *
       *     - [`illegal-transition`](problems/illegal-transition), refresh: The payout's state does not allow this action
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
       * @description Precondition Failed
       *
       *     - [`version-mismatch`](problems/version-mismatch), refresh: The payout has changed since it was read
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
       * @description Unprocessable Entity
       *
       *     - [`idempotency-key-reused`](problems/idempotency-key-reused), fix-request: The Idempotency-Key was used before for another request
       *     - [`invalid-input`](problems/invalid-input), fix-request: The input is not valid for this action
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
       * @description Precondition Required
       *
       *     - [`version-required`](problems/version-required), fix-request: The action needs If-Match with the ETag that was read
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
  'operations.list': {
    parameters: {
      query?: {
        /** @description Those in this state alone. */
        state?:
          | 'accepted'
          | 'running'
          | 'waiting'
          | 'cancelling'
          | 'needs-attention'
          | 'succeeded'
          | 'failed'
          | 'cancelled';
        /** @description Those on the resource of this id alone. */
        resource?: string;
        /** @description How many at most. */
        limit?: components['parameters']['Limit'];
        /** @description `nextCursor` of the page before, with the same filters. */
        cursor?: components['parameters']['Cursor'];
      };
      header?: {
        /** @description The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page. */
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
       * @description Bad Request
       *
       *     - [`invalid-query`](problems/invalid-query), fix-request: A query parameter is not valid
       *     - [`malformed-request`](problems/malformed-request), fix-request: The request cannot be read
       *     - [`request-refused`](problems/request-refused), fix-request: The gateway refused the request
       *     - [`unknown-api-version`](problems/unknown-api-version), fix-request: The API version is not served
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
  'operations.get': {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description `wait=N`: answer when it has changed or ended, or after N seconds, 20 at most. Any other preference is ignored (RFC 7240).
         * @example wait=20
         */
        Prefer?: components['parameters']['Prefer'];
        /**
         * @description The ETag of the last answer; the same again is answered 304.
         * @example "3-k9x2"
         */
        'If-None-Match'?: components['parameters']['IfNoneMatch'];
        /** @description The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path: {
        /** @description Id of the operation. */
        operationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It, its ETag, and when to ask again while it is not final. */
      200: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Operation'];
        };
      };
      /** @description It is as the ETag in If-None-Match says. */
      304: {
        headers: {
          ETag: components['headers']['ETag-Always'];
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          'Retry-After': components['headers']['Retry-After'];
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components['responses']['Read400'];
      401: components['responses']['Read401'];
      403: components['responses']['Read403'];
      /**
       * @description Not Found
       *
       *     - [`not-found`](problems/not-found), stop: There is no such operation
       *     - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
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
  'operations.cancel': {
    parameters: {
      query?: never;
      header: {
        /**
         * @description One for each thing that a person does, the same with every retry: 1 to 255 visible ASCII characters.
         * @example approve-invoice-7
         */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
        /** @description The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path: {
        /** @description Id of the operation. */
        operationId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CancelOperation'];
      };
    };
    responses: {
      /** @description Accepted, and not done: the operation that carries it out. Its ETag is that of what the action was on. */
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
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
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
       * @description Not Found
       *
       *     - [`not-found`](problems/not-found), stop: There is no such operation
       *     - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
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
       * @description Conflict
       *
       *     - [`operation-not-cancelable`](problems/operation-not-cancelable), track: The operation can no longer be cancelled
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
       * @description Unprocessable Entity
       *
       *     - [`idempotency-key-reused`](problems/idempotency-key-reused), fix-request: The Idempotency-Key was used before for another request
       *     - [`invalid-input`](problems/invalid-input), fix-request: The input is not valid for this action
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
  'operations.resolve': {
    parameters: {
      query?: never;
      header: {
        /**
         * @description One for each thing that a person does, the same with every retry: 1 to 255 visible ASCII characters.
         * @example approve-invoice-7
         */
        'Idempotency-Key': components['parameters']['IdempotencyKey'];
        /** @description The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path: {
        /** @description Id of the operation. */
        operationId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ResolveOperation'];
      };
    };
    responses: {
      /** @description Accepted, and not done: the operation that carries it out. Its ETag is that of what the action was on. */
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
          'Idempotent-Replayed': components['headers']['Idempotent-Replayed'];
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
       * @description Not Found
       *
       *     - [`not-found`](problems/not-found), stop: There is no such operation
       *     - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
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
       * @description Conflict
       *
       *     - [`illegal-transition`](problems/illegal-transition), refresh: The operation's state does not allow this action
       *     - [`operation-not-cancelable`](problems/operation-not-cancelable), track: The operation can no longer be cancelled
       *     - [`operation-outcome-known`](problems/operation-outcome-known), refresh: The partners have already reported how the operation ended
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
       * @description Unprocessable Entity
       *
       *     - [`idempotency-key-reused`](problems/idempotency-key-reused), fix-request: The Idempotency-Key was used before for another request
       *     - [`invalid-input`](problems/invalid-input), fix-request: The input is not valid for this action
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
  'partners.callback': {
    parameters: {
      query?: never;
      header: {
        /** @description The same for every attempt at this message. */
        'webhook-id': string;
        /** @description Seconds since the epoch, within five minutes of now. */
        'webhook-timestamp': string;
        /** @description `v1,` and the HMAC-SHA256 over id, timestamp and body, in base64. */
        'webhook-signature': string;
      };
      path: {
        /** @description Who calls. */
        partner: 'screening';
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': Record<string, never>;
      };
    };
    responses: {
      /** @description It is stored. */
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
            /** @constant */
            received: true;
          };
        };
      };
      400: components['responses']['Open400'];
      /**
       * @description Unauthorized
       *
       *     - [`unauthenticated`](problems/unauthenticated), authenticate: The request carries no valid access token
       */
      401: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          'WWW-Authenticate': components['headers']['WWW-Authenticate'];
          'x-amzn-Remapped-WWW-Authenticate': components['headers']['x-amzn-Remapped-WWW-Authenticate'];
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['UnauthenticatedProblem'];
        };
      };
      403: components['responses']['Gateway403'];
      /**
       * @description Not Found
       *
       *     - [`not-found`](problems/not-found), stop: There is no such command
       *     - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
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
       * @description Payload Too Large
       *
       *     - [`request-too-large`](problems/request-too-large), fix-request: The body is too large
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
  'service.health': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It does. */
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
            /** @constant */
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
  'service.openapi': {
    parameters: {
      query?: never;
      header?: {
        /**
         * @description The ETag of the last answer; the same again is answered 304.
         * @example "3-k9x2"
         */
        'If-None-Match'?: components['parameters']['IfNoneMatch'];
        /** @description The contract that the client was written for. Absent: that of the stage. */
        'API-Version'?: components['parameters']['ApiVersion'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It. */
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
      /** @description It is as the ETag in If-None-Match says. */
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
       * @description Bad Request
       *
       *     - [`malformed-request`](problems/malformed-request), fix-request: The request cannot be read
       *     - [`request-refused`](problems/request-refused), fix-request: The gateway refused the request
       *     - [`unknown-api-version`](problems/unknown-api-version), fix-request: The API version is not served
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
  'problems.list': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description All of it. */
      200: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          'Content-Security-Policy': components['headers']['Content-Security-Policy'];
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
  'problems.get': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The `code` of the problem. */
        code: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Its row of the table. */
      200: {
        headers: {
          'Access-Control-Allow-Origin': components['headers']['Access-Control-Allow-Origin-Always'];
          'Access-Control-Expose-Headers': components['headers']['Access-Control-Expose-Headers-Always'];
          'Cache-Control': components['headers']['Cache-Control-Always'];
          'Strict-Transport-Security': components['headers']['Strict-Transport-Security-Always'];
          'X-Content-Type-Options': components['headers']['X-Content-Type-Options-Always'];
          Vary: components['headers']['Vary-Always'];
          'Content-Security-Policy': components['headers']['Content-Security-Policy'];
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
       * @description Not Found
       *
       *     - [`not-found`](problems/not-found), stop: There is no such problem
       *     - [`route-not-found`](problems/route-not-found), fix-request: There is no such route
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
