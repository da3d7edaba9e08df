import { randomUUID } from 'node:crypto';
import { turn } from './pace.ts';

/** An answer, as a client sees it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; an empty object where it is none. */
  readonly json: Record<string, unknown> & { readonly code?: string };
  readonly etag: string;
  readonly replayed: boolean;
}

/** What a request says besides its path. `undefined` leaves a header out. */
export interface Sending {
  readonly method?: string;
  readonly token?: string | undefined;
  readonly key?: string | undefined;
  readonly ifMatch?: string | undefined;
  /** A string or bytes are sent as they are, anything else as JSON. @default `{}` */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a request has besides its path: nothing that it does not say. */
export function wireOf({ method = 'POST', token, key, ifMatch, body = {}, headers = {} }: Sending) {
  const own: Readonly<Record<string, string>> = {
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    ...(key !== undefined && { 'Idempotency-Key': key }),
    ...(ifMatch !== undefined && { 'If-Match': ifMatch }),
    ...(method === 'POST' && { 'Content-Type': 'application/json' }),
    ...headers,
  };
  return { method, headers: own, ...(method === 'POST' && { body: raw(body) }) };
}

/** Sends one request, and no other: what it says is all that is sent. */
export async function send(url: string, sending: Sending = {}): Promise<Answer> {
  await turn();
  const response = await fetch(url, wireOf(sending));
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: text.startsWith('{') ? JSON.parse(text) : {},
    etag: response.headers.get('ETag') ?? '',
    replayed: response.headers.get('Idempotent-Replayed') === 'true',
  };
}

const raw = (body: unknown): string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || body instanceof Uint8Array
    ? (body as string | Uint8Array<ArrayBuffer>)
    : JSON.stringify(body);

/** A key that nothing else uses. */
export const freshKey = (): string => randomUUID();
