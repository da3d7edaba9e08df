import type { Operation, Step } from '../definitions/define-operation.ts';
import {
  type Conclusion,
  commandKey,
  newCommand,
  type Progress,
  type Resolution,
  settle,
  settledOf,
  stepOf,
} from './operation-progress.ts';

/** So many retries after a final outcome have references of their own (`referenceOf`). */
const MAX_RETRIES = 61;

/** Not done, for all that was tried: it goes back. What an earlier attempt may have done is for a person to find out. */
export function exhausted(operation: Operation, progress: Progress): Progress {
  const { command } = progress;
  const { partner } = stepOf(operation, command.step);
  if (command.inDoubt) return attention(progress, unknowable(partner.name));
  const reason = `${partner.name} could not be reached in ${command.attempt} attempts`;
  return command.undo
    ? attention(progress, reason)
    : backward(operation, { ...progress, reason }, progress.ending ?? 'failed');
}

/** Why a person is needed where nobody can be asked. */
export const unknowable = (partner: string): string =>
  `nobody can tell whether ${partner} did it: there is no way left to ask`;

export function succeeded(
  operation: Operation,
  progress: Progress,
  result: Readonly<Record<string, string>> | undefined,
): Progress {
  const { command, ending } = progress;
  if (command.undo) {
    return backward(
      operation,
      { ...progress, done: progress.done.filter((step) => step !== command.step) },
      ending ?? 'failed',
    );
  }
  const { pointOfNoReturn = false } = stepOf(operation, command.step);
  const done = {
    ...progress,
    // A person may have found out that it was done, although nothing is known to have been sent.
    irrevocable: progress.irrevocable || pointOfNoReturn,
    done: [...progress.done.filter((step) => step !== command.step), command.step],
    result: { ...progress.result, ...result },
  };
  if (progress.state === 'cancelling' && !pointOfNoReturn) return backward(operation, done, 'cancelled');
  const next = operation.steps[operation.steps.findIndex(({ name }) => name === command.step) + 1];
  return next === undefined
    ? { ...done, state: 'succeeded' }
    : { ...done, state: 'running', command: newCommand(next.name, false) };
}

/** Refused for good, for a reason in our own words. */
export function refused(operation: Operation, progress: Progress, reason: string): Progress {
  const { command, ending = 'failed' } = progress;
  const { partner } = stepOf(operation, command.step);
  // Only who can be asked tells of the reference; who cannot has refused this attempt.
  if (command.inDoubt && partner.query === undefined)
    return attention(
      progress,
      `${partner.name} refused an attempt, and one before it may have been done: ${reason}`,
    );
  const told = settle(progress, 'rejected');
  // What cannot be taken back is for a person to see to.
  if (command.undo) return attention(told, `${partner.name} refused to take back: ${reason}`);
  return backward(operation, { ...told, reason }, ending);
}

/** Takes back what was done, last first; then it has ended. */
export function backward(operation: Operation, progress: Progress, ending: 'failed' | 'cancelled'): Progress {
  const definitionOf = (name: string) => operation.steps.find((step) => step.name === name);
  const last = progress.done.findLast((name) => definitionOf(name)?.compensation !== undefined);
  const gone = progress.done.find((name) => definitionOf(name) === undefined);
  if (gone !== undefined) {
    return attention(
      { ...progress, ending },
      `step '${gone}' was done, and is gone from ${operation.name}, so that nothing can take it back: put it back, then resolve by retry`,
    );
  }
  const kept = progress.done.find((name) => isKept(definitionOf(name)));
  if (kept !== undefined) return attention({ ...progress, kept }, unreturnable(operation, progress, kept));
  if (last === undefined) return { ...progress, ending, state: ending };
  const state = ending === 'cancelled' ? 'cancelling' : 'running';
  return { ...progress, ending, state, command: newCommand(last, true) };
}

/** What is beyond the point of no return, and has nothing that takes it back, stays done. */
const isKept = (step: Step | undefined): boolean =>
  step?.pointOfNoReturn === true && step.compensation === undefined;

function unreturnable(operation: Operation, { command, reason }: Progress, kept: string): string {
  const { partner } = stepOf(operation, kept);
  const why = reason === undefined ? '' : ` (${reason})`;
  return `${partner.name} has done '${kept}', which nothing takes back, and '${command.step}' was not done${why}: resolve by retry, as succeeded where it may be left, or as failed once '${kept}' is taken back by hand`;
}

export const attention = (progress: Progress, reason: string): Progress => ({
  ...progress,
  state: 'needs-attention',
  reason,
});

/** It has ended, and its resource is not its own to move any more: a person sees to that, and the end is kept. */
export function blocked(progress: Progress & Conclusion, why: string): Progress {
  const { state, reason } = progress;
  const remedy = "put that right and resolve by retry, or resolve with resource 'leave'";
  return attention(
    { ...progress, conclusion: { state, ...(reason !== undefined && { reason }) } },
    `${why}; ${remedy}`,
  );
}

/** What a person has found out is taken in. */
export function resolved(
  operation: Operation,
  progress: Progress,
  resolution: Resolution,
  now: number,
): Progress {
  const { resolution: _, reason: found, conclusion, kept, ...rest } = progress;
  // Only its resource stood in the way: the same end is tried once more.
  if (conclusion !== undefined) return { ...rest, ...conclusion };
  const { command, ending } = progress;
  if (resolution === 'succeeded') return succeeded(operation, rest, undefined);
  // What stood in the way of going back was mended.
  if (resolution === 'retry' && ending === 'failed' && !command.undo)
    return backward(operation, rest, ending);
  if (resolution === 'retry') return retried(operation, progress, rest, now);
  const undone = command.undo ? command.step : kept;
  const done = progress.done.filter((step) => step !== undone);
  return backward(
    operation,
    { ...rest, done, reason: found ?? 'it was found not to be done' },
    ending ?? 'failed',
  );
}

/**
 * Once more, with as much time as at first. What a partner has refused for good is asked of it under another reference, by
 * which it knows nothing yet; what may have been done, under the same.
 */
function retried(
  { deadlineSeconds }: Operation,
  progress: Progress,
  rest: Omit<Progress, 'resolution' | 'reason'>,
  now: number,
): Progress {
  const { command, retries = {} } = progress;
  const { step, undo, attempt, status, firstSentAt, sentAt, inDoubt } = command;
  const anew = { ...newCommand(step, undo), attempt: attempt + 1 };
  const deadline = now + deadlineSeconds * 1000;
  if (!isRefused(progress)) {
    const kept = { firstSentAt, sentAt, ...((inDoubt || status === 'sent') && { inDoubt: true }) };
    return { ...rest, deadline, command: { ...anew, ...kept } };
  }
  const key = commandKey(command);
  const retry = (retries[key] ?? 0) + 1;
  if (retry > MAX_RETRIES)
    return attention(progress, `it was retried ${MAX_RETRIES} times; resolve it as succeeded or failed`);
  return { ...rest, deadline, retries: { ...retries, [key]: retry }, command: anew };
}

/** Whether the partner has refused the current command for good; releases before this one kept that in words alone. */
const isRefused = (progress: Progress): boolean =>
  settledOf(progress, progress.command)?.outcome === 'rejected' ||
  (progress.command.undo && / refused to take back: /.test(progress.reason ?? ''));
