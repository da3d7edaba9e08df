import type { Answered, EndedOperation, OperationHandle } from './result.ts';
import type { Exchange } from './transport.ts';
import { retryAfterMs, sleep } from './waiting.ts';

/** The longest that the service waits before it answers. */
const WAIT_SECONDS = 20;

/** Between two reads at least, where `Retry-After` asks for nothing: a proxy that drops it makes no client ask without end. */
const LEAST_MS = 500;

const FINAL: readonly EndedOperation['state'][] = ['succeeded', 'failed', 'cancelled'];

/** Reads an operation once; the service may wait for a change of what the tag names. */
export type ReadOperation = (
  id: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
) => Promise<Exchange<'operations.get'>>;

/** A handle on the operation of this id. */
export const operationHandle = (id: string, read: ReadOperation): OperationHandle => ({
  id,
  async done({ signal, onProgress } = {}) {
    let headers: Readonly<Record<string, string>> = {};
    for (;;) {
      const { result, response } = await read(id, headers, signal);
      if (response.status !== 304) {
        if (!result.ok) return result;
        onProgress?.(result.data);
        if (hasEnded(result)) return result;
        headers = { 'If-None-Match': result.etag, Prefer: `wait=${WAIT_SECONDS}` };
      }
      await sleep(Math.max(LEAST_MS, retryAfterMs(response.headers)), signal);
    }
  },
});

const hasEnded = (answer: Answered<'operations.get'>): answer is Answered<'operations.get', EndedOperation> =>
  (FINAL as readonly string[]).includes(answer.data.state);
