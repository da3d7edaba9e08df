import type * as z from 'zod';
import { type Node, parts } from './schema-parts.ts';

/** Path of an object in an action's input that does not refuse unknown members, if there is one. */
export const lenientMember = (input: z.ZodObject): string | undefined =>
  lenientPart(input as unknown as Node, 'input', new Set());

/** @param seen a schema may lead back to itself */
function lenientPart(schema: Node, path: string, seen: Set<Node>): string | undefined {
  if (seen.has(schema)) return undefined;
  seen.add(schema);
  const { def } = schema._zod;
  if (def.type === 'object' && def.catchall?._zod.def.type !== 'never') return path;
  return [...parts(def, path)]
    .map(([node, at]) => lenientPart(node, at, seen))
    .find((found) => found !== undefined);
}
