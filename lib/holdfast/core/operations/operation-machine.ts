import type { Operation } from '../definitions/define-operation.ts';
import { isFinalOutcome, type Outcome } from '../partners/outcome.ts';
import { fullJitterMs } from '../partners/retry-policy.ts';
import { capabilityOf } from './operation-capability.ts';
import {
  attention,
  backward,
  exhausted,
  refused,
  resolved,
  succeeded,
  unknowable,
} from './operation-course.ts';
import { contradicted, isHeard, type OperationEvent } from './operation-event.ts';
import { type CommandRef, type Progress, settle, stepOf, type WaitingReason } from './operation-progress.ts';
import { knowsReference, waits } from './operation-waits.ts';

export type { OperationEvent };

/** Least time that the outcome of a sent command is left alone before the partner is asked. */
const ASK_AFTER_MS = 2_000;

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
  const plain = (from: Progress) => advanced(operation, from, event, now, random);
  return capabilityOf(operation)?.advance({ operation, progress, event, now }, plain) ?? plain(progress);
}

function advanced(
  operation: Operation,
  progress: Progress,
  event: OperationEvent,
  now: number,
  random: number,
): Progress {
  if (event.type === 'contradict') return contradicted(progress, event);
  if (!isHeard(progress, event)) return progress;
  if (event.type !== 'lost' && isStepGone(operation, progress)) {
    const { resolution: _, ...rest } = progress;
    const gone = `step '${rest.command.step}' is gone from ${operation.name}`;
    return attention(rest, `${gone}: put it back and resolve by retry, or resolve it as failed`);
  }
  switch (event.type) {
    case 'proceed':
      return proceed(operation, progress, now);
    case 'claim':
      return claim(operation, progress, now);
    case 'hold':
      return hold(operation, progress, event.reason, event.retryAfterSeconds, now);
    case 'unheld':
      return unheld(progress, event.why);
    case 'lacking':
      return progress;
    case 'report':
      return report(operation, progress, event, now, random);
    case 'progress':
      return sooner(progress, event.outcome, now);
    case 'timeout':
      return timeout(operation, progress, now, random);
    case 'lost':
      return attention(progress, 'its execution ended before the operation did');
  }
}

/** Whether the definition lacks what is needed to carry on: a release has taken away a step that was still to come. */
const isStepGone = ({ steps }: Operation, { command, resolution, conclusion }: Progress): boolean =>
  !steps.some(({ name }) => name === command.step) && resolution !== 'failed' && conclusion === undefined;

function proceed(operation: Operation, progress: Progress, now: number): Progress {
  if (progress.resolution !== undefined) return resolved(operation, progress, progress.resolution, now);
  if (progress.state === 'accepted') return { ...progress, state: 'running' };
  const unsent = progress.command.status === 'to-send' && !progress.command.undo;
  return progress.state === 'cancelling' && unsent ? unsentCancelled(operation, progress) : progress;
}

/** Nothing is sent any more. What an earlier attempt may have done has to be known first. */
function unsentCancelled(operation: Operation, progress: Progress): Progress {
  const { command } = progress;
  if (!command.inDoubt) return backward(operation, progress, 'cancelled');
  const { partner } = stepOf(operation, command.step);
  if (partner.query === undefined) return attention(progress, unknowable(partner.name));
  return {
    ...progress,
    command: { ...command, status: 'sent', sentAt: command.sentAt || command.firstSentAt, notBefore: 0 },
  };
}

/**
 * Sends: only what has not been sent, going forward only while nobody has cancelled, and never beyond the time for which
 * the partner knows the reference. Every way to a partner leads through here, so that this holds on each of them.
 */
function claim(operation: Operation, progress: Progress, now: number): Progress {
  const { command } = progress;
  if (command.status === 'sent' || (progress.state === 'cancelling' && !command.undo)) return progress;
  const { pointOfNoReturn = false, partner } = stepOf(operation, command.step);
  if (!knowsReference(partner, command, now)) return attention(progress, forgotten(partner.name));
  const { heldAt: _, ...unheld } = command;
  return {
    ...progress,
    state: progress.state === 'cancelling' ? 'cancelling' : 'running',
    irrevocable: progress.irrevocable || (pointOfNoReturn && !command.undo),
    command: {
      ...unheld,
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
  given: Progress,
  { outcome, attempt }: CommandRef & { readonly outcome: Outcome },
  now: number,
  random: number,
): Progress {
  const { command } = given;
  if (command.status !== 'sent' && attempt === command.attempt) return given;
  const progress = isFinalOutcome(outcome) ? unconcluded(given) : given;
  // Every attempt before this one is known not to have been done.
  const isClean = command.firstSentAt === command.sentAt || (command.notDone === true && !command.inDoubt);
  switch (outcome.kind) {
    case 'succeeded':
      return succeeded(operation, settle(progress, 'succeeded'), outcome.result);
    case 'rejected':
      return refused(operation, progress, outcome.reason);
    case 'unavailable':
      if (!isClean) {
        // An earlier attempt may still have been done: a refusal of the later one does not tell.
        return ask(operation, progress, 'unknown', now, random);
      }
      return again(
        operation,
        { ...progress, command: { ...command, notDone: true } },
        'unavailable',
        now,
        random,
        outcome.retryAfterSeconds,
      );
    case 'pending': {
      const { pollAfterSeconds } = outcome;
      const callsBack = pollAfterSeconds === undefined && command.callbackUntil > now;
      const at = pollAfterSeconds === undefined ? command.callbackUntil : now + pollAfterSeconds * 1000;
      return ask(operation, progress, callsBack ? 'callback' : 'pending', now, random, at);
    }
    case 'unknown':
      return ask(operation, progress, 'unknown', now, random);
    case 'not-found':
      return notFound(operation, progress, outcome.askedAt ?? now, now, random);
  }
}

/**
 * Not known to its partner: not done, once that has had time to settle. What was asked before that tells nothing later.
 * @param at when it was asked
 */
function notFound(operation: Operation, progress: Progress, at: number, now: number, random: number) {
  const { command } = progress;
  const settled = command.sentAt + stepOf(operation, command.step).partner.settleSeconds * 1000;
  if (at < settled) return waits(progress, { reason: 'not-found', at: settled, from: command.sentAt }, now);
  const { inDoubt: _, notDone: __, ...known } = command;
  return again(operation, { ...progress, command: known }, 'not-found', now, random);
}

/** A wait that ended by itself: for a command that nobody took, for a callback that did not come, or for its time. */
function timeout(operation: Operation, progress: Progress, now: number, random: number): Progress {
  const { command } = progress;
  if (command.notBefore > now) return { ...progress, command: { ...command, notBefore: now } };
  return command.status === 'to-send'
    ? again(operation, progress, 'queue', now, random)
    : ask(operation, progress, command.waiting?.reason ?? 'unknown', now, random);
}

/**
 * What a partner calls back with before it is final may bring forward when it is asked, and never puts that off: however
 * many of them come, it is asked.
 */
function sooner(progress: Progress, outcome: Outcome, now: number): Progress {
  const { command } = progress;
  const asked = command.status === 'sent' && command.notBefore > now;
  if (!asked || outcome.kind !== 'pending' || outcome.pollAfterSeconds === undefined) return progress;
  const at = now + Math.max(ASK_AFTER_MS, outcome.pollAfterSeconds * 1000);
  const planned = waits(progress, { reason: 'pending', at, from: command.sentAt }, now, { callbackUntil: 0 });
  return planned.command.notBefore < command.notBefore ? planned : progress;
}

/** Refused by our own rate or breaker: nothing was sent, so that it is no attempt, and waits as long as there is time. */
function hold(
  operation: Operation,
  progress: Progress,
  reason: 'rate' | 'breaker',
  seconds: number,
  now: number,
): Progress {
  const { command, deadline } = progress;
  if (command.status !== 'to-send') return progress;
  const at = now + seconds * 1000;
  if (at > deadline) return exhausted(operation, progress);
  const heldAt = command.heldAt ?? now;
  return waits({ ...progress, state: waiting(progress) }, { reason, at, from: heldAt }, now, { heldAt });
}

/** Forward, nothing is sent for a resource that is not the operation's any more, unless a person has said to leave it. */
function unheld(progress: Progress, why: string): Progress {
  const { command, leave = false } = progress;
  if (command.status !== 'to-send' || command.undo || leave) return progress;
  return attention(
    progress,
    `${why}; '${command.step}' was not sent: put that right and resolve by retry, or resolve as failed`,
  );
}

const waiting = ({ state }: Progress) => (state === 'cancelling' ? 'cancelling' : 'waiting');

/**
 * The partner is asked, or where that cannot be done, is sent the same again. What is not known when the time is up is
 * for a person to find out.
 * @param at epoch milliseconds, where the partner said when
 */
function ask(
  operation: Operation,
  progress: Progress,
  reason: WaitingReason,
  now: number,
  random: number,
  at = 0,
): Progress {
  const { command, deadline } = progress;
  const { partner } = stepOf(operation, command.step);
  const mayAgain = partner.query !== undefined || command.attempt < partner.retry.maxAttempts;
  if (now > deadline || !mayAgain) return attention(progress, unknowable(partner.name));
  if (partner.query === undefined && at <= now) {
    return again(operation, { ...progress, command: { ...command, inDoubt: true } }, 'unknown', now, random);
  }
  // What is not known by the deadline is for a person: nobody waits beyond it for a partner that says to.
  const told = Math.max(now + ASK_AFTER_MS, Math.min(at, deadline));
  return waits(progress, { reason, at: told, from: command.sentAt }, now, { callbackUntil: 0 });
}

/**
 * Sends the same command under the same reference once more, later; or gives up.
 * @param afterSeconds @default with full jitter
 */
function again(
  operation: Operation,
  progress: Progress,
  reason: WaitingReason,
  now: number,
  random: number,
  afterSeconds?: number,
): Progress {
  const { command } = progress;
  const { partner } = stepOf(operation, command.step);
  const { retry } = partner;
  const waitMs =
    afterSeconds === undefined ? fullJitterMs(retry, command.attempt - 1, random) : afterSeconds * 1000;
  const at = now + Math.ceil(waitMs);
  if (progress.state === 'cancelling' && !command.undo) return unsentCancelled(operation, progress);
  if (command.attempt >= retry.maxAttempts || at > progress.deadline) return exhausted(operation, progress);
  // The claim holds to it; nobody need wait to be told.
  if (!knowsReference(partner, command, at)) return attention(progress, forgotten(partner.name));
  const from = command.firstSentAt || (command.heldAt ?? now);
  return waits({ ...progress, state: waiting(progress) }, { reason, at, from }, now, {
    attempt: command.attempt + 1,
    status: 'to-send',
    sentAt: 0,
    callbackUntil: 0,
  });
}

/** It has ended once, and what is told now has it go on. */
const unconcluded = ({ conclusion: _, ...progress }: Progress): Progress => progress;

const forgotten = (partner: string) => `${partner} would not know the reference again by now`;
