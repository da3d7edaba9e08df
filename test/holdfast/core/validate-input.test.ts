import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import create from '../../../functions/actions/payouts/create.ts';
import { DefinitionFault } from '../../../lib/holdfast/core/problems/definition-fault.ts';
import { Problem } from '../../../lib/holdfast/core/problems/problem.ts';
import { validateInput } from '../../../lib/holdfast/core/requests/validate-input.ts';
import type { JsonObject } from '../../../lib/holdfast/core/values/strict-json.ts';
import { text } from '../../../lib/holdfast/core/values/text.ts';

const errorsOf = (schema: z.ZodObject, body: JsonObject) => {
  try {
    validateInput(schema, body, 'create');
  } catch (error) {
    return Problem.from(error).occurrence.errors;
  }
  throw new Error(`${JSON.stringify(body)} is valid`);
};

const amount = { currency: 'EUR', value: '1.00' };
const beneficiary = { name: 'Lovelace Ltd', iban: 'DE89370400440532013000' };
const valid = { amount, beneficiary, reference: 'x' };

describe('the input of an action', () => {
  test('comes in its newest form, and the body stays as it was sent', () => {
    const body = { ...valid, beneficiary: { ...beneficiary, name: ' Lovelace Ltd ' } };
    const sent = JSON.stringify(body);

    const input = validateInput(create.input, body, 'create');

    expect(input).toEqual(valid);
    expect(JSON.stringify(body)).toBe(sent);
  });

  test('has its defaults filled in', () => {
    const schema = z.strictObject({ urgent: z.boolean().default(false) });

    expect(validateInput(schema, {}, 'create')).toEqual({ urgent: false });
  });

  // dotnet/aspnetcore#57714: two members missing, and one general error without pointers.
  test('is told every member that is missing', () => {
    expect(errorsOf(create.input, {})).toEqual([
      { pointer: '/amount', detail: 'is required' },
      { pointer: '/beneficiary', detail: 'is required' },
      { pointer: '/reference', detail: 'is required' },
    ]);
    expect(errorsOf(create.input, { ...valid, beneficiary: {} })).toEqual([
      { pointer: '/beneficiary/name', detail: 'is required' },
      { pointer: '/beneficiary/iban', detail: 'is required' },
    ]);
  });

  test('is told of a null that it is no string, and not that it is missing', () => {
    const [error] = errorsOf(create.input, { ...valid, reference: null }) ?? [];

    expect(error).toMatchObject({ pointer: '/reference', detail: expect.stringContaining('string') });
  });

  test.each([
    ['/extra', { ...valid, extra: 1 }],
    ['/amount/extra', { ...valid, amount: { ...amount, extra: 1 } }],
    ['/beneficiary/Name', { ...valid, beneficiary: { ...beneficiary, Name: 'x' } }],
    ['/a~1b', { ...valid, 'a/b': 1 }],
    ['/a~0b', { ...valid, 'a~b': 1 }],
    ['/~01', { ...valid, '~1': 1 }],
    ['/', { ...valid, '': 1 }],
    ['/é "\\', { ...valid, 'é "\\': 1 }],
  ])('is refused an unknown member, and told %s (RFC 6901)', (pointer, body) => {
    expect(errorsOf(create.input, body)).toEqual([{ pointer, detail: 'is not a member of the input' }]);
  });

  test('is told the place in a list', () => {
    const schema = z.strictObject({ lines: z.array(z.strictObject({ text: z.string() })) });

    expect(errorsOf(schema, { lines: [{ text: 'a' }, { text: 'b', x: 1 }, {}] })).toEqual([
      { pointer: '/lines/1/x', detail: 'is not a member of the input' },
      { pointer: '/lines/2/text', detail: 'is required' },
    ]);
  });

  test('is told what is wrong with a name in a record', () => {
    const schema = z.strictObject({ options: z.record(text({ max: 9 }), z.int()) });

    expect(errorsOf(schema, { options: { 'a\u202eb': 1 } })).toEqual([
      {
        pointer: '/options/a\u202eb',
        detail: 'has a name that holds the hidden character U+202E; leave it out',
      },
    ]);
  });

  test('is never repeated in what it is told', () => {
    const body = { ...valid, reference: 'x'.repeat(141), amount: { currency: '<script>', value: 'secret' } };

    expect(JSON.stringify(errorsOf(create.input, body))).not.toMatch(/xxx|script|secret/);
  });

  // Only a missing string, number or object is said to be required, and an inherited member passes for a value.
  test.each([
    ['enumeration', z.enum(['a', 'b'])],
    ['literal', z.literal('x')],
    ['union', z.union([z.string(), z.number()])],
  ])('is told of a missing %s that it is required', (_, schema) => {
    expect(errorsOf(z.strictObject({ kind: schema }), {})).toEqual([
      { pointer: '/kind', detail: 'is required' },
    ]);
  });

  // 256 KB of input make 10 MB of errors, which is more than a function may answer (6 MB): a 502 and no 422.
  test('is told at most so much that the answer can be sent', () => {
    const schema = z.strictObject({ notes: z.array(z.string()) });
    const body = { notes: Array.from({ length: 130_000 }, () => 1) };

    const errors = errorsOf(schema, body);

    expect(JSON.stringify(errors).length).toBeLessThan(6 * 1024 * 1024);
  });

  // Nothing of the client's is wrong: a bare TypeError in the log named neither the action nor the member.
  test.each([
    ['refinement', z.string().refine((value) => JSON.parse(value).ok)],
    ['transformation', z.string().transform((value) => JSON.parse(value))],
    ['refinement of an inner member', z.array(z.string().refine((value) => JSON.parse(value).ok))],
    ['asynchronous refinement', z.string().refine(async () => true)],
    [
      'refinement that throws a problem',
      z.string().refine(() => {
        throw new Problem('not-found');
      }),
    ],
  ])(
    'with a %s that throws is a fault of the definition that names the action and the member',
    (kind, rule) => {
      const schema = z.strictObject({ amount: z.string(), note: rule.optional() });
      const note = kind.includes('inner') ? ['{secret'] : '{secret';

      const read = () => validateInput(schema, { amount: '1', note }, 'create');

      expect(read).toThrow(DefinitionFault);
      expect(read).toThrow(
        /^the input of 'create' makes a rule of 'note' throw \([$\w]+\), .*; fix the rule$/,
      );
      expect(read).not.toThrow(/secret/);
    },
  );

  test('with a rule as a whole that throws is a fault of the definition that names the action', () => {
    const schema = z
      .strictObject({ a: z.string(), b: z.array(z.string()).optional() })
      .refine(({ a, b }) => Object.keys(b ?? JSON.parse(a)).length > 0);

    expect(() => validateInput(schema, { a: 'x' }, 'create')).toThrow(
      "the input of 'create' makes a rule of its schema throw (SyntaxError)",
    );
  });
});
