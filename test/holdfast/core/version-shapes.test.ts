import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as z from 'zod';
import changeAmount from '../../../functions/actions/payouts/change-amount.ts';
import create from '../../../functions/actions/payouts/create.ts';
import payouts from '../../../functions/actions/payouts/resource.ts';
import submit from '../../../functions/actions/payouts/submit.ts';
import may from '../../../functions/versions/2026-05-01.ts';
import { minorUnits } from '../../../lib/holdfast/core/money/minor-units.ts';
import { Problem } from '../../../lib/holdfast/core/problems/problem.ts';
import { readListQuery } from '../../../lib/holdfast/core/requests/list-query.ts';
import { readInput } from '../../../lib/holdfast/core/requests/read-input.ts';
import type { JsonObject } from '../../../lib/holdfast/core/values/strict-json.ts';
import { ApiVersions } from '../../../lib/holdfast/core/versions/api-version.ts';
import { changeMembers, defineVersion } from '../../../lib/holdfast/core/versions/define-version.ts';
import { newer, older, shownIn, stateIn } from '../../../lib/holdfast/core/versions/version-shapes.ts';

const NEWEST = '2026-11-01';

/** An older one still: `total` and `money` for amount and currency, and other names for two states. */
const money = changeMembers({
  older: z.object({ total: z.int().positive(), money: z.string() }),
  newer: z.object({ amount: z.int().positive(), currency: z.string() }),
  up: ({ total, money: currency }) => ({ amount: total, currency }),
  down: ({ amount, currency }) => ({ total: amount, money: currency }),
  pointers: { '/amount': '/total', '/currency': '/money' },
});
const january = defineVersion({
  version: '2026-01-01',
  summary: 'An amount was called total, its currency money, a draft new.',
  deprecated: '2026-05-01',
  sunset: '2027-05-01',
  changes: {
    payouts: { representation: money, inputs: { create: money }, states: { new: 'draft', done: 'paid' } },
  },
});
const versions = new ApiVersions([january, may], NEWEST);
const version = (date: string) => versions.of(date) ?? versions.asked(date, 0);
const newest = version(NEWEST);
const inMay = version('2026-05-01');
const inJanuary = version('2026-01-01');

const CURRENCIES = ['EUR', 'JPY', 'KWD', 'CLF'];

/** An amount in its newest form, in any currency, as large as the older shape can say. */
const amounts = fc
  .tuple(fc.constantFrom(...CURRENCIES), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }))
  .filter(([currency, units]) => String(units).length - (minorUnits(currency) ?? 0) <= 15)
  .map(([currency, units]) => {
    const digits = minorUnits(currency) ?? 0;
    const text = String(units).padStart(digits + 1, '0');
    const whole = text.slice(0, text.length - digits);
    return { amount: { currency, value: digits === 0 ? text : `${whole}.${text.slice(-digits)}` } };
  });
const payout = fc
  .tuple(amounts, fc.constantFrom(...payouts.states), fc.string())
  .map(([amount, state, reference]) => ({
    id: 'po_1',
    state,
    version: 1,
    ...amount,
    reference,
    note: undefined,
  }));

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
const beneficiary = { name: 'Lovelace Ltd', iban: 'DE89370400440532013000' };
const draft = { beneficiary, reference: 'Invoice 7' };

const refusal = (act: () => unknown): Problem => {
  try {
    act();
  } catch (error) {
    return Problem.from(error);
  }
  throw new Error('nothing was refused');
};

describe('a change of members', () => {
  const change = may.changes.payouts?.representation ?? money;

  test('leads back to where it came from', () => {
    fc.assert(
      fc.property(amounts, (x) => {
        expect(newer(older(x, change), change)).toEqual(x);
      }),
    );
  });

  test('makes what its schemas accept, both ways', () => {
    fc.assert(
      fc.property(amounts, (x) => {
        const lowered = older(x, change);

        expect(change.older.parse(lowered)).toEqual(lowered);
        expect(change.newer.parse(newer(lowered, change))).toEqual(x);
      }),
    );
  });

  test('touches no other member', () => {
    const body = { id: 'po_1', amount: { currency: 'EUR', value: '12.50' }, note: 'x' };

    expect(older(body, change)).toEqual({ id: 'po_1', note: 'x', amount: 1250, currency: 'EUR' });
  });
});

describe('a resource as it is shown', () => {
  test('goes down and up over several versions, and is what it was', () => {
    fc.assert(
      fc.property(payout, (body) => {
        const lowered = shownIn('payouts', body, newest, inJanuary);

        expect(shownIn('payouts', lowered, inJanuary, newest)).toEqual(plain(body));
        expect(shownIn('payouts', lowered, inJanuary, inMay)).toEqual(
          shownIn('payouts', body, newest, inMay),
        );
      }),
    );
  });

  test('has the members and the name of its state of each version', () => {
    const body = { state: 'draft', amount: { currency: 'JPY', value: '900' } };

    expect(shownIn('payouts', body, newest, inMay)).toEqual({ state: 'draft', amount: 900, currency: 'JPY' });
    expect(shownIn('payouts', body, newest, inJanuary)).toEqual({ state: 'new', total: 900, money: 'JPY' });
  });

  test('of which no version changes anything is the same', () => {
    const body = { state: 'draft', amount: 1 };

    expect(shownIn('operations', body, newest, inJanuary)).toBe(body);
  });
});

describe('a state', () => {
  test('has the name of the version in which it is shown or asked for', () => {
    const read = (state: string) => readListQuery(payouts, 'acme', { state: [state] }, inJanuary);

    expect(stateIn(inJanuary, 'payouts', 'paid')).toBe('done');
    expect(stateIn(inMay, 'payouts', 'paid')).toBe('paid');
    expect(read('new')).toMatchObject({ state: 'draft' });
    expect(read('submitted')).toMatchObject({ state: 'submitted' });
    expect(refusal(() => read('draft')).occurrence.errors).toEqual([
      {
        parameter: 'state',
        detail: 'is none of new, submitted, approved, disbursing, done, returned, cancelled',
      },
    ]);
  });
});

describe('an input', () => {
  const read = (date: string, body: unknown) => readInput(create, version(date), body as JsonObject);
  const errorsOf = (date: string, body: unknown) => refusal(() => read(date, body)).occurrence.errors;

  test('is the same in its newest form, whichever version it was sent in', () => {
    const expected = read(NEWEST, { ...draft, amount: { currency: 'EUR', value: '12.50' } });

    expect(read('2026-05-01', { ...draft, amount: 1250, currency: 'EUR' })).toEqual(expected);
    expect(read('2026-01-01', { ...draft, total: 1250, money: 'EUR' })).toEqual(expected);
  });

  test('that no version changes is read as it is', () => {
    expect(readInput(submit, inJanuary, { note: 'x' })).toEqual({ note: 'x' });
    expect(readInput(changeAmount, inMay, { amount: 5, currency: 'JPY' })).toEqual({
      amount: { currency: 'JPY', value: '5' },
    });
  });

  test('is refused what its own version does not have, of newer and of older ones', () => {
    const [newestAmount, mayAmount] = [{ currency: 'EUR', value: '1.00' }, 100];

    expect(errorsOf('2026-05-01', { ...draft, amount: newestAmount })).toEqual([
      { pointer: '/amount', detail: expect.any(String) },
      { pointer: '/currency', detail: 'is required' },
    ]);
    expect(errorsOf('2026-01-01', { ...draft, total: 100, money: 'EUR', amount: mayAmount })).toEqual([
      { pointer: '/amount', detail: 'is not a member of the input' },
    ]);
    expect(errorsOf(NEWEST, { ...draft, amount: mayAmount, currency: 'EUR' })).toEqual([
      { pointer: '/amount', detail: expect.any(String) },
      { pointer: '/currency', detail: 'is not a member of the input' },
    ]);
  });

  test('is told every fault of its own version at once, where it stands in what was sent', () => {
    const body = { amount: -1, currency: 'EUR', beneficiary: { ...beneficiary, iban: 'x' }, reference: '' };

    expect(errorsOf('2026-05-01', body)?.map((error) => 'pointer' in error && error.pointer)).toEqual(
      expect.arrayContaining(['/amount', '/beneficiary/iban', '/reference']),
    );
  });

  test('is told what only a newer version finds where it stands in what was sent', () => {
    const unknown = 'is not an ISO 4217 currency code';
    const tooMuch = { amount: 99_999_999_999_999, currency: 'CLF' };

    expect(errorsOf('2026-05-01', { ...draft, amount: 1, currency: 'XXX' })).toEqual([
      { pointer: '/currency', detail: unknown },
    ]);
    expect(errorsOf('2026-01-01', { ...draft, total: 1, money: 'XXX' })).toEqual([
      { pointer: '/money', detail: unknown },
    ]);
    expect(
      errorsOf('2026-05-01', { ...draft, ...tooMuch, currency: 'JPY', amount: 9_007_199_254_740_991 }),
    ).toEqual([{ pointer: '/amount', detail: expect.any(String) }]);
  });

  // A coercion that is made twice fails, or changes what it has made.
  test('is coerced once', () => {
    const reference = z.string().transform(Number);
    const coercing = { ...create, input: z.strictObject({ ...create.input.shape, reference }) };
    const body = { beneficiary, amount: 1, currency: 'JPY', reference: '7' };

    expect(readInput(coercing, inMay, body)).toMatchObject({ reference: 7 });
  });

  // It was a 422 without errors in every version but the newest, as if the client were at fault.
  test.each([
    ['2026-01-01', { total: 1250, money: 'EUR' }],
    ['2026-05-01', { amount: 1250, currency: 'EUR' }],
    [NEWEST, { amount: { currency: 'EUR', value: '12.50' } }],
  ])('with a rule that throws is a fault of the definition in version %s', (date, amount) => {
    const reference = z.string().refine((value) => JSON.parse(value).ok);
    const throwing = { ...create, input: z.strictObject({ ...create.input.shape, reference }) };

    expect(() => readInput(throwing, version(date), { ...amount, beneficiary, reference: '{' })).toThrow(
      "the input of 'create' makes a rule of 'reference' throw (SyntaxError)",
    );
  });
});

describe('a definition of a version', () => {
  test.each([
    [
      'a date that is none',
      { deprecated: '2026-02-30' },
      "version '2026-01-01': deprecated '2026-02-30' is not a date; write it as YYYY-MM-DD",
    ],
    [
      'a sunset before its deprecation',
      { sunset: '2026-05-01' },
      "version '2026-01-01': sunset 2026-05-01 is not after deprecated 2026-05-01; move one of them",
    ],
    [
      'a notice of no days',
      { noticeDays: 0 },
      "version '2026-01-01': noticeDays is 0; give a whole number of days, 1 or more",
    ],
    [
      'a notice of a part of a day',
      { noticeDays: 1.5 },
      "version '2026-01-01': noticeDays is 1.5; give a whole number of days, 1 or more",
    ],
    [
      'two older names of one state',
      { changes: { payouts: { states: { new: 'draft', fresh: 'draft' } } } },
      "version '2026-01-01': states of 'payouts' lead to 'draft' twice; a state had one name at a time",
    ],
  ])('is refused %s', (_, wrong, message) => {
    expect(() => defineVersion({ ...january, ...wrong })).toThrow(message);
  });
});
