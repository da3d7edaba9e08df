import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { iban } from '../../../functions/values/iban.ts';
import { money } from '../../../lib/holdfast/core/money/money.ts';
import { actorId, recordName, text, timestamp } from '../../../lib/holdfast/core/values/text.ts';
import { lenientMember } from '../../../lib/holdfast/service/schemas/lenient-member.ts';
import { inputFault, membersFault } from '../../../lib/holdfast/service/schemas/open-string.ts';

const bare = 'is a bare string; write text({ max }) from holdfast, with .regex() behind it for a pattern';
const name = text({ max: 9 });

interface Tree {
  readonly [name: string]: unknown;
}
const tree: z.ZodType<Tree> = z.lazy(() => z.strictObject({ name: z.string(), below: tree.optional() }));
const safeTree: z.ZodType<Tree> = z.lazy(() => z.strictObject({ name, below: safeTree.optional() }));

describe('C4: a string that may hide something is refused at synthesis', () => {
  test.each<[string, z.ZodType, string]>([
    ['by itself', z.string(), 'input.a'],
    ['with a length', z.string().min(1).max(9), 'input.a'],
    ['with a pattern', z.string().regex(/^[a-z]+$/), 'input.a'],
    ['with a rule', z.string().refine(Boolean), 'input.a'],
    ['optional', z.string().optional(), 'input.a'],
    ['nullable', z.string().nullable(), 'input.a'],
    ['with a default', z.string().default('x'), 'input.a'],
    ['in a list', z.array(z.string()), 'input.a[]'],
    ['in an object', z.strictObject({ b: z.strictObject({ c: z.string() }) }), 'input.a.b.c'],
    ['in a union', z.union([z.int(), z.string()]), 'input.a'],
    [
      'in one of several objects',
      z.discriminatedUnion('k', [
        z.strictObject({ k: z.literal('x') }),
        z.strictObject({ k: z.literal('y'), v: z.string() }),
      ]),
      'input.a.v',
    ],
    ['in a record', z.record(recordName({ max: 9 }), z.string()), 'input.a.*'],
    ['as the name of a record', z.record(z.string(), name), 'a name of input.a'],
    ['in a tuple', z.tuple([name, z.string()]), 'input.a[]'],
    ['as the rest of a tuple', z.tuple([name], z.string()), 'input.a[]'],
    [
      'in an intersection',
      z.intersection(z.strictObject({ b: name }), z.strictObject({ c: z.string() })),
      'input.a.c',
    ],
    ['as a catch-all', z.object({ b: name }).catchall(z.string()), 'input.a.*'],
    ['read only', z.string().readonly(), 'input.a'],
    ['before a transformation', z.string().transform(Number), 'input.a'],
    ['in a schema that leads back to itself', tree, 'input.a.name'],
    ['as a template', z.templateLiteral(['a', z.string()]), 'input.a'],
    ['as a URL', z.url(), 'input.a'],
    ['as a JWT, of which zod reads the header alone', z.jwt(), 'input.a'],
    ['as an e-mail address of its own pattern', z.email({ pattern: z.regexes.unicodeEmail }), 'input.a'],
    ['under the name of a format, by a pattern', z.stringFormat('hex', /^.+$/), 'input.a'],
    ['under the name of a format, by a function', z.stringFormat('date', Boolean), 'input.a'],
  ])('%s', (_, schema, path) => {
    expect(inputFault(z.strictObject({ a: schema }), 'input')).toEqual([path, bare]);
  });

  test.each([name, name.regex(/^x/)])('and so is a text as the name of a record: %#', (names) => {
    expect(inputFault(z.strictObject({ a: z.record(names, z.int()) }), 'input')).toEqual([
      'a name of input.a',
      'is a text, and two spellings of one text would lose a value; write recordName({ max }) from holdfast',
    ]);
  });

  test.each([z.any(), z.unknown(), z.custom<string>(), z.preprocess((value) => value, name)])(
    'and so is what takes any value: %#',
    (schema) => {
      expect(inputFault(z.strictObject({ a: schema }), 'input')).toEqual([
        'input.a',
        'takes any value; say what it may be',
      ]);
    },
  );

  test.each([
    z.date(),
    z.bigint(),
    z.map(name, name),
    z.set(name),
    z.symbol(),
    z.nan(),
    z.undefined(),
    z.literal(1n),
    z.literal([undefined, 'a']),
  ])('and so is what JSON has not: %#', (schema) => {
    expect(inputFault(z.strictObject({ a: schema }), 'input')?.[0]).toMatch(/^input\.a/);
  });

  test.each([
    name,
    name.optional(),
    name.regex(/^INV-/),
    name.meta({ description: 'x' }),
    name.min(2).describe('x'),
    iban,
    money,
    actorId,
    timestamp,
    z.uuid(),
    z.iso.date(),
    z.iso.datetime(),
    z.email(),
    z.email({ pattern: z.regexes.html5Email }),
    z.hex(),
    z.literal(['a', 1, true, null]),
    z.enum(['a', 'b']),
    z.literal('a'),
    z.int(),
    z.boolean(),
    z.null(),
    z.array(name),
    z.record(z.enum(['a', 'b']), name),
    z.record(recordName({ max: 9 }), name),
    z.record(z.uuid(), name),
    z.strictObject({}),
    safeTree,
  ])('and nothing else is: %#', (schema) => {
    expect(inputFault(z.strictObject({ a: schema }), 'input')).toBeUndefined();
  });
});

describe('members of a resource', () => {
  test.each([
    name.default('x'),
    name.transform((value) => value),
    z.coerce.number(),
    name.catch('x'),
    z.int().prefault(1),
  ])('are stored as they are decided, so none converts: %#', (schema) => {
    expect(membersFault(z.object({ a: schema }), 'members')).toEqual([
      'members.a',
      'is converted by its schema, and members are stored as decide gives them; write the schema of what is stored',
    ]);
  });

  test.each([name.nullable(), z.null(), z.union([name, z.null()])])(
    'are optional where they may be null, since null removes a member: %#',
    (schema) => {
      expect(membersFault(z.object({ a: schema }), 'members')).toEqual([
        'members.a',
        'may be null and may not be left out, and null removes a member; write .optional()',
      ]);
      expect(membersFault(z.object({ a: schema.optional() }), 'members')).toBeUndefined();
      expect(membersFault(z.object({ b: z.strictObject({ a: schema }) }), 'members')).toBeUndefined();
    },
  );

  test.each([
    ['__proto__', 'every object has one of that name'],
    ['constructor', 'every object has one of that name'],
    ['toString', 'every object has one of that name'],
    ['', 'no member can have that name'],
    ['a\ud800', 'no member can have that name'],
  ])('have no name that objects have by themselves, or cannot have: %j', (member, why) => {
    for (const fault of [membersFault, inputFault])
      expect(fault(z.object({ b: z.strictObject({ [member]: name }) }), 'at')).toEqual([
        'at.b',
        `has a member '${member}', and ${why}; rename it`,
      ]);
  });

  test('hold no bare string', () => {
    expect(membersFault(z.object({ a: z.string() }), 'members')).toEqual(['members.a', bare]);
    expect(membersFault(z.object({ a: name.optional() }), 'members')).toBeUndefined();
  });
});

const line = z.object({ sku: name });
const looseTree: z.ZodType<Tree> = z.lazy(() => z.object({ name, below: looseTree.optional() }));

test.each<[string, z.ZodType, string]>([
  ['in a list', z.array(line), 'input.a[]'],
  ['that has an id of its own', z.array(line.meta({ id: 'order-line' })), 'input.a[]'],
  ['that leads back to itself', looseTree, 'input.a'],
  ['in a record', z.record(z.enum(['x']), line), 'input.a.*'],
  ['in a union', z.union([z.int(), line]), 'input.a'],
  ['with a catch-all', line.catchall(name), 'input.a'],
])('an object in an input that takes unknown members is found: one %s', (_, schema, path) => {
  expect(lenientMember(z.strictObject({ a: schema }))).toBe(path);
  expect(lenientMember(z.strictObject({ a: z.array(z.strictObject({ sku: name })) }))).toBeUndefined();
});
