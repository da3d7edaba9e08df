import type { Exchange } from './transport.ts';
import { retryAfterMs, sleep } from './waiting.ts';

/** The longest that the service waits before it answers. */
const WAIT_SECONDS = 20;

/** Between two reads at least, where `Retry-After` asks for nothing: a proxy that drops it makes no client ask without end. */
const LEAST_MS = 500;

const FINAL: readonly unknown[] = ['succeeded', 'failed', 'cancelled'];

/** Reads an operation once; the service may wait for a change of what the tag names. */
export type ReadOperation = (
  id: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
) => Promise<Exchange>;

/** How an operation is waited for, whatever the contract says it is. */
interface Waiting {
  readonly signal?: AbortSignal;
  onProgress?(operation: unknown): void;
}

/** A handle on the operation of this id. */
export const operationHandle = (id: string, read: ReadOperation) => ({
  id,
  async done({ signal, onProgress }: Waiting = {}) {
    let headers: Readonly<Record<string, string>> = {};
    for (;;) {
      const { result, response } = await read(id, headers, signal);
      if (response.status !== 304) {
        if (!result.ok) return result;
        onProgress?.(result.data);
        if (FINAL.includes((result.data as { readonly state?: unknown }).state)) return result;
        headers = { 'If-None-Match': result.etag ?? '', Prefer: `wait=${WAIT_SECONDS}` };
      }
      await sleep(Math.max(LEAST_MS, retryAfterMs(response.headers)), signal);
    }
  },
});
