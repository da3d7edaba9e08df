import type { Operation, Step } from './define-operation.ts';
import type { Outcome } from './outcome.ts';
import { fullJitterMs } from './retry-policy.ts';

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

/** What can happen to an operation. `step`, `undo` and `attempt` say which command it is about. */
export type OperationEvent =
  /** Its execution asks what to do: what was cancelled meanwhile is taken back from here on. */
  | { readonly type: 'proceed' }
  | ({ readonly type: 'claim' } & CommandRef)
  | ({ readonly type: 'report'; readonly outcome: Outcome } & CommandRef)
  | ({ readonly type: 'timeout' } & CommandRef)
  | { readonly type: 'lost' };

/** Names one attempt of one command. */
export interface CommandRef {
  readonly step: string;
  readonly undo: boolean;
  readonly attempt: number;
}

/** Longest that the outcome of a sent command is left alone before the partner is asked. */
const ASK_AFTER_MS = 2_000;

const newCommand = (step: string, undo: boolean): Command => ({
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

const isCurrent = ({ command }: Progress, { step, undo, attempt }: CommandRef): boolean =>
  command.step === step && command.undo === undo && command.attempt === attempt;

/** Whether it is on its way: neither final nor in somebody's hands. */
const isOpen = ({ state }: Progress): boolean => !isFinal(state) && state !== 'needs-attention';

/**
 * What an event makes of an operation. The same progress back means that it changes nothing: it came late, or twice,
 * or about another attempt. Pure: whoever writes the result does so on condition that what it was made from still stands.
 * @param random in [0, 1), for jitter
 */
export function advance(
  operation: Operation,
  progress: Progress,
  event: OperationEvent,
  now: number,
  random = 0,
): Progress {
  switch (event.type) {
    case 'proceed':
      return isOpen(progress) ? proceed(operation, progress, now) : progress;
    case 'claim':
      return isOpen(progress) && isCurrent(progress, event) ? claim(operation, progress, now) : progress;
    case 'report':
      return !isFinal(progress.state) && isCurrent(progress, event)
        ? report(operation, progress, event.outcome, now, random)
        : progress;
    case 'timeout':
      return isOpen(progress) && isCurrent(progress, event)
        ? timeout(operation, progress, now, random)
        : progress;
    case 'lost':
      return isOpen(progress) ? attention(progress, 'its execution ended before it did') : progress;
  }
}

function proceed(operation: Operation, progress: Progress, now: number): Progress {
  if (progress.resolution !== undefined) return resolved(operation, progress, progress.resolution, now);
  if (progress.state === 'accepted') return { ...progress, state: 'running' };
  const unsent = progress.command.status === 'to-send' && !progress.command.undo;
  return progress.state === 'cancelling' && unsent ? backward(operation, progress, 'cancelled') : progress;
}

/** Sends: only what has not been sent, and going forward only while nobody has cancelled. */
function claim(operation: Operation, progress: Progress, now: number): Progress {
  const { command } = progress;
  if (command.status === 'sent' || (progress.state === 'cancelling' && !command.undo)) return progress;
  const { pointOfNoReturn = false, partner } = stepOf(operation, command.step);
  return {
    ...progress,
    state: progress.state === 'cancelling' ? 'cancelling' : 'running',
    irrevocable: progress.irrevocable || (pointOfNoReturn && !command.undo),
    command: {
      ...command,
      status: 'sent',
      sentAt: now,
      firstSentAt: command.firstSentAt || now,
      notBefore: 0,
      callbackUntil: now + (partner.callbackSeconds ?? 0) * 1000,
    },
  };
}

function report(
  operation: Operation,
  progress: Progress,
  outcome: Outcome,
  now: number,
  random: number,
): Progress {
  const { command } = progress;
  const { partner } = stepOf(operation, command.step);
  switch (outcome.kind) {
    case 'succeeded':
      return succeeded(operation, progress, outcome.result);
    case 'rejected':
      // What cannot be taken back is for a person to see to.
      if (command.undo) return attention(progress, `${partner.name} refused to take back: ${outcome.reason}`);
      return backward(operation, { ...progress, reason: outcome.reason }, progress.ending ?? 'failed');
    case 'unavailable':
      if (command.status === 'sent' && command.firstSentAt !== command.sentAt) {
        // An earlier attempt may still have been done: a refusal of the later one does not tell.
        return ask(operation, progress, now, random);
      }
      return again(operation, progress, outcome.retryAfterSeconds, now, random);
    case 'pending': {
      const { pollAfterSeconds } = outcome;
      const notBefore =
        pollAfterSeconds === undefined ? command.callbackUntil : now + pollAfterSeconds * 1000;
      return { ...progress, command: { ...command, notBefore: Math.max(notBefore, now + ASK_AFTER_MS) } };
    }
    case 'unknown':
      return ask(operation, progress, now, random);
    case 'not-found': {
      const settled = command.sentAt + partner.settleSeconds * 1000;
      if (now < settled) return { ...progress, command: { ...command, notBefore: settled } };
      return again(operation, progress, undefined, now, random);
    }
  }
}

/** A wait that ended by itself: for a command that nobody took, for a callback that did not come, or for its time. */
function timeout(operation: Operation, progress: Progress, now: number, random: number): Progress {
  const { command } = progress;
  if (command.notBefore > now) return { ...progress, command: { ...command, notBefore: now } };
  return command.status === 'to-send'
    ? again(operation, progress, undefined, now, random)
    : ask(operation, progress, now, random);
}

/** The partner is asked, or where that cannot be done, is sent the same again. */
function ask(operation: Operation, progress: Progress, now: number, random: number): Progress {
  const { partner } = stepOf(operation, progress.command.step);
  if (now > progress.deadline)
    return attention(progress, `it is not known whether ${partner.name} did it, and the time is up`);
  if (partner.query === undefined) return again(operation, progress, undefined, now, random);
  const asked = { ...progress.command, notBefore: now + ASK_AFTER_MS, callbackUntil: 0 };
  return { ...progress, command: asked };
}

/** Sends the same command under the same reference once more, later; or gives up. */
function again(
  operation: Operation,
  progress: Progress,
  afterSeconds: number | undefined,
  now: number,
  random: number,
): Progress {
  const { command } = progress;
  const { partner } = stepOf(operation, command.step);
  const { retry } = partner;
  const waitMs =
    afterSeconds === undefined ? fullJitterMs(retry, command.attempt - 1, random) : afterSeconds * 1000;
  const notBefore = now + Math.ceil(waitMs);
  if (progress.state === 'cancelling' && !command.undo) return backward(operation, progress, 'cancelled');
  if (command.attempt >= retry.maxAttempts || notBefore > progress.deadline)
    return exhausted(operation, progress);
  if (
    command.firstSentAt !== 0 &&
    notBefore > command.firstSentAt + partner.idempotencyWindowSeconds * 1000
  ) {
    return attention(progress, `${partner.name} would not know the reference again by now`);
  }
  return {
    ...progress,
    state: progress.state === 'cancelling' ? 'cancelling' : 'waiting',
    command: {
      ...command,
      attempt: command.attempt + 1,
      status: 'to-send',
      notBefore,
      sentAt: 0,
      callbackUntil: 0,
    },
  };
}

function exhausted(operation: Operation, progress: Progress): Progress {
  const { partner } = stepOf(operation, progress.command.step);
  const reason = `${partner.name} could not be reached in ${progress.command.attempt} attempts`;
  return progress.command.undo
    ? attention(progress, reason)
    : backward(operation, { ...progress, reason }, 'failed');
}

function succeeded(
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
function backward(operation: Operation, progress: Progress, ending: 'failed' | 'cancelled'): Progress {
  const last = progress.done.findLast((name) => stepOf(operation, name).compensation !== undefined);
  if (last === undefined) return { ...progress, ending, state: ending };
  const state = ending === 'cancelled' ? 'cancelling' : 'running';
  return { ...progress, ending, state, command: newCommand(last, true) };
}

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

const attention = (progress: Progress, reason: string): Progress => ({
  ...progress,
  state: 'needs-attention',
  reason,
});

function resolved(operation: Operation, progress: Progress, resolution: Resolution, now: number): Progress {
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

/** What the state machine does next. */
export type Directive =
  /** Hands the command to the partner's queue, and waits so long for what becomes of it. */
  | ({ readonly do: 'send'; readonly mode: 'send' | 'query'; readonly timeoutSeconds: number } & CommandRef)
  /** Waits, unless it is woken. */
  | ({ readonly do: 'wait'; readonly timeoutSeconds: number } & CommandRef)
  /** Nothing is left to do for this execution. */
  | { readonly do: 'end' };

/** Time for a command to be taken from its queue: backlog, redelivery after a crash, and the call itself. */
const QUEUE_SECONDS = 900;

/** What there is to do now for an operation: a function of its progress alone, so that it can be asked for again. */
export function directive(operation: Operation, progress: Progress, now: number): Directive {
  if (!isOpen(progress)) return { do: 'end' };
  const { step, undo, attempt, status, notBefore } = progress.command;
  const ref = { step, undo, attempt };
  if (notBefore > now) return { do: 'wait', timeoutSeconds: Math.ceil((notBefore - now) / 1000), ...ref };
  const { partner } = stepOf(operation, step);
  const timeoutSeconds = Math.ceil(partner.timeoutMs / 1000) + QUEUE_SECONDS;
  return { do: 'send', mode: status === 'to-send' ? 'send' : 'query', timeoutSeconds, ...ref };
}
