/** Why a request was refused; a client branches on it to choose its wording. */
export type Category =
  | 'validation'
  | 'authorization'
  | 'not-found'
  | 'conflict'
  | 'dependency'
  | 'limit'
  | 'internal';

/**
 * What the client does now. `retry` is the same request under the same key after `Retry-After`; `refresh` is
 * read again, then decide again; `track` is follow the operation.
 */
export type Recovery = 'fix-request' | 'authenticate' | 'refresh' | 'retry' | 'track' | 'stop';

/** One row of the closed table of problems: everything that is the same each time the problem occurs. */
export interface ProblemRow {
  /** HTTP status code. */
  readonly status: number;
  /** One sentence; `{resource}` stands for the resource's singular name. */
  readonly title: string;
  readonly category: Category;
  readonly recovery: Recovery;
  /** Delta-seconds of `Retry-After` (RFC 9110 10.2.3). A row whose recovery is `retry` has one. */
  readonly retryAfterSeconds?: number;
  /** Each occurrence names the other resources over which it is refused. @default none */
  readonly tellsRelated?: true;
  /** Each occurrence says so of the members over which it is refused: `is taken`. @default none */
  readonly tellsErrors?: string;
  /** An occurrence tells which resource has what was asked for, to those who may read it. @default none */
  readonly tellsExisting?: true;
  /** The same input is refused so for another resource. @default nobody can know */
  readonly refusesSecond?: true;
  /** A list by members is refused so until a backfill has completed it. @default it is not about lists */
  readonly refusesUnfinished?: true;
  /** What to tell the person who was using the client. */
  readonly tell: string;
  /** What support checks first. */
  readonly check: string;
}

const table = {
  unauthenticated: {
    status: 401,
    title: 'The request carries no valid access token',
    category: 'authorization',
    recovery: 'authenticate',
    tell: 'Your session has ended. Please sign in again.',
    check: 'Has the token expired? Is it from the configured issuer, and meant for this audience?',
  },
  'insufficient-scope': {
    status: 403,
    title: 'The access token does not carry the scope this action needs',
    category: 'authorization',
    recovery: 'stop',
    tell: 'You are not allowed to do this. Ask an administrator for access.',
    check: 'Which scope does the detail name, and should this client be granted it?',
  },
  'access-denied': {
    status: 403,
    title: 'Access to this API was denied',
    category: 'authorization',
    recovery: 'stop',
    tell: 'You are not allowed to do this. Ask an administrator for access.',
    check: 'Which rule of the firewall refused the request?',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body is not sent as JSON',
    category: 'validation',
    recovery: 'fix-request',
    tell: 'Something went wrong in the app. Please update it or report this.',
    check: 'Which Content-Type does the client send? It must be application/json in UTF-8.',
  },
  'request-too-large': {
    status: 413,
    title: 'The body is too large',
    category: 'limit',
    recovery: 'fix-request',
    tell: 'This is too large to send. Please shorten it.',
    check: 'How large is the body? At most 256 KB are accepted, and a resource holds at most 400 KB.',
  },
  'malformed-request': {
    status: 400,
    title: 'The request cannot be read',
    category: 'validation',
    recovery: 'fix-request',
    tell: 'Something went wrong in the app. Please update it or report this.',
    check: 'The detail names the place. Does the client build its JSON and headers with a library?',
  },
  'invalid-query': {
    status: 400,
    title: 'A query parameter is not valid',
    category: 'validation',
    recovery: 'fix-request',
    tell: 'This list cannot be shown. Please open it again.',
    check: 'Which parameter do the errors name? A cursor belongs to the list that gave it.',
  },
  'idempotency-key-missing': {
    status: 400,
    title: 'A write needs an Idempotency-Key',
    category: 'validation',
    recovery: 'fix-request',
    tell: 'Something went wrong in the app. Please update it or report this.',
    check: 'The client must make one key for each thing a person does, and send it with every retry.',
  },
  'idempotency-key-invalid': {
    status: 400,
    title: 'The Idempotency-Key is not well-formed',
    category: 'validation',
    recovery: 'fix-request',
    tell: 'Something went wrong in the app. Please update it or report this.',
    check: 'One header, 1 to 255 visible ASCII characters, bare or as a quoted string. A UUID will do.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'The Idempotency-Key was used before for another request',
    category: 'validation',
    recovery: 'fix-request',
    tell: 'This request was not processed: its key already belongs to another request. Check the current state, then try again.',
    check:
      'Does the client make a new key when the person changes something? Does each user have their own keys?',
  },
  'unknown-api-version': {
    status: 400,
    title: 'The API version is not served',
    category: 'validation',
    recovery: 'fix-request',
    tell: 'This app is too old. Please update it.',
    check:
      'Which API-Version does the client send? The detail of the error body lists those that are served.',
  },
  'invalid-input': {
    status: 422,
    title: 'The input is not valid for this action',
    category: 'validation',
    recovery: 'fix-request',
    tell: 'Please check what you entered.',
    check: 'The errors list every member that is wrong, each with a JSON pointer.',
  },
  'not-found': {
    status: 404,
    title: 'There is no such {resource}',
    category: 'not-found',
    recovery: 'stop',
    tell: 'This no longer exists, or you cannot see it.',
    check: 'Is the id complete, and does it belong to the tenant of the token?',
  },
  'route-not-found': {
    status: 404,
    title: 'There is no such route',
    category: 'not-found',
    recovery: 'fix-request',
    tell: 'Something went wrong in the app. Please update it or report this.',
    check: 'Are method and path those of the API, stage prefix included?',
  },
  'version-required': {
    status: 428,
    title: 'The action needs If-Match with the ETag that was read',
    category: 'validation',
    recovery: 'fix-request',
    tell: 'Something went wrong in the app. Please update it or report this.',
    check:
      'The client must send the ETag of what the person saw. If-Match: * says nothing about what was seen.',
  },
  'version-mismatch': {
    status: 412,
    title: 'The {resource} has changed since it was read',
    category: 'conflict',
    recovery: 'refresh',
    tell: 'This has changed since you last saw it. Check it again before you continue.',
    check: 'The history names who made each version. Is the last one what this customer wanted, or another?',
  },
  'illegal-transition': {
    status: 409,
    title: "The {resource}'s state does not allow this action",
    category: 'conflict',
    recovery: 'refresh',
    tell: 'This is no longer possible. Check its current state.',
    check: 'Compare the state in current with the states that the detail names.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    category: 'limit',
    recovery: 'retry',
    retryAfterSeconds: 1,
    tell: 'We are very busy right now. Retrying in a moment.',
    check: 'Which client sends so many requests? All clients share the throttle of a method.',
  },
  'temporarily-unavailable': {
    status: 503,
    title: 'The service cannot complete this right now',
    category: 'dependency',
    recovery: 'retry',
    retryAfterSeconds: 1,
    tell: 'This is taking longer than usual. Retrying; nothing will be done twice.',
    check: 'Is the table throttled or unreachable? Find the request id in the log.',
  },
  'identity-provider-unavailable': {
    status: 503,
    title: 'The access token cannot be checked right now',
    category: 'dependency',
    recovery: 'retry',
    retryAfterSeconds: 5,
    tell: 'Sign-in is temporarily unavailable. Retrying.',
    check:
      "Can the authorizer reach the issuer's JWKS? If its log has no line for the request, may the gateway call it?",
  },
  'authorizer-misconfigured': {
    status: 500,
    title: 'The access token cannot be checked',
    category: 'internal',
    recovery: 'retry',
    retryAfterSeconds: 30,
    tell: 'Something went wrong on our side. Retrying.',
    check: 'May the gateway call the authorizer, and is its answer well-formed?',
  },
  'api-misconfigured': {
    status: 500,
    title: 'The API is not set up correctly',
    category: 'internal',
    recovery: 'retry',
    retryAfterSeconds: 30,
    tell: 'Something went wrong on our side. Retrying.',
    check: 'What did the last deployment change in the API?',
  },
  'bad-gateway': {
    status: 502,
    title: 'The service gave no usable answer',
    category: 'internal',
    recovery: 'retry',
    retryAfterSeconds: 1,
    tell: 'Something went wrong on our side. Retrying; nothing will be done twice.',
    check: 'Did the function crash, run out of memory or fail to start? Look in its log.',
  },
  'gateway-timeout': {
    status: 504,
    title: 'The service did not answer in time',
    category: 'dependency',
    recovery: 'retry',
    retryAfterSeconds: 2,
    tell: 'This is taking longer than usual. Retrying; nothing will be done twice.',
    check: 'The effect may have happened; the retry tells. Which call was slow? See the trace.',
  },
  'request-refused': {
    status: 400,
    title: 'The gateway refused the request',
    category: 'validation',
    recovery: 'fix-request',
    tell: 'Something went wrong in the app. Please update it or report this.',
    check: 'Which response type does the access log name?',
  },
  'internal-error': {
    status: 500,
    title: 'Something went wrong in the service',
    category: 'internal',
    recovery: 'retry',
    retryAfterSeconds: 5,
    tell: 'Something went wrong on our side. Retrying; nothing will be done twice.',
    check: 'Find the request id in the log; the error is there with its cause.',
  },
} as const satisfies Record<string, ProblemRow>;

/** A code of the kit's own table. A domain adds codes beside its resource. */
export type ProblemCode = keyof typeof table;

/** The closed table of problems, by code. */
export const problems: Readonly<Record<ProblemCode, ProblemRow>> = table;
