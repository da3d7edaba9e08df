import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { lists } from '../../../../lib/holdfast/capabilities/lists/index.ts';
import { slotCount } from '../../../../lib/holdfast/cdk/templates/rules.ts';
import { defineResource } from '../../../../lib/holdfast/core/definitions/define-resource.ts';
import { money } from '../../../../lib/holdfast/core/money/money.ts';
import { actorId, text, timestamp } from '../../../../lib/holdfast/core/values/text.ts';

const members = z.object({
  customerId: actorId,
  a: z.string(),
  b: text({ max: 5 }).optional(),
  c: z.enum(['x', 'y']),
  d: z.boolean(),
  e: z.number(),
  f: z.int().min(7),
  at: timestamp.nullable().optional(),
  until: z.iso.datetime(),
  here: z.iso.datetime({ local: true }),
  amount: money,
  limit: z.int(),
  lines: z.array(z.string()),
  payer: z.strictObject({ name: z.string() }),
});

/** A resource with these lists, given as a program without types would. */
const withLists = (declared: object) =>
  defineResource(
    { name: 'orders', singular: 'order', idPrefix: 'or', states: ['draft'], members, internal: undefined },
    (resource) => lists(Object(declared))(resource),
  );

const six = Object.fromEntries(
  ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [`by${name.toUpperCase()}`, [name]]),
);

describe('lists are refused where they are declared', () => {
  test.each<[why: string, declared: object, fault: RegExp]>([
    [
      'are more than the indexes there are',
      six,
      /they are 6, and a table has 5 indexes for them; leave some out/,
    ],
    ['are none', {}, /there is none; declare one/],
    ['are by money', { x: ['amount'] }, /'x' is by 'amount', which holds object, .*choose another member/],
    ['are by an array', { x: ['lines'] }, /'x' is by 'lines', which holds array/],
    ['are by an object', { x: ['a', 'payer'] }, /'x' is by 'payer', which holds object/],
    [
      'are by what no answer shows',
      { x: ['secret'] },
      /'x' is by 'secret', which is no member that is shown; choose another one/,
    ],
    [
      'are by what every object has',
      { x: ['toString'] },
      /'x' is by 'toString', which is no member that is shown/,
    ],
    [
      'are by a parameter of every list',
      { x: ['limit'] },
      /'x' is by 'limit', which is a parameter of every list \(limit, cursor, from, to\); rename the member/,
    ],
    [
      'are by state alone',
      { x: ['state'] },
      /'x' is by state alone, and every resource has that list; remove it/,
    ],
    ['are by nothing', { x: [] }, /'x' is by nothing, .*name a member/],
    ['name a member twice', { x: ['a', 'a'] }, /'x' names a member twice/],
    [
      'are by the same, in whichever order',
      { x: ['a', 'c'], y: { by: ['c', 'a'], order: 'f' } },
      /'y' is by a and c, as 'x' is, .*leave one of them out/,
    ],
    [
      'are in the order of a text',
      { x: { by: ['a'], order: 'c' } },
      /'x' is in the order of 'c', which is neither a date, a time nor an integer .*choose another member/,
    ],
    [
      'are in the order of a number with a fraction',
      { x: { by: ['a'], order: 'e' } },
      /'x' is in the order of 'e', which is neither/,
    ],
    [
      'are in the order of a time without its zone',
      { x: { by: ['a'], order: 'here' } },
      /'here', which is a time without its zone; leave local out/,
    ],
    [
      'are in the order of no member',
      { x: { by: ['a'], order: 'updatedAt' } },
      /'updatedAt', which is no member that is shown; choose another one, or createdAt/,
    ],
    [
      'begin with neither end',
      { x: { by: ['a'], first: 'newest' } },
      /'x' has first 'newest'; choose 'highest' or 'lowest'/,
    ],
    [
      'have a name that a key cannot have',
      { 'a#b': ['a'] },
      /'a#b' is not up to 32 letters and digits in camel case; rename it/,
    ],
  ])('that %s', (_, declared, fault) => {
    expect(() => withLists(declared)).toThrow(/^lists of 'orders': /);
    expect(() => withLists(declared)).toThrow(fault);
  });
});

test('lists may be by texts, numbers, booleans and state, in the order of dates, times and integers', () => {
  const all = [
    { x: ['a', 'b', 'c', 'd', 'e', 'customerId', 'state'] },
    { x: { by: ['a'], order: 'at' }, y: { by: ['b'], order: 'until' }, z: { by: ['c'], order: 'f' } },
  ];

  expect(all.map((each) => Object.keys(withLists(each).extensions?.[0]?.lists ?? {}))).toEqual([
    ['x'],
    ['x', 'y', 'z'],
  ]);
});

describe('the index of a list', () => {
  const slotsOf = (declared: object) =>
    Object.entries(withLists(declared).extensions?.[0]?.lists ?? {}).map(([name, { slot }]) => [name, slot]);

  test('is the one of its place, which the removal of another one before it leaves as it is', () => {
    expect(slotsOf({ x: ['a'], y: ['b'], z: ['c'] })).toEqual([
      ['x', 1],
      ['y', 2],
      ['z', 3],
    ]);
    expect(slotsOf({ x: ['a'], y: 'removed', z: ['c'] })).toEqual([
      ['x', 1],
      ['z', 3],
    ]);
  });

  test('is there for as many as the resource with the most lists needs, and stays once it was deployed', () => {
    const of = (...declared: readonly object[]) => ({
      resources: declared.map((each) => ({ definition: withLists(each), file: '', actions: [] })),
    });
    const table = (...indexes: readonly string[]) => ({
      RecordsTable: { indexes: Object.fromEntries(indexes.map((name) => [name, ''])) },
    });

    expect(slotCount({ resources: [] }, table('by-time'))).toBe(0);
    expect(slotCount(of({ x: ['a'] }, { x: ['a'], y: ['b'] }), {})).toBe(2);
    expect(slotCount(of({ x: ['a'] }), table('by-time', 'list-1', 'list-2', 'list-3'))).toBe(3);
  });
});
