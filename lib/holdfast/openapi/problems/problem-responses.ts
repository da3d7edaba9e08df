import { STATUS_CODES } from 'node:http';
import type { Problem } from '../../core/problems/problem.ts';
import { PROBLEM_MEDIA_TYPE, problemDetails } from '../../core/problems/problem-details.ts';
import { responseHeadersOf } from '../schemas/headers.ts';
import { type Node, ref } from '../schemas/node.ts';
import { problemSchemaName, tellsCurrent } from './problem-schemas.ts';

const REQUEST_ID = '26b672b0-2dd7-4b6d-a540-11960c6d0b71';

/** The problems that an operation may answer, as one response for each status, with an example for each code. */
export function problemResponses(
  problems: readonly Problem[],
  prefix: string,
): Readonly<Record<string, Node>> {
  const byStatus = Map.groupBy(sorted(problems), ({ row }) => String(row.status));
  return Object.fromEntries(
    [...byStatus].map(([status, all]) => [status, problemResponse(status, all, prefix)]),
  );
}

const sorted = (problems: readonly Problem[]) => problems.toSorted((a, b) => (a.code < b.code ? -1 : 1));

function problemResponse(status: string, problems: readonly Problem[], prefix: string): Node {
  const schemas = problems.map(({ code }) => ref('schemas', problemSchemaName(code)));
  const lines = problems.map(
    (problem) =>
      `- [\`${problem.code}\`](problems/${problem.code}), ${problem.row.recovery}: ${example(problem, prefix).title}`,
  );
  return {
    description: `${STATUS_CODES[status]}\n\n${lines.join('\n')}`,
    headers: problemHeadersOf(status, problems),
    content: {
      [PROBLEM_MEDIA_TYPE]: {
        schema:
          schemas.length === 1 ? schemas[0] : { oneOf: schemas, discriminator: discriminator(problems) },
        examples: Object.fromEntries(
          problems.map((problem) => [problem.code, { value: example(problem, prefix) }]),
        ),
      },
    },
  };
}

const discriminator = (problems: readonly Problem[]) => ({
  propertyName: 'code',
  mapping: Object.fromEntries(
    problems.map(({ code }) => [code, ref('schemas', problemSchemaName(code)).$ref]),
  ),
});

/** The body that the service itself would send. */
const example = (problem: Problem, prefix: string): { readonly title: string } =>
  JSON.parse(problemDetails(problem, { prefix, base: '', requestId: REQUEST_ID }).body);

function problemHeadersOf(status: string, problems: readonly Problem[]): Node {
  const current = problems.map(({ row }) => tellsCurrent(row));
  const retries = problems.map(({ row }) => row.retryAfterSeconds !== undefined);
  const always = [
    ...(current.every(Boolean) ? (['ETag'] as const) : []),
    ...(retries.every(Boolean) ? (['Retry-After'] as const) : []),
  ];
  const sometimes = [
    ...(!current.every(Boolean) && current.some(Boolean) ? (['ETag'] as const) : []),
    ...(!retries.every(Boolean) && retries.some(Boolean) ? (['Retry-After'] as const) : []),
    ...(status === '401' ? (['WWW-Authenticate', 'x-amzn-Remapped-WWW-Authenticate'] as const) : []),
  ];
  return responseHeadersOf(always, sometimes);
}
