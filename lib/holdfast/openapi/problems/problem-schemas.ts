import { pascal } from '../../core/kebab-case.ts';
import type { ProblemRow } from '../../core/problems/problems.ts';
import { problemType } from '../../core/problems/service-names.ts';
import { type Node, ref } from '../schemas/node.ts';
import { GATEWAY_DEFAULTS } from './gateway-problems.ts';

/** Name of a problem's schema: `VersionMismatchProblem`. */
export const problemSchemaName = (code: string): string => `${pascal(code)}Problem`;

const string = { type: 'string' };

const CURRENT = {
  type: 'object',
  description: 'What the client would read now; its ETag is in the header of that name.',
  properties: {
    state: string,
    version: { type: 'integer', minimum: 1 },
    allowedActions: { type: 'array', items: string },
  },
  required: ['state', 'version', 'allowedActions'],
};

const ERROR = {
  type: 'object',
  properties: {
    pointer: { ...string, description: 'Where in the body: a JSON pointer (RFC 6901).' },
    parameter: { ...string, description: 'Which query parameter.' },
    detail: string,
  },
  required: ['detail'],
};

const RELATED = {
  type: 'object',
  description: 'Another resource that the action decides on.',
  properties: {
    name: { ...string, description: 'What the action calls it.' },
    type: { ...string, description: 'Plural name of the resource.' },
    id: { ...string, description: 'Where the request, or the resource that it is about, names it.' },
    state: { ...string, description: 'In which it is, where the token may read it.' },
    version: { type: 'integer', description: 'That stands, where the token may read it.' },
  },
  required: ['name', 'type'],
};

const EXISTING = {
  type: 'object',
  description: 'The resource that has it, where the token may read it.',
  properties: {
    type: { ...string, description: 'Plural name of the resource.' },
    id: string,
    href: { ...string, description: 'Path of it from the base of the API.' },
  },
  required: ['type', 'id', 'href'],
};

/** Codes that list what is wrong, one by one. */
const WITH_ERRORS = ['invalid-input', 'invalid-query'];

const tellsErrors = (code: string, row: ProblemRow) => WITH_ERRORS.includes(code) || row.tellsErrors;

/** Codes that do so where there is a place to name. */
const MAY_HAVE_ERRORS = ['malformed-request'];

/** The gateway answers these with a status of its own, which their body does not name. */
const ANY_STATUS: readonly string[] = Object.values(GATEWAY_DEFAULTS);

/** Whether every occurrence of a row tells what stands now: not where another resource has what is asked for. */
export const tellsCurrent = ({ category, tellsErrors: says }: ProblemRow): boolean =>
  category === 'conflict' && says === undefined;

const errors = { errors: { type: 'array', minItems: 1, items: ref('schemas', 'ProblemError') } };

function problemSchema(code: string, row: ProblemRow, prefix: string): Node {
  const own = {
    ...(tellsErrors(code, row) && errors),
    ...(tellsCurrent(row) && { current: ref('schemas', 'CurrentState') }),
    ...(row.tellsRelated && { related: { type: 'array', minItems: 1, items: ref('schemas', 'Related') } }),
  };
  const always = ['type', 'title', 'code', 'category', 'recovery', 'help', 'instance', ...Object.keys(own)];
  return {
    type: 'object',
    description: row.tell,
    properties: {
      type: { const: problemType(prefix, code) },
      title: string,
      status: { const: row.status },
      detail: { ...string, description: 'One sentence on this occurrence.' },
      instance: { ...string, description: 'Names the request in the log of the service.' },
      code: { const: code },
      category: { const: row.category },
      recovery: { const: row.recovery },
      help: { ...string, description: 'Path of the page that tells what to do.' },
      ...(MAY_HAVE_ERRORS.includes(code) && errors),
      ...(row.tellsExisting && { existing: EXISTING }),
      ...own,
    },
    required: ANY_STATUS.includes(code) ? always : ['status', ...always],
  };
}

/** A schema for each code of the table, told apart by `code` (RFC 9457). */
export const problemSchemas = (rows: ReadonlyMap<string, ProblemRow>, prefix: string): Node => ({
  CurrentState: CURRENT,
  ProblemError: ERROR,
  ...([...rows.values()].some(({ tellsRelated }) => tellsRelated) && { Related: RELATED }),
  ...Object.fromEntries(
    [...rows].map(([code, row]) => [problemSchemaName(code), problemSchema(code, row, prefix)]),
  ),
});
