import type { Operation } from './define-operation.ts';
import { newCommand, type Progress, type Resolution, stepOf } from './operation-progress.ts';

/** Not done, for all that was tried: it goes back. */
export function exhausted(operation: Operation, progress: Progress): Progress {
  const { partner } = stepOf(operation, progress.command.step);
  const reason = `${partner.name} could not be reached in ${progress.command.attempt} attempts`;
  return progress.command.undo
    ? attention(progress, reason)
    : backward(operation, { ...progress, reason }, 'failed');
}

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
  const done = {
    ...progress,
    done: [...progress.done, command.step],
    result: { ...progress.result, ...result },
  };
  const { pointOfNoReturn = false } = stepOf(operation, command.step);
  if (progress.state === 'cancelling' && !pointOfNoReturn) return backward(operation, done, 'cancelled');
  const next = operation.steps[operation.steps.findIndex(({ name }) => name === command.step) + 1];
  return next === undefined
    ? { ...done, state: 'succeeded' }
    : { ...done, state: 'running', command: newCommand(next.name, false) };
}

/** Takes back what was done, last first; then it has ended. */
export function backward(operation: Operation, progress: Progress, ending: 'failed' | 'cancelled'): Progress {
  const last = progress.done.findLast((name) => stepOf(operation, name).compensation !== undefined);
  if (last === undefined) return { ...progress, ending, state: ending };
  const state = ending === 'cancelled' ? 'cancelling' : 'running';
  return { ...progress, ending, state, command: newCommand(last, true) };
}

export const attention = (progress: Progress, reason: string): Progress => ({
  ...progress,
  state: 'needs-attention',
  reason,
});

export function resolved(
  operation: Operation,
  progress: Progress,
  resolution: Resolution,
  now: number,
): Progress {
  const { resolution: _, reason: found, ...rest } = progress;
  const { command, ending } = progress;
  if (resolution === 'succeeded') return succeeded(operation, rest, undefined);
  if (resolution === 'retry') {
    const anew = { ...newCommand(command.step, command.undo), attempt: command.attempt + 1 };
    return { ...rest, deadline: now + operation.deadlineSeconds * 1000, command: anew };
  }
  const done = command.undo ? progress.done.filter((step) => step !== command.step) : progress.done;
  return backward(
    operation,
    { ...rest, done, reason: found ?? 'it was found not to be done' },
    ending ?? 'failed',
  );
}
