import type { APIGatewayProxyEvent } from 'aws-lambda';
import { Problem } from '../../core/problems/problem.ts';
import type { JsonObject } from '../../core/values/strict-json.ts';

/** The caller, as the authorizer passed it on. */
export interface Caller {
  readonly id: string;
  readonly tenant: string;
  readonly scopes: readonly string[];
}

/** One request through the gateway, in either of its encodings. Later steps of the pipeline add what they establish. */
export class HttpRequest {
  /** Ties the answer to the log. A client may choose it. @see {@link extendedId} */
  readonly id: string;
  /**
   * The gateway's own id of the request, which no client chooses; it is in `x-amz-apigw-id`.
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-access-logging.html
   */
  readonly extendedId: string | undefined;
  /** Epoch milliseconds at which the gateway had the request. */
  readonly receivedAt: number;
  /** Path of the API itself, stage or base path of a custom domain, without a trailing slash: `/dev`, or empty. */
  readonly base: string;
  readonly #event: APIGatewayProxyEvent;
  readonly #headers = new Map<string, readonly string[]>();
  #caller: Caller | undefined;
  #body: JsonObject | undefined;
  #idempotencyKey: string | undefined;
  /** What the steps have found out for the request's line in the log; no secret, and no body. */
  readonly logged: Record<string, unknown> = {};
  /** Header fields that its answer has, whichever it is. */
  readonly answerHeaders: Record<string, string> = {};

  constructor(event: APIGatewayProxyEvent) {
    this.#event = event;
    this.id = event.requestContext.requestId;
    this.extendedId = event.requestContext.extendedRequestId ?? undefined;
    this.receivedAt = event.requestContext.requestTimeEpoch ?? Date.now();
    this.base = basePath(event);
    const single = Object.entries(event.headers ?? {}).map(([name, value]) => [name, [value ?? '']] as const);
    // The gateway fills both maps; the one with lists knows of repeated headers.
    const fields = event.multiValueHeaders ? Object.entries(event.multiValueHeaders) : single;
    for (const [name, values] of fields) {
      // Names that differ in case alone are one field (RFC 9110 5.1).
      const field = name.toLowerCase();
      this.#headers.set(field, [...(this.#headers.get(field) ?? []), ...(values ?? [])]);
    }
  }

  /** `POST /payouts/{payoutId}/approve` */
  get route(): string {
    return `${this.#event.httpMethod} ${this.#event.resource}`;
  }

  /** Every value of a header field, whatever its name's case. */
  headers(name: string): readonly string[] {
    return this.#headers.get(name.toLowerCase()) ?? [];
  }

  /** A header field's values as one list (RFC 9110 5.3), or undefined. */
  header(name: string): string | undefined {
    const values = this.headers(name);
    return values.length === 0 ? undefined : values.join(', ');
  }

  pathParameter(name: string): string {
    return this.#event.pathParameters?.[name] ?? '';
  }

  /** Query parameters, each with every value it was given. */
  get query(): Readonly<Record<string, readonly string[]>> {
    const query = this.#event.multiValueQueryStringParameters ?? {};
    return Object.fromEntries(Object.entries(query).map(([name, values]) => [name, values ?? []]));
  }

  /** The exact bytes of the body: declared binary, they come in base64. */
  get bytes(): Buffer {
    return Buffer.from(this.#event.body ?? '', this.#event.isBase64Encoded ? 'base64' : 'utf8');
  }

  /** What the authorizer said of the token; undefined on a route without one. */
  get claims(): Readonly<Record<string, unknown>> | undefined {
    return this.#event.requestContext.authorizer ?? undefined;
  }

  get caller(): Caller {
    return established(this.#caller, 'caller');
  }

  set caller(caller: Caller) {
    this.#caller = caller;
  }

  get body(): JsonObject {
    return established(this.#body, 'body');
  }

  set body(body: JsonObject) {
    this.#body = body;
  }

  get idempotencyKey(): string {
    return established(this.#idempotencyKey, 'idempotencyKey');
  }

  set idempotencyKey(key: string) {
    this.#idempotencyKey = key;
  }
}

function established<T>(value: T | undefined, name: string): T {
  if (value !== undefined) return value;
  throw new Problem('internal-error', {
    cause: new Error(`${name} was read before its step of the pipeline`),
  });
}

/** What the full path has before the route's own segments; trailing slashes and a missing stage do not matter. */
function basePath({ requestContext, path, resource }: APIGatewayProxyEvent): string {
  const segments = (value: string) => value.split('/').filter((segment) => segment !== '');
  const full = segments(requestContext.path ?? path);
  const own = segments(resource).length;
  return full
    .slice(0, Math.max(0, full.length - own))
    .map((segment) => `/${segment}`)
    .join('');
}
