import { titleOf } from '../../core/problems/problem.ts';
import type { ProblemRow } from '../../core/problems/problems.ts';
import { problemRows } from '../../service/problem-rows.ts';
import type { Registry } from '../../service/registry.ts';

const BEGIN = '<!-- problems: written by npm run readme -->';
const END = '<!-- /problems -->';

const row = (code: string, problem: ProblemRow) =>
  `| \`${code}\` | ${problem.status} | ${problem.category} | ${problem.recovery} | ${titleOf(problem)} |`;

/** Every problem, the kit's and the domain's, as a Markdown table in the order of status and code. */
export function problemTable(registry: Registry): string {
  const sorted = [...problemRows(registry)].toSorted(
    ([a, { status: x }], [b, { status: y }]) => x - y || (a < b ? -1 : 1),
  );
  const head = ['| code | status | category | recovery | title |', '| --- | --- | --- | --- | --- |'];
  return [...head, ...sorted.map(([code, problem]) => row(code, problem))].join('\n');
}

/**
 * The text with the table between its marks.
 * @throws Error when a mark is missing
 */
export function withProblemTable(text: string, table: string): string {
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`README.md has lost its marks; put back ${BEGIN} and ${END}`);
  return `${text.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${text.slice(end)}`;
}
