import { type Node, ref } from '../schemas/node.ts';

const header = (
  name: string,
  required: boolean,
  description: string,
  schema: Node,
  example?: string,
): Node => ({
  name,
  in: 'header',
  required,
  description,
  schema,
  ...(example !== undefined && { example }),
});

const query = (name: string, description: string, schema: Node): Node => ({
  name,
  in: 'query',
  required: false,
  description,
  schema,
});

const string = { type: 'string' };

/** The parameters that several routes share, by the name of their component. */
export const parameterComponents = (version: string): Readonly<Record<string, Node>> => ({
  ApiVersion: header(
    'API-Version',
    false,
    'The contract that the client was written for. Absent: that of the stage.',
    {
      ...string,
      enum: [version],
    },
  ),
  IdempotencyKey: header(
    'Idempotency-Key',
    true,
    'One for each thing that a person does, the same with every retry: 1 to 255 visible ASCII characters.',
    { ...string, minLength: 1, maxLength: 257 },
    'approve-invoice-7',
  ),
  IfMatch: header(
    'If-Match',
    true,
    'The ETag of what the person saw, quotes included. A list of tags matches if one of them does.',
    { ...string, minLength: 1 },
    '"3-k9x2"',
  ),
  IfNoneMatch: header(
    'If-None-Match',
    false,
    'The ETag of the last answer; the same again is answered 304.',
    string,
    '"3-k9x2"',
  ),
  Prefer: header(
    'Prefer',
    false,
    '`wait=N`: answer when it has changed or ended, or after N seconds, 20 at most. Any other preference is ignored (RFC 7240).',
    // A pattern would say that others are refused.
    string,
    'wait=20',
  ),
  Limit: query('limit', 'How many at most.', { type: 'integer', minimum: 1, maximum: 100, default: 25 }),
  Cursor: query('cursor', '`nextCursor` of the page before, with the same filters.', string),
  After: query('after', '`next` of the page before.', { ...string, pattern: '^[\\d.]*$' }),
});

/** One of {@link parameterComponents}. */
export const parameter = (
  name: 'ApiVersion' | 'IdempotencyKey' | 'IfMatch' | 'IfNoneMatch' | 'Prefer' | 'Limit' | 'Cursor' | 'After',
): Node => ref('parameters', name);

/** A filter of a list. */
export const filter = (name: string, description: string, schema: Node): Node =>
  query(name, description, schema);

/** A part of the path. */
export const pathParameter = (name: string, schema: Node, description: string): Node => ({
  name,
  in: 'path',
  required: true,
  description,
  schema,
});
