import { type Directive, directive } from '../../../core/operations/operation-directive.ts';
import { advance } from '../../../core/operations/operation-machine.ts';
import type { CommandRef, Progress } from '../../../core/operations/operation-progress.ts';
import { logger } from '../../aws/log.ts';
import { changeOperation, type LoadedOperation, loadOperation } from '../../operations/operation-store.ts';
import { resume } from '../../operations/step-functions.ts';

/** What a task of the state machine ended with. */
export type TaskResult = ({ readonly type: 'timeout' } & CommandRef) | { readonly type: 'none' };

interface Asked {
  /** Partition key of the operation. */
  readonly operation: string;
  readonly epoch: number;
}

/** What the state machine asks: what to do next, or to keep the token of its wait. */
type OperateEvent = Asked & ({ readonly last: TaskResult } | { readonly token: string });

/**
 * The one step function of every operation: takes in what the last task ended with, and says what to do next. An
 * execution of an earlier epoch has no say.
 */
export async function handler(event: OperateEvent): Promise<Directive> {
  const answer =
    'token' in event ? await park(event.operation, event.epoch, event.token) : await proceed(event);
  logger.info('operated', { ...event, token: undefined, answer });
  return answer;
}

async function proceed({ operation: pk, epoch, last }: Asked & { last: TaskResult }): Promise<Directive> {
  const change = await changeOperation(pk, {
    what: last.type === 'none' ? 'proceed' : last.type,
    advance: (loaded) => (loaded.progress.epoch === epoch ? take(loaded, last) : loaded.progress),
  });
  if (change === undefined || change.loaded.progress.epoch !== epoch) return { do: 'end' };
  return directive(change.loaded.operation, change.loaded.progress, Date.now());
}

function take({ operation, progress }: LoadedOperation, last: TaskResult): Progress {
  const now = Date.now();
  const taken = last.type === 'none' ? progress : advance(operation, progress, last, now, Math.random());
  return advance(operation, taken, { type: 'proceed' }, now);
}

/** Keeps the token of a wait, so that a cancel can wake it; one that came before is answered at once. */
async function park(pk: string, epoch: number, token: string): Promise<Directive> {
  const change = await changeOperation(pk, {
    what: 'wait',
    wake: token,
    advance: ({ progress }) => progress,
  });
  const loaded = change?.loaded ?? (await loadOperation(pk));
  const waits =
    loaded !== undefined && loaded.progress.epoch === epoch && loaded.progress.command.notBefore > Date.now();
  if (!waits) await resume(token);
  return { do: 'end' };
}
