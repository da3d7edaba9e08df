import { expect, test } from '@jest/globals';
import { compareWithLedger } from './light/ledger.ts';
import { unitsOfWriters } from './light/units.ts';

const isHot = (pk: string) => pk === 'budgets#acme#1';

test('a refused write takes the units of the item that refused it, and one that passed those of the larger of its two versions', () => {
  const traffic = {
    calls: 5,
    sizes: { 'budgets#acme#1 7': 900, 'budgets#acme#1 8': 1_025 },
    writes: [
      { pk: 'budgets#acme#1', bytes: 2_049 },
      { pk: 'budgets#acme#1', version: 7 },
      { pk: 'budgets#acme#1', version: 8 },
    ],
  };
  // What another process has read counts as well.
  const other = {
    calls: 2,
    sizes: { 'budgets#acme#1 9': 3_000 },
    writes: [{ pk: 'budgets#acme#1#batch', bytes: 1_100 }, { pk: '' }],
  };

  expect(unitsOfWriters([traffic, other], isHot)).toEqual({ hot: 3 + 2 + 3, elsewhere: 2 + 1 });
});

test('a write of a transaction takes twice the units, whether it passed or was refused', () => {
  const traffic = {
    calls: 2,
    sizes: { 'budgets#acme#1 7': 900, 'budgets#acme#1 8': 1_025 },
    writes: [
      { pk: 'budgets#acme#1', bytes: 2_049, isTogether: true },
      { pk: 'budgets#acme#1', version: 7, isTogether: true },
      { pk: 'budgets#acme#2', isTogether: true },
    ],
  };

  expect(unitsOfWriters([traffic], isHot)).toEqual({ hot: 6 + 4, elsewhere: 2 });
});

const stored = (version: number, spent: number) => ({
  version: { N: String(version) },
  data: { M: { spent: { N: String(spent) } } },
});
const effect = (version: number, amount: number) => ({ item: '1', version, amount, ms: 0, at: 0 });

test.each([
  ['an effect that nobody was told of', [effect(2, 5)], stored(3, 5)],
  ['two who were told of one effect', [effect(2, 5), effect(2, 5)], stored(2, 10)],
  ['an effect that was lost', [effect(2, 5), effect(3, 5)], stored(3, 5)],
  ['an effect that was made twice', [effect(2, 5), effect(3, 5)], stored(3, 15)],
])('the ledger of many writers tells %s', (_, effects, after) => {
  expect(() => compareWithLedger(stored(1, 0), after, effects)).toThrow(/writers (were told|spent)/);
});

test('the ledger of many writers passes what was told and made, in whichever order it was told', () => {
  expect(() => compareWithLedger(stored(1, 3), stored(3, 10), [effect(3, 5), effect(2, 2)])).not.toThrow();
});
