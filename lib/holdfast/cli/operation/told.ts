import { isFinal } from '../../core/operations/operation-progress.ts';
import type { Case, Entry, ResourceCase, ShownOperation } from './case.ts';
import { courses, type Irrevocable, irrevocableOf, partnerOf, type StepCourse } from './steps.ts';
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
  readonly irrevocable: Irrevocable;
  /** Some command may have been done, and nobody knows. */
  readonly isUnknown: boolean;
  readonly now: Date;
  /** When something happened to the operation last. */
  readonly lastAt: string;
  /** It should have gone on long ago. A command is taken from its queue within seconds. */
  readonly isStuck: boolean;
  /** When what comes next is overdue: the alarm sounds then, unless it has come. */
  readonly overdueAt: string;
  readonly isOverdue: boolean;
}

/** The sweep calls an operation overdue a minute after its time, and the alarm hears it say so for ten minutes. */
const OVERDUE_MS = 11 * 60_000;

/** So long nothing is wrong: what was not started, and what was lost, is looked for every minute. */
export const STUCK_MS = 2 * 60_000;

/** Reads what an operation's history says, once for all of its sentences. */
export function toldOf(operation: ShownOperation, resource: ResourceCase, given: Case, now: Date): Told {
  const { step, waiting, state } = operation;
  const { entries } = resource.history;
  const lastAt = entries.findLast(({ operation: of }) => of === operation.id)?.at ?? operation.createdAt;
  const all = courses(operation, resource.history, given.definition);
  const overdueAt = Date.parse(waiting?.nextAttemptAt ?? lastAt) + OVERDUE_MS;
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
    irrevocable: irrevocableOf(operation, entries, all, given.definition),
    isUnknown: all.some((course) => course.isUnknown),
    now,
    lastAt,
    isStuck: now.getTime() - Date.parse(lastAt) > STUCK_MS,
    overdueAt: new Date(overdueAt).toISOString(),
    isOverdue: !isFinal(state) && state !== 'needs-attention' && now.getTime() > overdueAt,
  };
}
