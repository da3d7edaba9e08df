import { expect, test } from '@jest/globals';
import { contractTypes } from '../../../lib/holdfast/cli/record/contract-types.ts';

const typesOf = (schema: object) => {
  const document = { openapi: '3.1.0', paths: {}, components: { schemas: { It: schema } } };
  return /It: (.*?);\n {2}\};/s.exec(contractTypes(document))?.[1]?.replaceAll(/\s+/g, ' ');
};

const object = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  properties,
  required,
});

test.each([
  [{ type: 'string' }, 'string'],
  [{ type: 'integer' }, 'number'],
  [{ type: ['string', 'null'] }, 'string | null'],
  [{ const: 403 }, '403'],
  [{ enum: ["it's", 'b'] }, String.raw`'it\'s' | 'b'`],
  [{ type: 'array', items: { enum: ['a', 'b'] } }, "('a' | 'b')[]"],
  [
    { oneOf: [{ type: 'string' }, { $ref: '#/components/schemas/Other' }] },
    "string | components['schemas']['Other']",
  ],
  [object({ a: { type: 'string' }, 'b-c': { type: 'boolean' } }, ['a']), "{ a: string; 'b-c'?: boolean; }"],
  [
    object({ a: { type: 'string', description: 'Ends */ here.' } }),
    String.raw`{ /** Ends *\/ here. */ a?: string; }`,
  ],
  [{ type: 'object', additionalProperties: { type: 'string' } }, '{ [key: string]: string; }'],
  [{ type: 'object', additionalProperties: false }, 'Record<string, never>'],
  [{}, 'unknown'],
])('the schema %j is the type %s', (schema, type) => {
  expect(typesOf(schema)).toBe(type);
});

test('a parameter or header that refers to what is not there is refused', () => {
  const parameters = [{ $ref: '#/components/parameters/Lost' }];
  const document = {
    openapi: '3.1.0',
    paths: { '/x': { get: { operationId: 'x.get', parameters } } },
    components: {},
  };

  expect(() => contractTypes(document)).toThrow(
    'the contract refers to #/components/parameters/Lost, which is not there',
  );
});
