import * as z from 'zod';

/** Path of an object in an action's input that does not refuse unknown members, if there is one. */
export const lenientMember = (input: z.ZodObject): string | undefined =>
  lenientObject(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }), 'input');

type Schema = z.core.JSONSchema._JSONSchema | undefined;

function lenientObject(schema: Schema, path: string): string | undefined {
  if (typeof schema !== 'object') return undefined;
  const {
    type,
    properties = {},
    additionalProperties,
    items,
    prefixItems = [],
    anyOf = [],
    oneOf = [],
    allOf = [],
  } = schema;
  // A record says what its members are; an object names them, and may have no other.
  const isRecord = schema.propertyNames !== undefined;
  const refuses = additionalProperties === false;
  if (type === 'object' && !refuses && !isRecord) return path;
  const inner: (readonly [Schema, string])[] = [
    ...Object.entries(properties).map(([name, value]) => [value, `${path}.${name}`] as const),
    ...[items, ...prefixItems].flat().map((item) => [item, `${path}[]`] as const),
    ...(isRecord ? [[additionalProperties as Schema, `${path}.*`] as const] : []),
    ...[...anyOf, ...oneOf, ...allOf].map((part) => [part, path] as const),
  ];
  return inner.map(([value, at]) => lenientObject(value, at)).find((found) => found !== undefined);
}
