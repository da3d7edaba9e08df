import { advance } from '../core/operation-machine.ts';
import type { CommandRef } from '../core/operation-progress.ts';
import type { Outcome } from '../core/outcome.ts';
import { changeOperation } from './operation-store.ts';

/**
 * The operation takes in what became of a command, whatever its execution does at this time; what waits for it is woken.
 * An outcome of a command that is not the current one changes nothing.
 * @param what who tells, for the history
 */
export async function reportOutcome(
  pk: string,
  what: 'report' | 'callback',
  command: CommandRef,
  outcome: Outcome,
): Promise<void> {
  await changeOperation(pk, {
    what,
    advance: ({ operation, progress }) => {
      const taken = advance(
        operation,
        progress,
        { ...command, type: 'report', outcome },
        Date.now(),
        Math.random(),
      );
      // Nobody carries on what needs attention: what this has moved on needs an execution again.
      const resumed = progress.state === 'needs-attention' && taken.state !== progress.state;
      return resumed ? { ...taken, epoch: progress.epoch + 1 } : taken;
    },
  });
}
