import type { Outcome } from '../partners/outcome.ts';
import {
  type CommandRef,
  isFinal,
  isGivenUp,
  isOpen,
  type Progress,
  settledOf,
} from './operation-progress.ts';

/** What can happen to an operation. `step`, `undo` and `attempt` say which command it is about. */
export type OperationEvent =
  /** Its execution asks what to do: what was cancelled meanwhile is taken back from here on. */
  | { readonly type: 'proceed' }
  | ({ readonly type: 'claim' } & CommandRef)
  /** Our own rate or breaker did not let it through: nothing was sent. */
  | ({
      readonly type: 'hold';
      readonly reason: 'rate' | 'breaker';
      readonly retryAfterSeconds: number;
    } & CommandRef)
  /** Its resource is not its own any more, for a reason: nothing is done for it. */
  | ({ readonly type: 'unheld'; readonly why: string } & CommandRef)
  /** What was told of another step is needed for it, and missing. */
  | ({ readonly type: 'lacking'; readonly of: string } & CommandRef)
  | ({ readonly type: 'report'; readonly outcome: Outcome } & CommandRef)
  /** The partner calls back with what is not final: that may bring forward when it is asked. */
  | ({ readonly type: 'progress'; readonly outcome: Outcome } & CommandRef)
  /** A final outcome that is not the first one of its command. */
  | ({ readonly type: 'contradict'; readonly outcome: Outcome } & CommandRef)
  | ({ readonly type: 'timeout' } & CommandRef)
  | { readonly type: 'lost' };

/** What a person has found out comes first: until it is taken in, nothing else is heard. */
const isCurrent = ({ command, resolution }: Progress, { step, undo, attempt }: CommandRef): boolean =>
  resolution === undefined && command.step === step && command.undo === undo && command.attempt === attempt;

/**
 * Whether it is told for good of an attempt before the current one, under the same reference: a success stands whatever is
 * on its way, and a refusal where nothing is.
 */
function isOfEarlier({ command, resolution }: Progress, event: OperationEvent): boolean {
  if (event.type !== 'report' || resolution !== undefined) return false;
  const { step, undo, attempt, outcome } = event;
  const isEarlier =
    command.step === step && command.undo === undo && attempt > 0 && attempt < command.attempt;
  const wasSent = command.firstSentAt > 0;
  const isHeld = outcome.kind === 'rejected' && command.status === 'to-send';
  return isEarlier && wasSent && (outcome.kind === 'succeeded' || isHeld);
}

/**
 * Whether an event is heard: what came late, or is about another attempt, is not. An outcome is heard even while a person is
 * looked for, and a final one of an earlier attempt is the command's own.
 */
export function isHeard(progress: Progress, event: OperationEvent): boolean {
  const open =
    event.type === 'report'
      ? !isFinal(progress.state) && settledOf(progress, event) === undefined
      : isOpen(progress);
  return open && (!('step' in event) || isCurrent(progress, event) || isOfEarlier(progress, event));
}

/** A final outcome other than the one that was taken in changes nothing, and is noted once. */
export function contradicted(
  progress: Progress,
  { outcome, ...event }: CommandRef & { readonly outcome: Outcome },
): Progress {
  if (outcome.kind !== 'succeeded' && outcome.kind !== 'rejected') return progress;
  const known = settledOf(progress, event);
  if (known === undefined && outcome.kind === 'succeeded' && isGivenUp(progress, event)) {
    const { step, undo, attempt } = event;
    const noted = { step, undo, attempt, outcome: 'rejected', contradicted: true } as const;
    return { ...progress, settled: [...(progress.settled ?? []), noted] };
  }
  // The first is stored, and not taken in yet: what came second is told all the same.
  if (known === undefined) return { ...progress };
  if (known.contradicted || known.outcome === outcome.kind) return progress;
  const others = (progress.settled ?? []).filter((each) => each !== known);
  return { ...progress, settled: [...others, { ...known, contradicted: true }] };
}
