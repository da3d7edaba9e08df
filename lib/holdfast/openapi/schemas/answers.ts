import { responseHeadersOf } from './headers.ts';
import { type Node, ref } from './node.ts';

type Headers = Parameters<typeof responseHeadersOf>[0];

/** A response whose body is JSON of this schema. */
export const json = (
  description: string,
  schema: Node,
  always: Headers = [],
  sometimes: Headers = [],
): Node => ({
  description,
  headers: responseHeadersOf(always, sometimes),
  content: { 'application/json': { schema } },
});

/** A page of a list. */
export const listSchema = (item: string): Node => ({
  type: 'object',
  properties: {
    items: { type: 'array', items: ref('schemas', item) },
    nextCursor: { type: 'string', description: 'There is more: send it as `cursor`.' },
  },
  required: ['items'],
});

/** The answer to an action that is done. */
export const done = (schema: string): Node =>
  json(
    'Done. A retry under the same key gets this very answer.',
    ref('schemas', schema),
    ['ETag', 'Idempotency-Expires'],
    ['Idempotent-Replayed'],
  );

/** The answer to a create; its receipt is kept for the life of what it made, so that it names no end. */
export const created = (schema: string): Node =>
  json(
    'Made. A retry under the same key gets this very answer.',
    ref('schemas', schema),
    ['ETag', 'Location'],
    ['Idempotent-Replayed'],
  );

/** The answer to an action that has been accepted, and is not done. */
export const accepted = (): Node => ({
  ...json(
    'Accepted, and not done: the operation that carries it out. Its ETag is that of what the action was on.',
    ref('schemas', 'Operation'),
    ['ETag', 'Location', 'Retry-After', 'Idempotency-Expires'],
    ['Idempotent-Replayed'],
  ),
  links: {
    operation: {
      operationId: 'operations.get',
      parameters: { operationId: '$response.body#/id' },
      description: 'Tells what it has come to.',
    },
    cancel: {
      operationId: 'operations.cancel',
      parameters: { operationId: '$response.body#/id' },
      description: 'Takes it back, until its point of no return has been sent.',
    },
  },
});
