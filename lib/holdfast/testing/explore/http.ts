import type { Order } from './hosted-function.ts';
import type { Ended } from './scenario.ts';

/** An answer, as a function returns it. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** What a client is answered; undefined where the function threw, or returned no answer. */
export function answerIn(ended: Ended | undefined): Answered | undefined {
  if (ended === undefined || 'threw' in ended) return undefined;
  const { statusCode, headers = {}, body = '' } = JSON.parse(ended.returned) ?? {};
  return statusCode === undefined ? undefined : { status: statusCode, headers, text: body };
}

/** Whether a client is answered for good: what is temporary, it sends again. */
export function isAnswered(ended: Ended): boolean {
  const { status = 500 } = answerIn(ended) ?? {};
  return status < 500 && status !== 429;
}

/** A request of a client, as the gateway hands it to a function. */
export interface Asked {
  readonly by: { readonly subject: string; readonly tenant: string };
  readonly parameters?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly scopes: string;
}

/** A time of the proofs' own: no date of the day is in them. */
export const BEGIN_MS = Date.UTC(2026, 10, 25, 8);

const FOR_GOOD = '9999999999';
const TIMEOUT_MS = 15_000;

/**
 * An invocation for a request.
 * @param name of its own, for its random numbers; @param startsAt its clock
 */
export const requested = (name: string, { by, scopes, ...asked }: Asked, startsAt = BEGIN_MS): Order => ({
  startsAt,
  seed: name,
  timeoutMs: TIMEOUT_MS,
  event: JSON.stringify({
    requestContext: {
      requestId: name,
      path: '/',
      authorizer: { ...by, scopes, expiresAt: FOR_GOOD },
    },
    resource: '/',
    path: '/',
    httpMethod: 'POST',
    pathParameters: asked.parameters ?? {},
    headers: { 'Content-Type': 'application/json', ...asked.headers },
    body: asked.body ?? '{}',
  }),
});
