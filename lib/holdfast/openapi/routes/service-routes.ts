import { problemEntry } from '../../core/problems/problem-page.ts';
import { problems } from '../../core/problems/problems.ts';
import { notFound, unknownVersion } from '../problems/possible-problems.ts';
import { json } from '../schemas/answers.ts';
import { responseHeadersOf } from '../schemas/headers.ts';
import { type Node, nodeOf, ref } from '../schemas/node.ts';
import type { RouteSpec } from './operation.ts';
import { parameter, pathParameter } from './parameters.ts';

const string = { type: 'string' };

/** The schemas of what the service says about itself. */
export const serviceSchemas = (prefix: string): Node => ({
  ProblemEntry: {
    type: 'object',
    description: 'What is known of every occurrence of a problem.',
    properties: {
      ...Object.fromEntries(
        ['type', 'title', 'code', 'category', 'recovery', 'help', 'client', 'tell', 'check'].map((name) => [
          name,
          string,
        ]),
      ),
      status: { type: 'integer', minimum: 400, maximum: 599 },
      retryAfterSeconds: { type: 'integer', minimum: 1 },
    },
    required: ['type', 'title', 'status', 'code', 'category', 'recovery', 'help', 'client', 'tell', 'check'],
    examples: [problemEntry('version-mismatch', problems['version-mismatch'], { prefix, base: '' })],
  },
});

/** JSON, or a page for people where the client asks for one. */
const orPage = (description: string, schema: Node): Node => {
  const { content, ...rest } = json(description, schema, [], ['Content-Security-Policy']);
  return { ...rest, content: { ...nodeOf(content), 'text/html': { schema: string } } };
};

/** The routes by which the service tells of itself; all open. */
export const serviceRoutes = (): readonly RouteSpec[] => [
  {
    method: 'get',
    path: '/health',
    operationId: 'service.health',
    tag: 'service',
    summary: 'Tell that the gateway serves this deployment.',
    kind: 'gateway',
    responses: {
      200: json('It does.', {
        type: 'object',
        properties: { status: { const: 'ok' } },
        required: ['status'],
      }),
    },
  },
  {
    method: 'get',
    path: '/openapi.json',
    operationId: 'service.openapi',
    tag: 'service',
    summary: 'Read this document.',
    kind: 'open',
    parameters: [parameter('IfNoneMatch'), parameter('ApiVersion')],
    responses: {
      200: json('It.', { type: 'object' }, ['ETag']),
      304: {
        description: 'It is as the ETag in If-None-Match says.',
        headers: responseHeadersOf(['ETag'], []),
      },
    },
    problems: [unknownVersion()],
  },
  {
    method: 'get',
    path: '/problems',
    operationId: 'problems.list',
    tag: 'service',
    summary: 'Read the table of problems.',
    kind: 'open',
    responses: {
      200: orPage('All of it.', {
        type: 'object',
        properties: { problems: { type: 'array', items: ref('schemas', 'ProblemEntry') } },
        required: ['problems'],
      }),
    },
  },
  {
    method: 'get',
    path: '/problems/{code}',
    operationId: 'problems.get',
    tag: 'service',
    summary: 'Read what to do about a problem.',
    description: 'What happened, what the client does, what to tell the person, and what support checks.',
    kind: 'open',
    parameters: [pathParameter('code', string, 'The `code` of the problem.')],
    responses: { 200: orPage('Its row of the table.', ref('schemas', 'ProblemEntry')) },
    problems: [notFound('problem')],
  },
];
