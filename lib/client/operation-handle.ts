import type { Answered, Operation, Refused } from './result.ts';
import type { Exchange } from './transport.ts';
import { retryAfterMs, sleep } from './waiting.ts';

/** The longest that the service waits before it answers. */
const WAIT_SECONDS = 20;

const FINAL = ['succeeded', 'failed', 'cancelled'] as const;

/** An operation that has ended. */
export type EndedOperation = Operation & { readonly state: (typeof FINAL)[number] };

/** How an operation is waited for. */
export interface DoneOptions {
  /** Ends the waiting, and not the operation: `client.operations.cancel` asks for that. */
  readonly signal?: AbortSignal;
  /** Called with the operation as it is first read, and whenever it has changed. */
  readonly onProgress?: (operation: Operation) => void;
}

/** An operation that was accepted, to be waited for. */
export interface OperationHandle {
  readonly id: string;
  /**
   * Resolves when the operation has ended, however long that takes, or cannot be read. One that needs attention has not ended:
   * `onProgress` tells of it.
   * @throws the signal's reason, when it is aborted
   */
  done(
    options?: DoneOptions,
  ): Promise<Answered<'operations.get', EndedOperation> | Refused<'operations.get'>>;
}

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
      await sleep(retryAfterMs(response.headers), signal);
    }
  },
});

const hasEnded = (answer: Answered<'operations.get'>): answer is Answered<'operations.get', EndedOperation> =>
  (FINAL as readonly string[]).includes(answer.data.state);
