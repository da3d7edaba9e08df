import * as z from 'zod';

type Schema = z.core.JSONSchema.JSONSchema;

const FORMATS: Readonly<Record<string, string>> = {
  date: '2026-11-25',
  'date-time': '2026-11-25T08:00:00.000Z',
  uuid: '0b0c0d0e-0f10-4112-8314-151617181920',
  email: 'ada@example.com',
};

/**
 * A value that a schema accepts, with every optional member, and texts that are told apart by where they stand: what is
 * kept of it is found again.
 * @throws Error for a schema that it cannot make a value for; give that one `examples` by `.meta()`
 */
export function sampleOf(schema: z.ZodType): unknown {
  const sample = valueFor(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), 'sample');
  const { error } = schema.safeParse(sample);
  if (error === undefined) return sample;
  throw new Error(
    `no sample of a schema: ${z.prettifyError(error)}; give it .meta({ examples: [ONE] }), of which the first is taken`,
  );
}

function valueFor(schema: Schema | boolean, path: string): unknown {
  if (typeof schema === 'boolean') return path;
  const { examples: [example] = [], anyOf = [], oneOf = [], items, properties = {}, minimum = 7 } = schema;
  const [one] = [...anyOf, ...oneOf];
  if (example !== undefined) return example;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (one !== undefined) return valueFor(one, path);
  if (schema.type === 'string') return textOf(schema, path);
  if (schema.type === 'number' || schema.type === 'integer') return Math.max(minimum, 7);
  if (schema.type === 'boolean') return true;
  if (schema.type === 'array') return [valueFor((items ?? true) as Schema, `${path} item`)];
  return Object.fromEntries(
    Object.entries(properties).map(([name, member]) => [name, valueFor(member, `${path} ${name}`)]),
  );
}

const textOf = ({ format = '', minLength = 0, maxLength = 200 }: Schema, path: string): string =>
  FORMATS[format] ?? path.slice(-maxLength).padEnd(minLength, '.');
