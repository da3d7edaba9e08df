import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { applyDecision } from '../../../lib/holdfast/core/decisions/apply-decision.ts';
import { checkDecided } from '../../../lib/holdfast/core/decisions/decided-members.ts';
import { type Action, defineAction } from '../../../lib/holdfast/core/definitions/define-action.ts';
import { defineResource } from '../../../lib/holdfast/core/definitions/define-resource.ts';
import {
  representation,
  type StoredResource,
} from '../../../lib/holdfast/core/definitions/representation.ts';
import { money } from '../../../lib/holdfast/core/money/money.ts';
import { DefinitionFault } from '../../../lib/holdfast/core/problems/definition-fault.ts';

const orders = defineResource({
  name: 'orders',
  singular: 'order',
  idPrefix: 'or',
  states: ['open', 'done'],
  members: z
    .object({
      total: money,
      place: z.object({ city: z.string() }).optional(),
      begin: z.int().optional(),
      end: z.int().optional(),
      label: z.string().trim().optional(),
      anything: z.unknown().optional(),
    })
    .refine(({ begin = 0, end = begin }) => begin <= end, { error: 'ends before it begins', path: ['end'] }),
  internal: z.object({ risk: z.int().min(0), hint: z.string().optional() }),
});

const base = {
  resource: orders,
  summary: 'Do it.',
  input: z.object({}),
  problems: [],
};

/** Actions that decide this, written as JavaScript could write it. */
const changing = (decide: Action['decide']): Action => ({
  ...defineAction({
    ...base,
    name: 'change',
    scope: 'orders:change',
    from: ['open'],
    to: 'open',
    decide: () => ({}),
  }),
  decide,
});

const creating = (decide: Action['decide']): Action => ({
  ...defineAction({
    ...base,
    name: 'create',
    scope: 'orders:create',
    to: 'open',
    decide: () => ({ total: { currency: 'EUR', value: '1.00' }, risk: 0 }),
  }),
  decide,
});

const total = { currency: 'EUR', value: '1.00' };

const order: StoredResource = {
  id: 'or_1',
  state: 'open',
  version: 3,
  commit: 'abcd',
  createdAt: '2026-11-25T07:00:00.000Z',
  updatedAt: '2026-11-25T07:00:00.000Z',
  data: { total, begin: 1, end: 2 },
  hidden: { risk: 1 },
};

const context = {
  id: 'or_1',
  input: {},
  actor: { id: 'bob', tenant: 'acme' },
  now: '2026-11-25T08:00:00.000Z',
  commit: 'wxyz',
};

const change = (changes: object, stored = order) =>
  applyDecision(
    changing(() => changes as Record<string, unknown>),
    stored,
    context,
  );

const create = (members: object) =>
  applyDecision(
    creating(() => members as Record<string, unknown>),
    undefined,
    context,
  );

const faultOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof DefinitionFault) return error.message;
    throw error;
  }
  return 'none';
};

const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;

describe('C1: what decide returns', () => {
  test('of a member that the schema refuses is a fault that names member and path, and no value', () => {
    const told = faultOf(() => change({ total: { currency: 'EUR', value: '4000' } }));

    expect(told).toMatch(/^decide of 'change' gave 'total\.value' a value that its schema refuses \(/);
    expect(told).not.toContain('4000');
  });

  test.each([
    ['total', { total: null }],
    ['total.currency', { total: { value: '1.00' } }],
    ['total.note', { total: { ...total, note: 'x' } }],
    ['place.street', { place: { city: 'Ulm', street: 'Am Markt' } }],
    ['place.city', { place: { city: 5 } }],
    ['begin', { begin: 1.5 }],
    ['begin', { begin: '1' }],
    ['label', { label: ' x ' }],
    ['end', { end: 0 }],
    ['risk', { risk: -1 }],
    ['risk', { risk: null }],
    ['hint', { hint: 7 }],
  ])('is a fault at %s: %j', (path, changes) => {
    expect(faultOf(() => change(changes))).toContain(`gave '${path}' a value`);
  });

  test.each<[string, unknown]>([
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['a number beyond a double', 2 ** 60],
    ['a number below the range of the store', 1e-200],
    ['a bigint', 10n ** 40n],
    ['a lone surrogate', 'a\ud800'],
    ['a Date', new Date(0)],
    ['a Map', new Map()],
    ['an empty Set', new Set()],
    ['bytes', new Uint8Array(2)],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a value that holds itself', cyclic],
    ['undefined within a list', [1, undefined]],
    ['a hole', Array(2)],
    ['31 levels', Array.from({ length: 31 }).reduce<unknown>((inner) => [inner], 1)],
    ['an instance of a class', new (class Amount {})()],
    ['a member without a name', { '': 1 }],
    ['a member that is named __proto__', JSON.parse('{"__proto__":1}')],
  ])('that the store cannot hold is a fault, though its schema takes it: %s', (_, value) => {
    for (const held of [value, { deep: [value] }])
      expect(faultOf(() => change({ anything: held }))).toMatch(/gave 'anything\b/);
  });

  test.each<[unknown, string]>([
    [undefined, 'undefined'],
    [null, 'null'],
    [true, 'boolean'],
    [5, 'number'],
    ['risk', 'string'],
    [() => ({}), 'function'],
    [[], 'a Array'],
    [new Date(0), 'a Date'],
    [new Map([['risk', 1]]), 'a Map'],
    [new (class Changed {})(), 'a Changed'],
    [Promise.resolve({ risk: 1 }), 'a promise, and decide does no I/O'],
    [Promise.reject(new Error('x')), 'a promise, and decide does no I/O'],
  ])('is an object of members, and anything else moves nothing: %p', (decision, what) => {
    expect(faultOf(() => change(decision as object))).toBe(
      `decide of 'change' gave ${what}; return an object of members, or what reject gives`,
    );
  });

  test.each([
    ['that throws', () => JSON.parse('no JSON') as boolean, 'SyntaxError'],
    ['that is asynchronous', async () => true, '$ZodAsyncError'],
  ])('is a fault at the member whose schema has a rule %s', (_, rule, name) => {
    const told = `gave 'a' a value that makes a rule of its schema throw (${name}), and rules only tell true from false`;

    expect(
      faultOf(() =>
        checkDecided("decide of 'x'", {
          schema: z.object({ a: z.string().refine(rule) }),
          changes: { a: 'x' },
          before: {},
        }),
      ),
    ).toContain(told);
  });

  test('may leave members of objects undefined, and be a zero with a sign', () => {
    const { changes } = change({ anything: { a: undefined, b: -0, c: null }, place: undefined });

    expect(JSON.stringify(changes)).toBe('{"anything":{"b":0,"c":null}}');
  });

  test('of a new resource has every member that is required, and no default is filled in', () => {
    expect(faultOf(() => create({ risk: 0 }))).toContain("gave 'total' a value that is missing");
    expect(faultOf(() => create({ total }))).toContain("gave 'risk' a value that is missing");
    expect(create({ total, risk: 0 }).next).toMatchObject({ data: { total }, hidden: { risk: 0 } });
  });

  test('is not held against members of an older release that it leaves alone', () => {
    const older = { ...order, data: { total: 'forty', begin: 9, end: 2, place: 5 } };

    expect(change({ label: 'x' }, older).next.data).toEqual({ ...older.data, label: 'x' });
  });

  test('is not held against a rule of the object that was broken before, unless it changes what is broken', () => {
    const broken = { ...order, data: { total, begin: 9, end: 2 } };

    expect(faultOf(() => change({ label: 'x' }, broken))).toBe('none');
    expect(faultOf(() => change({ end: 3 }, broken))).toContain("gave 'end' a value that breaks a rule");
  });

  test('is held against the rules of the object as a whole, whichever member it changed', () => {
    expect(faultOf(() => change({ begin: 5 }))).toContain(
      'breaks a rule of its resource (ends before it begins)',
    );
    expect(faultOf(() => create({ total, risk: 0, begin: 2, end: 1 }))).toContain('ends before it begins');
    expect(faultOf(() => change({ begin: 5, end: 6 }))).toBe('none');
  });
});

test('C1: a default in members is never filled in: a decision that leaves the member out is a fault', () => {
  const notes = defineResource({
    name: 'notes',
    singular: 'note',
    idPrefix: 'no',
    states: ['open'],
    members: z.object({ kind: z.string().default('plain') }),
  });
  const action: Action = {
    ...defineAction({
      ...base,
      resource: notes,
      name: 'create',
      scope: 'notes:create',
      to: 'open',
      decide: () => ({ kind: 'plain' }),
    }),
    decide: () => ({}),
  };

  expect(faultOf(() => applyDecision(action, undefined, context))).toContain(
    "gave 'kind' a value that its schema would change",
  );
});

describe('C3: internal members', () => {
  test('are stored by a create and by an update, and are seen by decide', () => {
    const seen: unknown[] = [];
    const created = create({ total, risk: 3, hint: 'x' });
    applyDecision(
      changing(({ current }) => {
        seen.push((current as unknown as { risk: number }).risk);
        return {};
      }),
      created.next,
      context,
    );

    expect(created.next.hidden).toEqual({ risk: 3, hint: 'x' });
    expect(created.changes).toEqual({ total });
    expect(seen).toEqual([3]);
    expect(change({ risk: 2, hint: null }).hidden).toEqual({ risk: 2, hint: null });
  });

  test('are in no answer', () => {
    const shown = representation(orders, [], create({ total, risk: 3 }).next);

    expect(JSON.stringify(shown)).not.toContain('risk');
  });

  test('have no name that a member that is shown has', () => {
    const twice = () =>
      defineResource({
        name: 'orders',
        singular: 'order',
        idPrefix: 'or',
        states: ['open'],
        members: z.object({ risk: z.int() }),
        internal: z.object({ risk: z.int() }),
      });

    expect(twice).toThrow(
      "resource 'orders': member 'risk' is internal and shown at once; remove one of them",
    );
  });
});
