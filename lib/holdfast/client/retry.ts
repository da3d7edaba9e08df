import { fullJitterMs, type RetryPolicy } from '../core/partners/retry-policy.ts';
import { retryAfterMs, sleep } from './waiting.ts';

/** Longer than the gateway's own limit of 29 s: what has not answered by then never will. */
const ATTEMPT_MS = 35_000;

/** How often one request is sent, and for how long. */
export interface Persistence {
  readonly fetch: typeof globalThis.fetch;
  /** Asked for before each attempt, so that one that has expired meanwhile can be renewed. */
  readonly token: () => string | Promise<string>;
  readonly backoff: RetryPolicy;
  /** No attempt begins, or goes on, later than this after the first; `Infinity` for none. */
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** No usable answer came within the deadline: whether the action was done is not known. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  /** Of the request, where it was a write: send the same again under it, and the effect happens once. */
  readonly idempotencyKey: string | undefined;

  constructor(cause: unknown, idempotencyKey: string | undefined) {
    super(`no usable answer: ${cause instanceof Error ? cause.message : cause}`, { cause });
    this.idempotencyKey = idempotencyKey;
  }
}

/** An answer that was read to its end, or what stood against it. */
type Attempt = { readonly response: Response } | { readonly lost: unknown };

/**
 * Sends a request, and the same bytes under the same key again while the failure is one of the network, the answer a 5xx or a
 * problem whose `recovery` is `retry`, and there is time. Never earlier than `Retry-After` says, and with full jitter over it.
 * @throws NoAnswerError when the last attempt had no answer of the contract
 * @throws the signal's reason, when it is aborted
 */
export async function sendPersistently(request: Request, persistence: Persistence): Promise<Response> {
  const { backoff, deadlineMs, signal } = persistence;
  const until = Date.now() + deadlineMs;
  const body = request.method === 'GET' ? undefined : await request.arrayBuffer();
  for (let attempt = 0; ; attempt++) {
    const made = await attemptOf(request, body, until - Date.now(), persistence);
    const response = 'response' in made ? made.response : undefined;
    const waitMs = retryAfterMs(response?.headers) + fullJitterMs(backoff, attempt, Math.random());
    if ((await isFinal(made)) || Date.now() + waitMs > until) return answerOf(made, request);
    await sleep(waitMs, signal);
  }
}

async function attemptOf(
  { url, method, headers }: Request,
  body: ArrayBuffer | undefined,
  leftMs: number,
  { fetch, token, signal }: Persistence,
): Promise<Attempt> {
  signal?.throwIfAborted();
  const timeout = AbortSignal.timeout(Math.max(0, Math.ceil(Math.min(ATTEMPT_MS, leftMs))));
  try {
    // Within, since a token that cannot be had now says nothing of what earlier attempts have done.
    const authorization = `Bearer ${await token()}`;
    const response = await fetch(url, {
      method,
      headers: { ...Object.fromEntries(headers), authorization },
      ...(body !== undefined && { body }),
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    // An answer that breaks off is a lost one, so it is read here.
    const text = await response.text();
    return { response: new Response(text === '' ? null : text, response) };
  } catch (error) {
    signal?.throwIfAborted();
    return { lost: error };
  }
}

async function isFinal(made: Attempt): Promise<boolean> {
  if ('lost' in made) return false;
  const { response } = made;
  if (response.status >= 500) return false;
  if (!isProblem(response)) return true;
  const problem: { readonly recovery?: string } = JSON.parse(await response.clone().text());
  return problem.recovery !== 'retry';
}

const isProblem = ({ headers }: Response): boolean =>
  headers.get('Content-Type')?.startsWith('application/problem+json') ?? false;

const isJson = ({ headers }: Response): boolean =>
  headers.get('Content-Type')?.startsWith('application/json') ?? false;

/** Whatever stands between may answer in the service's stead: that is no answer. */
function answerOf(made: Attempt, { headers }: Request): Response {
  const key = headers.get('Idempotency-Key') ?? undefined;
  if ('lost' in made) throw new NoAnswerError(made.lost, key);
  const { response } = made;
  const isOfTheContract = response.ok ? isJson(response) : response.status === 304 || isProblem(response);
  if (isOfTheContract) return response;
  throw new NoAnswerError(new Error(`${response.status} without a body of the contract`), key);
}
