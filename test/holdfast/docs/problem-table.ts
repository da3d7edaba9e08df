import { titleOf } from '../../../lib/holdfast/core/problems/problem.ts';
import type { ProblemRow } from '../../../lib/holdfast/core/problems/problems.ts';
import { problemsOf, type Registry } from '../../../lib/holdfast/service/registry.ts';
import { markdownTable } from '../bench/markdown-table.ts';

/** Every problem, the kit's and the domain's, in the order of status and code. */
const sorted = (registry: Registry): readonly (readonly [string, ProblemRow])[] =>
  [...problemsOf(registry)].toSorted(([a, { status: x }], [b, { status: y }]) => x - y || (a < b ? -1 : 1));

/** What a client branches on. */
export const problemTable = (registry: Registry): string =>
  markdownTable([
    ['code', 'status', 'category', 'recovery', 'title'],
    ...sorted(registry).map(([code, problem]) => [
      `\`${code}\``,
      String(problem.status),
      problem.category,
      problem.recovery,
      titleOf(problem),
    ]),
  ]);

/** What people are told. */
export const adviceTable = (registry: Registry): string =>
  markdownTable([
    ['code', 'tell the end user', 'support checks'],
    ...sorted(registry).map(([code, { tell, check }]) => [`\`${code}\``, tell, check]),
  ]);
