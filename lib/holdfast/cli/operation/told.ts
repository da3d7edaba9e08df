import type { Case, Entry, ResourceCase, ShownOperation } from './case.ts';
import { courses, partnerOf, type StepCourse } from './steps.ts';
import type { Named } from './words.ts';

/** An operation and everything that its sentences are made of. */
export interface Told {
  readonly operation: ShownOperation;
  readonly resource: ResourceCase;
  readonly given: Case;
  readonly named: Named;
  /** Of the operation and of its resource. */
  readonly entries: readonly Entry[];
  readonly courses: readonly StepCourse[];
  /** The course of the current command. */
  readonly current: StepCourse | undefined;
  /** Some command may have been done, and nobody knows. */
  readonly isUnknown: boolean;
  readonly now: Date;
  /** When something happened to the operation last. */
  readonly lastAt: string;
  /** It should have gone on long ago. A command is taken from its queue within seconds. */
  readonly isStuck: boolean;
}

/** So long nothing is wrong: what was not started, and what was lost, is looked for every minute. */
export const STUCK_MS = 2 * 60_000;

/** Reads what an operation's history says, once for all of its sentences. */
export function toldOf(operation: ShownOperation, resource: ResourceCase, given: Case, now: Date): Told {
  const { step, waiting } = operation;
  const { entries } = resource.history;
  const lastAt = entries.findLast(({ operation: of }) => of === operation.id)?.at ?? operation.createdAt;
  const all = courses(operation, entries, given.definition);
  return {
    operation,
    resource,
    given,
    named: {
      step,
      partner: waiting?.partner ?? partnerOf(given.definition, step),
      thing: resource.singular,
    },
    entries,
    courses: all,
    current: all.find(({ name }) => name === step),
    isUnknown: all.some((course) => course.isUnknown),
    now,
    lastAt,
    isStuck: now.getTime() - Date.parse(lastAt) > STUCK_MS,
  };
}
