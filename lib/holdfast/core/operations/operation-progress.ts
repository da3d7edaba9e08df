import type { Operation, Step } from '../definitions/define-operation.ts';
import type { Result } from '../partners/outcome.ts';

/** States of an operation; the last three are final. */
export const OPERATION_STATES = [
  'accepted',
  'running',
  'waiting',
  'cancelling',
  'needs-attention',
  'succeeded',
  'failed',
  'cancelled',
] as const;

export type OperationState = (typeof OPERATION_STATES)[number];

const FINAL: readonly OperationState[] = ['succeeded', 'failed', 'cancelled'];

/** Whether nothing can change it any more. */
export const isFinal = (state: string): boolean => FINAL.some((final) => final === state);

/**
 * Why an operation waits; closed, and part of the contract.
 *
 * | reason | nothing happens until `nextAttemptAt`, because |
 * | --- | --- |
 * | `rate` | the partner's `ratePerSecond` is used up; nothing was sent |
 * | `breaker` | the partner failed so often that its circuit breaker is open; nothing was sent |
 * | `queue` | no consumer took the command from its queue in time; it is queued again |
 * | `unavailable` | the partner said that it did nothing, and to try again later |
 * | `callback` | the partner has taken it on and calls back; it is asked if it does not |
 * | `pending` | the partner has taken it on, and is asked what became of it |
 * | `unknown` | the partner may have done it or not: it is asked, or sent the same under the same reference |
 * | `not-found` | the partner does not know it: it is asked again until that has settled, then sent again |
 */
export const WAITING_REASONS = [
  'rate',
  'breaker',
  'queue',
  'unavailable',
  'callback',
  'pending',
  'unknown',
  'not-found',
] as const;

export type WaitingReason = (typeof WAITING_REASONS)[number];

/** What is being done now: one step's command, or the one that takes it back. */
export interface Command {
  readonly step: string;
  readonly undo: boolean;
  readonly attempt: number;
  /** Not sent yet; or sent, with its outcome to come, by a callback or by asking. */
  readonly status: 'to-send' | 'sent';
  /** Epoch milliseconds before which it is not sent or asked about. */
  readonly notBefore: number;
  /** When this step was first sent, and when last; 0 while it was not. */
  readonly firstSentAt: number;
  readonly sentAt: number;
  /** A callback is waited for until then; 0 where none is. */
  readonly callbackUntil: number;
  /** Why it waits, or waited last, and since when for this reason. @default it has not waited yet */
  readonly waiting?: { readonly reason: WaitingReason; readonly since: number };
  /** Since when our own rate or breaker has held this attempt. @default it has not */
  readonly heldAt?: number;
  /** An attempt before this one, under the same reference, may have been done. @default false */
  readonly inDoubt?: boolean;
  /** No attempt before this one was done: its partner has said so each time. @default it is not known */
  readonly notDone?: boolean;
}

/** What became of a command for good, and was taken in; a person's word counts as a partner's. */
export interface Settled extends CommandRef {
  readonly outcome: 'succeeded' | 'rejected';
  /** The other one was told later, which changes nothing. @default false */
  readonly contradicted?: boolean;
}

/** How an operation has ended, where its end could not move the resource. */
export interface Conclusion {
  readonly state: 'succeeded' | 'failed' | 'cancelled';
  readonly reason?: string;
}

/** What needs the result of a step that is done, and by which attempt that is asked for. */
export interface Recalls {
  readonly by: Pick<Command, 'step' | 'attempt'>;
  /** It goes on as it stands here. */
  readonly command: Command;
  /** The end goes on, for which it was the last command. @default false */
  readonly end?: true;
}

/** What an operation has come to. */
export interface Progress {
  readonly state: OperationState;
  readonly command: Command;
  /** Steps done and not taken back, in their order. */
  readonly done: readonly string[];
  /** Where it ends when everything is taken back; absent while it goes forward. */
  readonly ending?: 'failed' | 'cancelled';
  /** The point of no return has been sent. */
  readonly irrevocable: boolean;
  /** Which execution carries it; an execution of an earlier number has no say. */
  readonly epoch: number;
  readonly deadline: number;
  readonly reason?: string;
  readonly result?: Result;
  /** What a person found, to be taken in by the execution that it started. */
  readonly resolution?: Resolution;
  /** A person has said so: a resource that the operation does not hold any more is left as it is. @default false */
  readonly leave?: boolean;
  /** What its commands have come to, in the order of learning it. @default nothing yet, or accepted by an older release */
  readonly settled?: readonly Settled[];
  /** How often each command was retried after a final outcome, by {@link commandKey}; part of its reference. @default never */
  readonly retries?: Readonly<Record<string, number>>;
  /** It has ended so, and only its resource stands in the way. */
  readonly conclusion?: Conclusion;
  /** A step that is done, and that nothing takes back: a person has been told that it stands in the way of going back. */
  readonly kept?: string;
  /** What partners told of steps that are done, by step; null where that is known to be nothing of use. @default not kept */
  readonly results?: Readonly<Record<string, Result | null>>;
  /** The command asks for what was told of a step that is done. @default it does not, or `by` is another one */
  readonly recalls?: Recalls;
  /** How often its execution has waited; a long history is carried on by another one. @default 0 */
  readonly turns?: number;
}

/** What a person found out: that it was done, that it was not, or that it may be tried once more. */
export type Resolution = 'succeeded' | 'failed' | 'retry';

/** Names one attempt of one command. */
export interface CommandRef {
  readonly step: string;
  readonly undo: boolean;
  readonly attempt: number;
}

/** A command that nothing has been done about. */
export const newCommand = (step: string, undo: boolean): Command => ({
  step,
  undo,
  attempt: 1,
  status: 'to-send',
  notBefore: 0,
  firstSentAt: 0,
  sentAt: 0,
  callbackUntil: 0,
});

/** An operation that has just been accepted. */
export const accepted = (operation: Operation, now: number): Progress => ({
  state: 'accepted',
  command: newCommand(operation.steps[0]?.name ?? '', false),
  done: [],
  irrevocable: false,
  epoch: 1,
  deadline: now + operation.deadlineSeconds * 1000,
});

/** The step of a command. */
export function stepOf(operation: Operation, name: string): Step {
  const step = operation.steps.find((each) => each.name === name);
  if (step === undefined)
    throw new Error(
      `operation '${operation.name}' has no step '${name}'; put it back, or resolve the operation`,
    );
  return step;
}

/** Whether it is on its way: neither final nor in somebody's hands. */
export const isOpen = ({ state }: Progress): boolean => !isFinal(state) && state !== 'needs-attention';

/** Names a command, whatever its attempt. A step's name holds no colon. */
export const commandKey = ({ step, undo }: Pick<CommandRef, 'step' | 'undo'>): string =>
  undo ? `${step}:undo` : step;

/**
 * What became of an attempt for good. Attempts after a final outcome go under another reference, so the first one that
 * was settled at or after it is meant.
 */
export function settledOf({ settled = [], done }: Progress, ref: CommandRef): Settled | undefined {
  const { step, undo, attempt } = ref;
  const known = settled.find(
    (each) => each.step === step && each.undo === undo && each.attempt >= attempt && attempt > 0,
  );
  // Releases before this one kept no more than the steps that were done.
  return known ?? (!undo && done.includes(step) ? { step, undo, attempt, outcome: 'succeeded' } : undefined);
}

/** Whether the operation has left a command behind without a last word on it: it took it for not done. */
export const isGivenUp = (progress: Progress, ref: CommandRef): boolean => {
  const { command, state } = progress;
  const isBehind = isFinal(state) || command.step !== ref.step || command.undo !== ref.undo;
  return isBehind && !ref.undo && settledOf(progress, ref) === undefined;
};

/** What was contradicted by a change, if anything was. */
export const newlyContradicted = (before: Progress, after: Progress): Settled | undefined =>
  after.settled?.find((each) => each.contradicted && !before.settled?.includes(each));

/** The current command has come to an end for good. */
export const settle = (progress: Progress, outcome: Settled['outcome']): Progress => {
  const { step, undo, attempt } = progress.command;
  return { ...progress, settled: [...(progress.settled ?? []), { step, undo, attempt, outcome }] };
};

/** A cancel was asked for: nothing more is sent; what is on its way is waited for, and then taken back. */
export const cancelled = (progress: Progress): Progress => ({
  ...progress,
  state: 'cancelling',
  ending: 'cancelled',
  command: { ...progress.command, notBefore: 0 },
});

/** A person has found out. Another execution takes it in, so that the operation ends as every other does. */
export function resolvedAs(progress: Progress, resolution: Resolution, leave = false): Progress {
  const settles = resolution !== 'retry' && progress.conclusion === undefined;
  const told = settles ? settle(progress, resolution === 'succeeded' ? 'succeeded' : 'rejected') : progress;
  return {
    ...told,
    // An accepted cancel stays accepted: nothing is sent forward any more, whatever is tried again.
    state: progress.ending === 'cancelled' ? 'cancelling' : 'running',
    epoch: progress.epoch + 1,
    turns: 0,
    resolution,
    ...(leave && { leave }),
  };
}

/** Why a resolution cannot be true: the partners have told already how it ended, and only its resource is in question. */
export function contradictsConclusion({ conclusion }: Progress, resolution: Resolution): string | undefined {
  if (conclusion === undefined || resolution === 'retry') return undefined;
  const agrees = (conclusion.state === 'succeeded') === (resolution === 'succeeded');
  return agrees ? undefined : `it has ${conclusion.state}, as its partners have told; say so, or retry`;
}

/** Whether a cancel would be taken on. */
export const isCancelable = (progress: Progress): boolean =>
  ['accepted', 'running', 'waiting'].includes(progress.state) &&
  !progress.irrevocable &&
  progress.ending === undefined &&
  progress.resolution === undefined;
