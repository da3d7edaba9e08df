import type { Action } from '../definitions/define-action.ts';
import type { Resource } from '../definitions/define-resource.ts';
import { type ProblemRow, problems } from '../problems/problems.ts';
import { operations } from './operations.ts';

/** What may have problems of its own: a resource, and an action by what it decides on besides. */
export type Refusing = Pick<Resource, 'problems' | 'states'> | Pick<Action, 'with' | 'decide'>;

/** Every row of a service's table of problems by its code: the kit's, each resource's own, and those of capabilities. */
export const problemRows = (refusing: readonly Refusing[]): ReadonlyMap<string, ProblemRow> =>
  new Map([problems, operations.problems ?? {}, ...refusing.map(rowsOf)].flatMap(Object.entries<ProblemRow>));

const rowsOf = (definition: Refusing): Readonly<Record<string, ProblemRow>> =>
  ('decide' in definition ? definition.with?.problems : definition.problems) ?? {};
