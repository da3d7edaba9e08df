import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { defineAction } from '../../../../lib/holdfast/core/definitions/define-action.ts';
import { defineResource } from '../../../../lib/holdfast/core/definitions/define-resource.ts';
import { text } from '../../../../lib/holdfast/core/values/text.ts';
import { type Shown, toldOf, unreadable } from '../../../../lib/holdfast/testing/told.ts';

const word = text({ max: 99 });
const place = z.strictObject({ street: word, town: word });

const bookings = defineResource({
  name: 'bookings',
  singular: 'booking',
  idPrefix: 'bo',
  states: ['open'],
  members: z.object({
    debtor: word.optional(),
    creditor: word.optional(),
    seats: z.number().optional(),
    place: place.optional(),
    stops: z.array(word).optional(),
    refunded: word.optional(),
  }),
});

const input = z.strictObject({
  debtor: word.optional(),
  creditor: word.optional(),
  seats: z.number().optional(),
  place: place.optional(),
  stops: z.array(word).optional(),
  reason: word.nullable().optional(),
  code: word.optional().describe('A one-time code: it is worth nothing once it was used.'),
});

const create = defineAction({
  resource: bookings,
  name: 'create',
  summary: 'Book.',
  scope: 'bookings:create',
  to: 'open',
  input: input.refine(({ debtor, creditor }) => debtor === undefined || debtor !== creditor),
  transient: ['code'],
  decide: () => ({}),
});

/** What nobody can read of an input, where the resource shows these members besides the kit's. */
const lost = (told: Record<string, unknown>, members: object, shown: Partial<Shown> = {}) =>
  unreadable(create, toldOf(create, told), {
    resource: { id: 'bo_1', state: 'open', version: 1, ...members },
    ...shown,
  });

describe('what an action was told', () => {
  test('is what its schema makes of an input with a rule as a whole, without transient members', () => {
    const told = toldOf(create, { debtor: 'a', creditor: 'b', code: '123' });

    expect(told).toEqual({ debtor: 'a', creditor: 'b' });
  });

  test.each<[string, Record<string, unknown>, object]>([
    ['as it was told', { debtor: 'a', seats: 1 }, { debtor: 'a', seats: 1 }],
    ['under another name', { reason: 'r' }, { refunded: 'r' }],
    [
      'in another order of its members',
      { place: { street: 's', town: 't' } },
      { place: { town: 't', street: 's' } },
    ],
    ['among more of its kind', { stops: ['b', 'c'] }, { stops: ['a', 'b', 'c'] }],
    [
      'with an inner member under another name',
      { place: { street: 's', town: 't' } },
      { place: { street: 's', city: 't' } },
    ],
    ['by its absence where it was removed', { reason: null }, {}],
    ['by its absence where it is empty', { stops: [] }, {}],
  ])('can be read again %s', (_, told, members) => {
    expect(lost(told, members)).toEqual([]);
  });

  test.each<[string, Record<string, unknown>, object, string[]]>([
    [
      'where two members are swapped',
      { debtor: 'a', creditor: 'b' },
      { debtor: 'b', creditor: 'a' },
      [
        `'debtor' was told "a", and a client reads "b" there`,
        `'creditor' was told "b", and a client reads "a" there`,
      ],
    ],
    [
      'where the version looks like it',
      { seats: 1 },
      {},
      ["'seats' was told 1, and a client reads undefined there"],
    ],
    [
      'where inner members are swapped',
      { place: { street: 's', town: 't' } },
      { place: { street: 't', town: 's' } },
      [`'place' was told {"street":"s","town":"t"}, and a client reads {"street":"t","town":"s"} there`],
    ],
    [
      'where a list is turned round',
      { stops: ['a', 'b'] },
      { stops: ['b', 'a'] },
      [`'stops' was told ["a","b"], and a client reads ["b","a"] there`],
    ],
    [
      'where a list is not emptied',
      { stops: [] },
      { stops: ['a'] },
      [`'stops' was told [], and a client reads ["a"] there`],
    ],
    [
      'where another member that was told looks like it',
      { debtor: 'a', reason: 'a' },
      { debtor: 'a' },
      [`'reason' was told "a", and a client reads it nowhere`],
    ],
    [
      'where only the state looks like it',
      { reason: 'open' },
      {},
      [`'reason' was told "open", and a client reads it nowhere`],
    ],
  ])('is missed %s', (_, told, members, faults) => {
    expect(lost(told, members)).toEqual(faults);
  });

  test('may be read elsewhere where the action left the member of that name as it was', () => {
    const members = { debtor: 'a', refunded: 'b' };

    expect(lost({ debtor: 'b' }, members, { wasLeft: (name) => name === 'debtor' })).toEqual([]);
    expect(lost({ debtor: 'b' }, members)).toHaveLength(1);
    expect(lost({ debtor: 'c' }, members, { wasLeft: () => true })).toHaveLength(1);
  });

  test('may be read in what its operation has come to', () => {
    expect(lost({ reason: 'r' }, {}, { result: { reason: 'r' } })).toEqual([]);
  });
});
