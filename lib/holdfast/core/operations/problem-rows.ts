import type { Resource } from '../definitions/define-resource.ts';
import { type ProblemRow, problems } from '../problems/problems.ts';
import { operations } from './operations.ts';

/** Every row of a service's table of problems by its code: the kit's, and each resource's own. */
export const problemRows = (resources: readonly Resource[]): ReadonlyMap<string, ProblemRow> =>
  new Map(
    [problems, operations.problems ?? {}, ...resources.map((resource) => resource.problems ?? {})].flatMap(
      Object.entries<ProblemRow>,
    ),
  );
