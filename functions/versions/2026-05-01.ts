import { changeMembers, defineVersion, minorUnits, money } from 'holdfast';
import * as z from 'zod';

/** Digits after the point; a currency that does not exist is refused in the newer shape. */
const digitsOf = (currency: string) => minorUnits(currency) ?? 0;

const amount = changeMembers({
  older: z.object({ amount: z.int().positive(), currency: z.string() }),
  newer: z.object({ amount: money }),
  up({ amount: units, currency }) {
    const digits = digitsOf(currency);
    const text = String(units).padStart(digits + 1, '0');
    const point = text.length - digits;
    const value = digits === 0 ? text : `${text.slice(0, point)}.${text.slice(point)}`;
    return { amount: { currency, value } };
  },
  // Beyond 2^53 minor units, the nearest number: the older shape cannot say more.
  down: ({ amount: { currency, value } }) => ({ amount: Number(value.replace('.', '')), currency }),
  pointers: { '/amount/currency': '/currency' },
});

export default defineVersion({
  version: '2026-05-01',
  summary: 'An amount is a whole number of minor units, and its currency stands beside it.',
  deprecated: '2026-11-01',
  sunset: '2027-11-01',
  changes: {
    payouts: { representation: amount, inputs: { create: amount, 'change-amount': amount } },
  },
});
