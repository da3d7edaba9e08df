import type { Operation, Step } from '../../core/definitions/define-operation.ts';
import { isFinal } from '../../core/operations/operation-progress.ts';
import { SYSTEM } from '../../core/operations/operations.ts';
import type { Entry, History, ShownOperation } from './case.ts';
import { WAITS } from './words.ts';

/** What a command of an operation has come to, as its history tells it. */
export interface StepCourse {
  /** Of the step, or of what takes it back. */
  readonly name: string;
  /** @default of a step that this checkout has no more */
  readonly partner: string;
  /** When it was sent last. @default it was not */
  readonly sentAt?: string;
  /** How often it was sent. */
  readonly sent: number;
  /** When its partner, or a person, said that it is done. @default nobody did */
  readonly doneAt?: string;
  /** Each answer, the oldest first. */
  readonly told: readonly Entry[];
  /** It was sent, and nobody has said for good whether it was done. */
  readonly isUnknown: boolean;
}

/** Who a step is of, in a sentence. */
export const partnerOf = (definition: Operation | undefined, name: string): string =>
  definition?.steps.find((step) => step.name === name || step.compensation === name)?.partner.name ??
  'its partner';

/** What an operation's own entries say of each of its commands, in the order in which they were begun. */
export function courses(
  { id, state, step: current, waiting }: ShownOperation,
  { entries, isComplete }: History,
  definition: Operation | undefined,
): readonly StepCourse[] {
  // What the operation itself says, where its history has not followed yet.
  const isSent = waiting === undefined ? !isComplete && state !== 'accepted' : WAITS[waiting.reason].isSent;
  const own = withSteps(entries.filter(({ operation }) => operation === id));
  const begun = own.flatMap(({ action, step }) => (action === 'claim' && step !== undefined ? [step] : []));
  return [...new Set([...begun, current])].map((name) => {
    const about = standing(own.filter(({ step }) => step === name));
    const claims = about.filter(({ action }) => action === 'claim');
    const last = claims.at(-1);
    const told = about.filter(({ told: said }) => said !== undefined);
    // A person's later word stands.
    const denied = about.findLastIndex(({ outcome }) => outcome === 'failed');
    const doneAt = about.slice(denied + 1).findLast(isDone)?.at;
    return {
      name,
      partner: partnerOf(definition, name),
      sent: claims.length,
      told,
      // An operation goes on from a command, and ends, only when it knows what became of it.
      isUnknown:
        name === current &&
        !isFinal(state) &&
        (claims.length === 0 ? isSent : isOpenEnd(about, canBeAsked(name, definition))),
      ...(last !== undefined && { sentAt: last.at }),
      ...(doneAt !== undefined && { doneAt }),
    };
  });
}

/** What a person decides is about the command that stands then, which its entry does not name. */
function withSteps(own: readonly Entry[]): readonly Entry[] {
  let standing: string | undefined;
  return own.map((entry) => {
    standing = entry.step ?? standing;
    return entry.outcome === undefined || standing === undefined ? entry : { ...entry, step: standing };
  });
}

/** What still stands of what was said of a command: who has it tried again takes back that it was found to be done. */
function standing(about: readonly Entry[]): readonly Entry[] {
  const again = about.findLastIndex(({ outcome }) => outcome === 'retry');
  return about.filter(({ outcome }, i) => i > again || outcome !== 'succeeded');
}

const isDone = ({ action, told, outcome }: Entry): boolean =>
  action !== 'contradicted' && (told === 'succeeded' || outcome === 'succeeded');

/** After such an answer nothing of what was sent before is left in doubt. */
const isLastWord = (entry: Entry): boolean =>
  isDone(entry) ||
  (entry.action !== 'contradicted' && (entry.told ?? '').startsWith('rejected')) ||
  entry.outcome === 'failed';

/** Only a partner that can be asked refuses a reference; of one that cannot, an attempt before may have been done. */
const canBeAsked = (name: string, definition: Operation | undefined): boolean =>
  definition?.steps.find((step) => step.name === name || step.compensation === name)?.partner.query !==
  undefined;

/**
 * Whether what was sent may have been done. "Not done" is believed where every attempt was answered so; all else is doubt,
 * because nobody is told to repeat what may have been done.
 */
function isOpenEnd(about: readonly Entry[], refusesAll: boolean): boolean {
  const end = about.findLastIndex(isLastWord);
  const last = about[end];
  const isRefusal = last !== undefined && !isDone(last) && last.outcome === undefined;
  // A refusal is of the attempt before it.
  const begun = about.slice(0, end).findLastIndex(({ action }) => action === 'claim');
  if (isRefusal && !refusesAll && isOpenEnd(about.slice(0, Math.max(0, begun)), false)) return true;
  const open = about.slice(end + 1);
  const notDone = new Set(open.filter(({ told }) => told === 'unavailable').map(({ attempt }) => attempt));
  return open.some(({ action, attempt }) => action === 'claim' && !notDone.has(attempt));
}

/** What became of what cannot be taken back. */
export interface Irrevocable {
  readonly done: 'no' | 'maybe' | 'yes';
  /** The steps that this is said of; where nothing was done, those that were not sent, and those that were. */
  readonly steps: readonly { readonly name: string; readonly partner: string; readonly isSent: boolean }[];
}

/** Whether anything was done that nothing takes back: a step without what takes it back, or from the point of no return on. */
export function irrevocableOf(
  operation: ShownOperation,
  entries: readonly Entry[],
  all: readonly StepCourse[],
  definition: Operation | undefined,
): Irrevocable {
  const steps: readonly AnyStep[] = definition?.steps ?? all;
  const noReturn = steps.findIndex(({ pointOfNoReturn }) => pointOfNoReturn);
  const standing = steps.findIndex(({ name }) => name === operation.step);
  const own = entries.filter((entry) => entry.operation === operation.id);
  const found = steps.flatMap((step, i) => {
    const { name, compensation } = step;
    if (compensation !== undefined && (noReturn < 0 || i < noReturn)) return [];
    const isSent = all.some((each) => each.name === name && each.sent > 0);
    const done = doneOf(step, operation, { own, all, isBehind: i < standing });
    return [{ done, name, partner: partnerOf(definition, name), isSent }];
  });
  const done = (['maybe', 'yes'] as const).find((each) => found.some((step) => step.done === each)) ?? 'no';
  return { done, steps: found.filter((step) => step.done === done) };
}

type AnyStep = Pick<Step, 'name' | 'compensation' | 'pointOfNoReturn'>;

/** @param known the operation's own entries; and whether it stands at a step after this one */
function doneOf(
  { name, compensation, pointOfNoReturn }: AnyStep,
  { state }: ShownOperation,
  known: {
    readonly own: readonly Entry[];
    readonly all: readonly StepCourse[];
    readonly isBehind: boolean;
  },
): Irrevocable['done'] {
  const { own, all, isBehind } = known;
  const course = all.find((each) => each.name === name);
  if (course?.isUnknown || own.some(({ action, step }) => action === 'contradicted' && step === name))
    return 'maybe';
  if (state === 'succeeded' || (isBehind && !isFinal(state))) return 'yes';
  // An operation does not go back past the point of no return, unless a person says that it was taken back by hand.
  if (pointOfNoReturn && isFinal(state)) return 'no';
  const isBack = all.some((each) => each.name === compensation && each.doneAt !== undefined);
  return course?.doneAt !== undefined && !isBack ? 'yes' : 'no';
}

/** What people have done about an operation: cancels and resolves. */
export const decisionsOf = ({ id }: ShownOperation, entries: readonly Entry[]): readonly Entry[] =>
  entries.filter(
    ({ operation, actor, action }) =>
      operation === id && actor !== SYSTEM && (action === 'cancel' || action === 'resolve'),
  );
