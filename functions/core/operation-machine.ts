import type { Operation } from './define-operation.ts';
import { attention, backward, exhausted, resolved, succeeded } from './operation-course.ts';
import { type CommandRef, isFinal, isOpen, type Progress, stepOf } from './operation-progress.ts';
import type { Outcome } from './outcome.ts';
import { fullJitterMs } from './retry-policy.ts';

/** What can happen to an operation. `step`, `undo` and `attempt` say which command it is about. */
export type OperationEvent =
  /** Its execution asks what to do: what was cancelled meanwhile is taken back from here on. */
  | { readonly type: 'proceed' }
  | ({ readonly type: 'claim' } & CommandRef)
  /** Our own rate or breaker did not let it through: nothing was sent. */
  | ({ readonly type: 'hold'; readonly retryAfterSeconds: number } & CommandRef)
  | ({ readonly type: 'report'; readonly outcome: Outcome } & CommandRef)
  | ({ readonly type: 'timeout' } & CommandRef)
  | { readonly type: 'lost' };

/** Least time that the outcome of a sent command is left alone before the partner is asked. */
const ASK_AFTER_MS = 2_000;

/** It is asked again after a tenth of the time that it has taken so far: often at first, and some 130 times in two days. */
const ASK_GROWTH = 0.1;

/** What a person has found out comes first: until it is taken in, nothing else is heard. */
const isCurrent = ({ command, resolution }: Progress, { step, undo, attempt }: CommandRef): boolean =>
  resolution === undefined && command.step === step && command.undo === undo && command.attempt === attempt;

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
  if (!isHeard(progress, event)) return progress;
  switch (event.type) {
    case 'proceed':
      return proceed(operation, progress, now);
    case 'claim':
      return claim(operation, progress, now);
    case 'hold':
      return hold(operation, progress, event.retryAfterSeconds, now);
    case 'report':
      return report(operation, progress, event.outcome, now, random);
    case 'timeout':
      return timeout(operation, progress, now, random);
    case 'lost':
      return attention(progress, 'its execution ended before it did');
  }
}

/** What came late, or is about another attempt, is not. An outcome is heard even while a person is looked for. */
function isHeard(progress: Progress, event: OperationEvent): boolean {
  const open = event.type === 'report' ? !isFinal(progress.state) : isOpen(progress);
  return open && (!('step' in event) || isCurrent(progress, event));
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
  if (command.status !== 'sent') return progress;
  const { partner } = stepOf(operation, command.step);
  switch (outcome.kind) {
    case 'succeeded':
      return succeeded(operation, progress, outcome.result);
    case 'rejected':
      // What cannot be taken back is for a person to see to.
      if (command.undo) return attention(progress, `${partner.name} refused to take back: ${outcome.reason}`);
      return backward(operation, { ...progress, reason: outcome.reason }, progress.ending ?? 'failed');
    case 'unavailable':
      if (command.firstSentAt !== command.sentAt) {
        // An earlier attempt may still have been done: a refusal of the later one does not tell.
        return ask(operation, progress, now, random);
      }
      return again(operation, progress, outcome.retryAfterSeconds, now, random);
    case 'pending': {
      const { pollAfterSeconds } = outcome;
      const told = pollAfterSeconds === undefined ? command.callbackUntil : now + pollAfterSeconds * 1000;
      return ask(operation, progress, now, random, told);
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

/** Refused by our own rate or breaker: nothing was sent, so that it is no attempt, and waits as long as there is time. */
function hold(operation: Operation, progress: Progress, seconds: number, now: number): Progress {
  if (progress.command.status !== 'to-send') return progress;
  const notBefore = now + seconds * 1000;
  if (notBefore > progress.deadline) return exhausted(operation, progress);
  return { ...progress, state: waiting(progress), command: { ...progress.command, notBefore } };
}

const waiting = ({ state }: Progress) => (state === 'cancelling' ? 'cancelling' : 'waiting');

/**
 * The partner is asked, or where that cannot be done, is sent the same again. What is not known when the time is up is
 * for a person to find out.
 * @param notBefore epoch milliseconds, where the partner said when
 */
function ask(operation: Operation, progress: Progress, now: number, random: number, notBefore = 0): Progress {
  const { command, deadline } = progress;
  const { partner } = stepOf(operation, command.step);
  const mayAgain = partner.query !== undefined || command.attempt < partner.retry.maxAttempts;
  if (now > deadline || !mayAgain) {
    return attention(
      progress,
      `it is not known whether ${partner.name} did it, and there is no way left to know`,
    );
  }
  if (partner.query === undefined && notBefore <= now)
    return again(operation, progress, undefined, now, random);
  const grown = now + Math.max(ASK_AFTER_MS, (now - command.sentAt) * ASK_GROWTH);
  return { ...progress, command: { ...command, notBefore: Math.max(grown, notBefore), callbackUntil: 0 } };
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
  if (command.attempt >= retry.maxAttempts || notBefore > progress.deadline) {
    return exhausted(operation, progress);
  }
  if (
    command.firstSentAt !== 0 &&
    notBefore > command.firstSentAt + partner.idempotencyWindowSeconds * 1000
  ) {
    return attention(progress, `${partner.name} would not know the reference again by now`);
  }
  return {
    ...progress,
    state: waiting(progress),
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
