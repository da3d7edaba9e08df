import * as z from 'zod';
import { closedStrings } from '../../core/values/text.ts';
import { type Node, nodeOf } from './node.ts';

/** What a body may hold, unknown members refused, as a JSON Schema (2020-12). */
export const inputSchema = (schema: z.ZodType): Node => nodeOf(bare(schema, 'input'));

/** What an answer holds. It stays open: a client ignores members that it does not know, so that they can be added. */
export const outputSchema = (schema: z.ZodType): Node => nodeOf(opened(bare(schema, 'output')));

function bare(schema: z.ZodType, io: 'input' | 'output'): unknown {
  const { $schema: _, ...node } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      // What is stored may be older than the rule, and is shown as it is.
      if (io === 'output' && closedStrings.get(zodSchema)?.isText) delete jsonSchema.pattern;
    },
  });
  return node;
}

/** The same without `additionalProperties: false`, at any depth. */
function opened(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(opened);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).flatMap(([name, value]) =>
      name === 'additionalProperties' && value === false ? [] : [[name, opened(value)]],
    ),
  );
}
