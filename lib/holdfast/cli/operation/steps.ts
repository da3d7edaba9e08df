import type { Operation } from '../../core/definitions/define-operation.ts';
import { isFinal } from '../../core/operations/operation-progress.ts';
import { SYSTEM } from '../../core/operations/operations.ts';
import type { Entry, ShownOperation } from './case.ts';

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
  { id, state, step: current }: ShownOperation,
  entries: readonly Entry[],
  definition: Operation | undefined,
): readonly StepCourse[] {
  const own = withSteps(entries.filter(({ operation }) => operation === id));
  const begun = own.flatMap(({ action, step }) => (action === 'claim' && step !== undefined ? [step] : []));
  return [...new Set([...begun, current])].map((name) => {
    const about = own.filter(({ step }) => step === name);
    const claims = about.filter(({ action }) => action === 'claim');
    const last = claims.at(-1);
    const told = about.filter(({ told: said }) => said !== undefined);
    const doneAt = about.findLast(isDone)?.at;
    return {
      name,
      partner: partnerOf(definition, name),
      sent: claims.length,
      told,
      // An operation goes on from a command, and ends, only when it knows what became of it.
      isUnknown: name === current && !isFinal(state) && isOpenEnd(about),
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

const isDone = ({ action, told, outcome }: Entry): boolean =>
  action !== 'contradicted' && (told === 'succeeded' || outcome === 'succeeded');

/** After such an answer nothing of what was sent before is left in doubt. */
const isLastWord = (entry: Entry): boolean =>
  isDone(entry) ||
  (entry.action !== 'contradicted' && (entry.told ?? '').startsWith('rejected')) ||
  entry.outcome === 'failed';

/**
 * Whether what was sent may have been done. "Not done" is believed where every attempt was answered so; all else is doubt,
 * because nobody is told to repeat what may have been done.
 */
function isOpenEnd(about: readonly Entry[]): boolean {
  const open = about.slice(about.findLastIndex(isLastWord) + 1);
  const claims = open.filter(({ action }) => action === 'claim').length;
  return open.filter(({ told }) => told === 'unavailable').length < claims;
}

/** What people have done about an operation: cancels and resolves. */
export const decisionsOf = ({ id }: ShownOperation, entries: readonly Entry[]): readonly Entry[] =>
  entries.filter(
    ({ operation, actor, action }) =>
      operation === id && actor !== SYSTEM && (action === 'cancel' || action === 'resolve'),
  );
