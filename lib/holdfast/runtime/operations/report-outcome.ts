import { advance } from '../../core/operations/operation-machine.ts';
import { type CommandRef, isGivenUp, settledOf } from '../../core/operations/operation-progress.ts';
import { checkedOutcome, isFinalOutcome, type Outcome, toldBy } from '../../core/partners/outcome.ts';
import { CONTRADICTION, changeOperation } from './operation-store.ts';

/**
 * The operation takes in what became of a command, whatever its execution does at this time; what waits for it is woken.
 * An outcome of a command that is not the current one changes nothing; one that contradicts what was taken in is noted.
 * @param what who tells, for the history
 */
export async function reportOutcome(
  pk: string,
  what: 'report' | 'callback',
  command: CommandRef,
  told: Outcome,
): Promise<void> {
  const outcome = checkedOutcome(told);
  const type = what === 'callback' && !isFinalOutcome(outcome) ? 'progress' : 'report';
  await changeOperation(pk, {
    what,
    reports: { command, told: toldBy(outcome) },
    advance: ({ operation, progress }) => {
      const event = { ...command, type, outcome } as const;
      const taken = advance(operation, progress, event, Date.now(), Math.random());
      // A command that has come to an end already is not changed by it; that it was told otherwise is noted.
      const isPast = settledOf(progress, command) !== undefined || isGivenUp(progress, command);
      if (taken === progress && isPast && isFinalOutcome(outcome))
        return advance(operation, progress, { ...command, type: 'contradict', outcome }, Date.now());
      // Nobody carries on what needs attention: what this has moved on needs an execution again.
      const resumed = progress.state === 'needs-attention' && taken.state !== progress.state;
      return resumed ? { ...taken, epoch: progress.epoch + 1, turns: 0 } : taken;
    },
  });
}

/** A final outcome that came after another one, which stands, is kept in the history, and counted. */
export async function reportContradiction(pk: string, command: CommandRef, outcome: Outcome): Promise<void> {
  await changeOperation(pk, {
    what: CONTRADICTION,
    reports: { command, told: toldBy(outcome) },
    advance: ({ operation, progress }) =>
      advance(operation, progress, { ...command, type: 'contradict', outcome }, Date.now()),
  });
}
