import { operations } from '../core/operations/operations.ts';
import { type ProblemRow, problems } from '../core/problems/problems.ts';
import type { Registry } from './registry.ts';

/** Every row of the table of problems by its code: the kit's, and each resource's own. */
export const problemRows = ({ resources }: Registry): ReadonlyMap<string, ProblemRow> =>
  new Map(
    [
      problems,
      operations.problems ?? {},
      ...resources.map(({ definition }) => definition.problems ?? {}),
    ].flatMap(Object.entries<ProblemRow>),
  );
