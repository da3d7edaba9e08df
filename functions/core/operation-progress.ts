import type { Operation, Step } from './define-operation.ts';

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
export const isFinal = (state: string): boolean => FINAL.includes(state as OperationState);

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
  readonly result?: Readonly<Record<string, string>>;
  /** What a person found, to be taken in by the execution that it started. */
  readonly resolution?: Resolution;
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

/** A cancel was asked for: nothing more is sent; what is on its way is waited for, and then taken back. */
export const cancelled = (progress: Progress): Progress => ({
  ...progress,
  state: 'cancelling',
  ending: 'cancelled',
  command: { ...progress.command, notBefore: 0 },
});

/** A person has found out. Another execution takes it in, so that the operation ends as every other does. */
export const resolvedAs = (progress: Progress, resolution: Resolution): Progress => ({
  ...progress,
  state: 'running',
  epoch: progress.epoch + 1,
  resolution,
});

/** Whether a cancel would be taken on. */
export const isCancelable = (progress: Progress): boolean =>
  ['accepted', 'running', 'waiting'].includes(progress.state) &&
  !progress.irrevocable &&
  progress.ending === undefined &&
  progress.resolution === undefined;
