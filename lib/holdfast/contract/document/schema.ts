import { isNode, type Node } from '../../openapi/schemas/node.ts';

/** Which side a schema constrains: what clients send, or what they read. */
export type Direction = 'request' | 'response';

/** A JSON Schema (2020-12) whose references are resolved. */
export type Schema = Node & {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
};

/** A schema's keywords; `true` and absence accept everything, `false` nothing. */
export const asSchema = (value: unknown): Schema =>
  value === false ? { not: {} } : isNode(value) ? value : {};

const ALL_TYPES = ['null', 'boolean', 'object', 'array', 'number', 'string'];

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

/** The values that a schema lists; undefined where it lists none. */
export function valuesOf(schema: Schema): readonly unknown[] | undefined {
  return 'const' in schema ? [schema.const] : schema.enum;
}

/** The types that a schema accepts, those of its values where it names none. */
export function typesOf(schema: Schema): readonly string[] {
  // `nullable` is how OpenAPI 3.0 says it.
  const none = schema.nullable === true ? ['null'] : [];
  if (schema.type !== undefined) return [...new Set([...[schema.type].flat(), ...none])];
  const values = valuesOf(schema);
  return values === undefined ? ALL_TYPES : [...new Set(values.map(typeOf))];
}

/** Whether one of the types accepts what is of this type. */
export const accepts = (types: readonly string[], type: string): boolean =>
  types.includes(type) || (type === 'integer' && types.includes('number'));

/** The alternatives of a schema; undefined where it has none. */
export const variantsOf = ({ anyOf, oneOf }: Schema): readonly Schema[] | undefined => {
  const variants = anyOf ?? oneOf;
  return Array.isArray(variants) ? variants.map(asSchema) : undefined;
};

/** Whether an object may hold members that its schema does not name. */
export const isClosed = (schema: Schema): boolean => schema.additionalProperties === false;
