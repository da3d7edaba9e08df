import type { OperationState, Resolution, WaitingReason } from '../../core/operations/operation-progress.ts';
import type { Outcome, UNDECLARED } from '../../core/partners/outcome.ts';
import type { Recovery } from '../../core/problems/problems.ts';

/** What a sentence on one step names. */
export interface Named {
  readonly step: string;
  readonly partner: string;
  /** Singular of the resource: `payout`. */
  readonly thing: string;
}

/** What a sentence on a wait names besides: when it ends, as a person says it. */
export interface NamedWait extends Named {
  /** What the reference that the partner was given begins with. */
  readonly reference: string;
  readonly until: string;
}

interface WaitWords {
  readonly why: (named: NamedWait) => readonly string[];
  readonly now: (named: NamedWait) => readonly string[];
}

const nothing = ({ until }: NamedWait) => [`Do nothing. It goes on by itself ${until}.`];

/** Why it waits, and what to do about that. A reason without words does not compile. */
export const WAITS: Readonly<Record<WaitingReason, WaitWords>> = {
  rate: {
    why: ({ step, partner, until }) => [
      `We have called ${partner} as often as we may for the moment.`,
      `This attempt of '${step}' has not been sent. It is sent ${until}.`,
    ],
    now: nothing,
  },
  breaker: {
    why: ({ step, partner, until }) => [
      `${partner} failed several times in a row, so we leave it alone for a while. Its circuit breaker is open.`,
      `This attempt of '${step}' has not been sent. It is tried again ${until}.`,
    ],
    now: (named) => [
      ...nothing(named),
      `If ${named.partner} still fails after an hour, ask ${named.partner} whether it has an outage.`,
    ],
  },
  queue: {
    why: ({ step, partner, until }) => [
      `'${step}' was put into our own queue for ${partner}, and nothing of ours took it from there in time.`,
      `It is put into the queue again ${until}.`,
    ],
    now: ({ partner }) => [
      `Tell an engineer that the queue for ${partner} is not being worked off. The list of dead-letter queues shows what is stuck there:`,
    ],
  },
  unavailable: {
    why: ({ step, partner, until }) => [
      `${partner} could not be reached, or said that it did nothing and that we should try later.`,
      `'${step}' was not done. It is sent again ${until}.`,
    ],
    now: (named) => [
      ...nothing(named),
      `If ${named.partner} is still away after an hour, ask ${named.partner} whether it has an outage.`,
    ],
  },
  callback: {
    why: ({ step, partner, until }) => [
      `${partner} has accepted '${step}', and is to call us back with the outcome. It has not called yet.`,
      `If it does not call, we ask it ${until}.`,
    ],
    now: (named) => [
      ...nothing(named),
      `If ${named.partner} says that it has called back, then we refused its call. Ask an engineer to look in the log for refused requests to POST /partners/${named.partner}/callbacks. The code 'unauthenticated' there means that ${named.partner} signs with another secret than the one we have.`,
    ],
  },
  pending: {
    why: ({ step, partner, until }) => [
      `${partner} has accepted '${step}' and has not finished it. We ask it again ${until}.`,
    ],
    now: (named) => [
      ...nothing(named),
      `If this takes longer than ${named.partner} promises, ask ${named.partner} about it.`,
    ],
  },
  unknown: {
    why: ({ step, partner, until }) => [
      `'${step}' was sent to ${partner}, and no answer tells whether it was done. It may have been done.`,
      `We ask ${partner} again ${until}, and go on asking.`,
    ],
    now: (named) => [
      ...nothing(named),
      `If it is urgent, ask ${named.partner} what became of it. ${named.partner} knows it by a reference that begins with ${named.reference}. You need not enter the answer anywhere: we hear it from ${named.partner} by ourselves.`,
    ],
  },
  'not-found': {
    why: ({ step, partner, until }) => [
      `We asked ${partner} about '${step}', and it does not know of it. That can be too early to be sure.`,
      `We ask or send again ${until}, under the same reference, so it cannot be done twice.`,
    ],
    now: nothing,
  },
};

/** Where it stands, in one sentence; `result` is the state that its end has led the resource to. */
export const STATES: Readonly<Record<OperationState, (named: Named) => string>> = {
  accepted: () =>
    'The request is accepted, and work on it has not begun. No partner has been asked for anything.',
  running: ({ step, partner }) => `It is under way, and stands at '${step}' by ${partner}.`,
  waiting: ({ step, partner }) => `It is under way, and waits to try '${step}' by ${partner} again.`,
  cancelling: () => 'A cancel was accepted. What was done so far is being taken back.',
  'needs-attention': ({ step, partner }) =>
    `It has stopped at '${step}' by ${partner}, and goes on only when a person has found out what happened there.`,
  succeeded: () => 'It is done.',
  failed: () => 'It was not done, and what had been done for it was taken back.',
  cancelled: () => 'It was cancelled, and what had been done for it was taken back.',
};

/** What the customer may be told. */
export const CUSTOMER: Readonly<Record<OperationState, (named: Pick<Named, 'thing'>) => string>> = {
  accepted: ({ thing }) =>
    `"We have your request. It will be carried out shortly. Please do not make another ${thing}."`,
  running: ({ thing }) => `"Your request is being carried out. Please do not make another ${thing}."`,
  waiting: ({ thing }) =>
    `"This takes longer than usual. It will be carried out by itself. Please do not make another ${thing}."`,
  cancelling: () => '"Your cancellation is accepted, and is being carried out."',
  'needs-attention': ({ thing }) =>
    `"We are finding out what became of your request. Please do not make another ${thing} until we have told you."`,
  succeeded: () => '"Your request has been carried out."',
  failed: ({ thing }) =>
    `"Your request could not be carried out. Please look at the ${thing} before you try again."`,
  cancelled: () => '"Your request was cancelled, as was asked for."',
};

/** What a partner has told, in the words of the history. */
type Told = Outcome['kind'] | typeof UNDECLARED;

/** What a partner has told, as a sentence; `at` is when. */
export const TOLD: Readonly<
  Record<Told, (named: Named & { readonly at: string; readonly reason: string }) => string>
> = {
  succeeded: ({ partner, step, at }) => `${partner} said ${at} that '${step}' is done.`,
  pending: ({ partner, step, at }) =>
    `${partner} said ${at} that it has accepted '${step}' and has not finished it.`,
  rejected: ({ partner, step, at, reason }) => `${partner} refused '${step}' for good ${at}: ${reason}.`,
  unavailable: ({ partner, step, at }) =>
    `${partner} could not be reached ${at}, or said that it did nothing. '${step}' was not done by that attempt.`,
  unknown: ({ partner, step, at }) =>
    `${partner} gave no usable answer ${at}. That does not tell whether '${step}' was done.`,
  undeclared: ({ partner, step, at }) =>
    `${partner} answered ${at} with something that nobody has declared: a new status word, or an error page. We do not guess what it means, so it does not tell whether '${step}' was done.`,
  'not-found': ({ partner, step, at }) => `${partner} said ${at} that it does not know of '${step}'.`,
};

/** What a person has decided. */
export const RESOLVED: Readonly<Record<Resolution, (named: Named) => string>> = {
  succeeded: ({ step }) => `that '${step}' was done`,
  failed: ({ step }) => `that '${step}' was not done`,
  retry: ({ step }) => `to try '${step}' once more`,
};

/** What the customer's app does after a refusal, for a reader who knows no HTTP. */
export const RECOVERIES: Readonly<Record<Recovery, string>> = {
  'fix-request': 'The app has to send something else: the same request is refused again.',
  authenticate: 'The customer has to sign in again. Then the app sends the same request again.',
  refresh: 'The customer has to look at it again, and decide again.',
  retry: 'The app sends the same request again by itself. That is safe: it is done once.',
  track: 'The request is being carried out already. The app has to follow that.',
  stop: 'Trying again does not help.',
};
