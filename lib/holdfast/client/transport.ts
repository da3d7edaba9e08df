import createFetchClient from 'openapi-fetch';
import type { RetryPolicy } from '../core/partners/retry-policy.ts';
import { type Persistence, sendPersistently } from './retry.ts';

/** Whom a client speaks to, and how. */
export interface ClientOptions {
  /** Of the API, its base path included. */
  readonly baseUrl: string;
  /** The access token, or what gets one: it is asked before each attempt. */
  readonly token: string | (() => string | Promise<string>);
  /** How long a call goes on trying. @default 60 s */
  readonly deadlineMs?: number;
  /** How long it waits between attempts, besides what `Retry-After` asks for. @default 200 ms, doubling up to 10 s */
  readonly backoff?: RetryPolicy;
  /** @default the platform's own */
  readonly fetch?: typeof globalThis.fetch;
}

/** How one call differs from the client's others. */
export interface CallOptions {
  /** Of a write: one that was made before, to send the same again. @default a new one */
  readonly idempotencyKey?: string;
  /** @default the client's */
  readonly deadlineMs?: number;
  /** Ends the call with its reason. What was sent may be done all the same: with a key of one's own, one can find out. */
  readonly signal?: AbortSignal;
}

/** A request, as the document describes it. */
export interface Sending {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly query?: object;
  readonly body?: object;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a request came to, and the answer that says so. */
export interface Exchange {
  readonly result: (
    | { readonly ok: true; readonly data: unknown; readonly replayed: boolean }
    | { readonly ok: false; readonly problem: unknown }
  ) & { readonly etag: string | undefined; readonly idempotencyKey: string | undefined };
  readonly response: Response;
}

/** Sends one request as often as it takes. */
export type Send = (sending: Sending, options: CallOptions) => Promise<Exchange>;

/** What the document's paths become when their operation is known at run time alone. */
type Request = (
  method: string,
  path: string,
  init: object,
) => Promise<{
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}>;

/** Every request names the version of the contract that this client was made from. */
export function transport(
  version: string,
  { baseUrl, token, deadlineMs = 60_000, backoff, fetch }: ClientOptions,
): Send {
  const { request } = createFetchClient<object>({ baseUrl, headers: { 'API-Version': version } });
  const always = {
    fetch: fetch ?? ((...args) => globalThis.fetch(...args)),
    token: typeof token === 'string' ? () => token : token,
    backoff: backoff ?? { baseMs: 200, capMs: 10_000 },
  } satisfies Partial<Persistence>;
  return async (sending, options) => {
    const { method, path, parameters, query, body, headers } = sending;
    const persistence = { ...always, deadlineMs: options.deadlineMs ?? deadlineMs, signal: options.signal };
    const { data, error, response } = await (request as unknown as Request)(method, path, {
      params: { path: parameters, ...(query && { query }) },
      ...(body && { body }),
      headers,
      fetch: (sent: globalThis.Request) => sendPersistently(sent, persistence),
    });
    const etag = response.headers.get('ETag') ?? undefined;
    const about = { etag, idempotencyKey: headers['Idempotency-Key'] };
    const replayed = response.headers.has('Idempotent-Replayed');
    return {
      result: response.ok ? { ok: true, data, replayed, ...about } : { ok: false, problem: error, ...about },
      response,
    };
  };
}
