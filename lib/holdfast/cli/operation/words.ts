import type { OperationState, Resolution, WaitingReason } from '../../core/operations/operation-progress.ts';
import type { Outcome, UNDECLARED } from '../../core/partners/outcome.ts';
import type { Recovery } from '../../core/problems/problems.ts';
import type { Saying } from './explanation.ts';

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
  /** When it is overdue, if nothing has happened by then. @default it is already, and nobody is told to wait */
  readonly late?: string;
}

/** What support does, in this order; and what an engineer needs for it, who alone reads of code, logs and commands. */
export interface Advice {
  readonly support: readonly string[];
  readonly engineer: readonly Saying[];
}

/** When an engineer is told, with the reason for it: nobody is woken, or left to sleep, for a guess. */
export const tellEngineer = (when: 'at once' | 'in working hours', why: string): string =>
  `tell an engineer ${when === 'at once' ? 'at once, also at night' : 'in working hours'}: ${why}`;

/** With a capital letter. */
export const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

/** What hits more than one operation is told once. */
export const ALL_OTHERS = 'Tell it once, not for each customer.';

/** What is waited for, and until when; `first` is what support does meanwhile. */
export const patience = (
  next: string,
  { late }: Pick<NamedWait, 'late'>,
  first = 'Do nothing yet.',
): readonly string[] =>
  late === undefined
    ? []
    : [
        `${first} ${next}`,
        `Ask for this page again ${late}. If it says "overdue" then, ${tellEngineer('at once', `something on our own side holds it up, and probably other operations as well. ${ALL_OTHERS}`)} If it names a new time, wait again.`,
      ];

const outage = ({ partner }: Named): string =>
  `If ${partner} still fails after an hour, ask ${partner} whether it has an outage. Ask once, not for each customer: probably every other operation that needs ${partner} waits as well.`;

interface WaitWords {
  /** This attempt was sent, and may have been done. */
  readonly isSent: boolean;
  readonly why: (named: NamedWait) => readonly string[];
  readonly now: (named: NamedWait) => Advice;
}

/** Why it waits, and what to do about that. A reason without words does not compile. */
export const WAITS: Readonly<Record<WaitingReason, WaitWords>> = {
  rate: {
    isSent: false,
    why: ({ step, partner, until }) => [
      `We have called ${partner} as often as we may for the moment.`,
      `This attempt of '${step}' has not been sent. It is sent ${until}.`,
    ],
    now: (named) => ({
      support: patience(
        `'${named.step}' is sent ${named.until}. That does not finish it yet: ${named.partner} has to do it, and to answer.`,
        named,
      ),
      engineer: [],
    }),
  },
  breaker: {
    isSent: false,
    why: ({ step, partner, until }) => [
      `${partner} failed several times in a row, so we leave it alone for a while.`,
      `This attempt of '${step}' has not been sent. It is tried again ${until}.`,
    ],
    now: (named) => ({
      support: [
        ...patience(
          `'${named.step}' is tried again ${named.until}. That may not settle it: if ${named.partner} still fails, we wait again.`,
          named,
        ),
        outage(named),
      ],
      engineer: [
        `The circuit breaker of ${named.partner} is open. It closes by itself at the first answer that is understood.`,
      ],
    }),
  },
  queue: {
    isSent: false,
    why: ({ step, partner, until }) => [
      `'${step}' was put into our own queue for ${partner}, and nothing of ours took it from there in time.`,
      `It is put into the queue again ${until}.`,
    ],
    now: ({ partner }) => ({
      support: [
        sentence(
          tellEngineer(
            'at once',
            `our own queue for ${partner} is not worked off, so probably every operation that needs ${partner} waits. ${ALL_OTHERS}`,
          ),
        ),
      ],
      engineer: [`The list of dead-letter queues shows what of ${partner} is stuck there:`],
    }),
  },
  unavailable: {
    isSent: false,
    why: ({ step, partner, until }) => [
      `${partner} could not be reached, or said that it did nothing and that we should try later.`,
      `'${step}' was not done by that attempt. It is sent again ${until}.`,
    ],
    now: (named) => ({
      support: [
        ...patience(
          `'${named.step}' is sent again ${named.until}. That may not settle it: ${named.partner} may still be away then.`,
          named,
        ),
        outage(named),
      ],
      engineer: [],
    }),
  },
  callback: {
    isSent: true,
    why: ({ step, partner, until }) => [
      `${partner} has accepted '${step}', and is to call us back with the outcome.`,
      `No call of ${partner} about it has been accepted: either it has not called, or its call was refused.`,
      `If none is accepted before, we ask ${partner} ${until}.`,
    ],
    now: (named) => ({
      support: [
        `Ask ${named.partner} whether it has called us back. It knows this by a reference that begins with ${named.reference}.`,
        `If it has called: ${tellEngineer('at once', `we have refused its call, so probably all its calls are refused, and all operations that need ${named.partner} wait. ${ALL_OTHERS}`)}`,
        `If it has not called: ask ${named.partner} when it will have finished.`,
        ...patience(
          `If no call is accepted before, we ask ${named.partner} ${named.until}. That may not settle it: ${named.partner} may not have finished by then.`,
          named,
          'Then wait.',
        ),
      ],
      engineer: [
        `Look in the log for refused requests to POST /partners/${named.partner}/callbacks. The code 'unauthenticated' there means that ${named.partner} signs with another secret than the one we have.`,
      ],
    }),
  },
  pending: {
    isSent: true,
    why: ({ step, partner, until }) => [
      `${partner} has accepted '${step}' and has not finished it. We ask it again ${until}.`,
    ],
    now: (named) => ({
      support: [
        ...patience(
          `We ask ${named.partner} again ${named.until}. That may not settle it: ${named.partner} may not have finished by then.`,
          named,
        ),
        `If this takes longer than ${named.partner} promises, ask ${named.partner} about it. It knows this by a reference that begins with ${named.reference}.`,
      ],
      engineer: [],
    }),
  },
  unknown: {
    isSent: true,
    why: ({ step, partner, until }) => [
      `'${step}' was sent to ${partner}, and no answer tells whether it was done. It may have been done.`,
      `We ask ${partner} again ${until}, and go on asking.`,
    ],
    now: (named) => ({
      support: [
        ...patience(
          `We ask ${named.partner} again ${named.until}. That may not settle it: ${named.partner} may still not say whether it was done.`,
          named,
        ),
        `If it is urgent, ask ${named.partner} what became of it. ${named.partner} knows it by a reference that begins with ${named.reference}. You need not enter the answer anywhere: we hear it from ${named.partner} by ourselves.`,
        `If it still waits for this reason after an hour, ask ${named.partner} whether it has an outage. Other operations then probably wait as well: ask once, not for each customer.`,
      ],
      engineer: [],
    }),
  },
  'not-found': {
    isSent: true,
    why: ({ step, partner, until }) => [
      `We asked ${partner} about '${step}', and it does not know of it. That can be too early to be sure.`,
      `We ask or send again ${until}, under the same reference, so it cannot be done twice.`,
    ],
    now: (named) => ({
      support: patience(
        `We ask or send again ${named.until}. That may not settle it: ${named.partner} may still not know of it then.`,
        named,
      ),
      engineer: [],
    }),
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
  accepted: ({ thing }) => `"We have your request. It is not done yet. Please do not make another ${thing}."`,
  running: ({ thing }) =>
    `"We are working on your request. It is not done yet. Please do not make another ${thing}."`,
  waiting: ({ thing }) =>
    `"This takes longer than usual, and is not done yet. We go on trying. Please do not make another ${thing}."`,
  cancelling: () => '"Your cancellation is accepted. We tell you when it is finished."',
  'needs-attention': ({ thing }) =>
    `"We are finding out what became of your request. Please do not make another ${thing} until we have told you."`,
  succeeded: () => '"Your request has been carried out."',
  failed: ({ thing }) =>
    `"Your request could not be carried out. Please look at the ${thing} before you try again."`,
  cancelled: () => '"Your request was cancelled, as was asked for."',
};

/** What the customer may be told while nobody knows whether it was done. */
export const UNSURE = ({ thing }: Pick<Named, 'thing'>): string =>
  `"We are waiting for an answer and cannot yet say whether it is done. Please do not make another ${thing}."`;

/** What the customer may be told while it waits, and what was sent before is not in doubt. */
export const customerOfWait = (reason: WaitingReason, named: Pick<Named, 'thing'>): string =>
  WAITS[reason].isSent ? UNSURE(named) : CUSTOMER.waiting(named);

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
