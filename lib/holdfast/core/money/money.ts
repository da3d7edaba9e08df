import * as z from 'zod';
import { closed } from '../values/text.ts';
import { minorUnits } from './minor-units.ts';

// At most 15 digits before the point: no ledger needs more, and every implementation holds as many.
export const DECIMAL = /^(?:0|[1-9]\d{0,14})(?:\.(\d+))?$/;

/** What tells the amounts of one schema from those of another. */
interface AmountRule {
  /** In a sentence, before "with exactly the currency's minor units". */
  readonly range: string;
  /** Of the value, as far as a contract can say it. @default digits alone, without a sign */
  readonly pattern?: string;
  /** What is wrong with a value that is written well. @param write an amount of its currency */
  readonly refuses: (value: string, write: (amount: number) => string) => string | undefined;
}

/** Every schema of an amount: they differ in the range of its value, and in nothing that they say of its spelling. */
export const amountSchema = ({ range, pattern = DECIMAL.source, refuses }: AmountRule) =>
  z
    .strictObject({
      currency: closed(
        z.string().register(z.globalRegistry, {
          description: 'ISO 4217 code',
          pattern: '^[A-Z]{3}$',
          examples: ['EUR'],
        }),
      ),
      value: closed(
        z.string().register(z.globalRegistry, {
          description: `${range}, with exactly the currency's minor units.`,
          pattern,
          examples: ['1250.00'],
        }),
      ),
    })
    .superRefine(({ currency, value }, context) => {
      const digits = minorUnits(currency);
      const refuse = (member: string, message: string | undefined) =>
        message && context.addIssue({ code: 'custom', path: [member], message });
      if (digits === undefined) {
        refuse('currency', 'is not an ISO 4217 currency code');
        return;
      }
      const write = (amount: number) => `"${amount.toFixed(digits)}"`;
      // The sign aside, so that an amount below zero is told what is wrong with it.
      const [match, fraction = ''] = DECIMAL.exec(value.replace(/^-/, '')) ?? [];
      refuse(
        'value',
        match === undefined || fraction.length !== digits
          ? `is not a decimal string with ${digits} digits after the point, as ${currency} has them (${write(1250)})`
          : refuses(value, write),
      );
    });

/**
 * An amount of money: `{ currency: "EUR", value: "1250.00" }`. The value is a decimal string above zero with exactly
 * the currency's minor units, so that one amount has one spelling.
 */
export const money = amountSchema({
  range: 'Above zero',
  refuses: (value, write) =>
    /^(?:-|[0.]+$)/.test(value) ? `is not above zero; write an amount like ${write(1250)}` : undefined,
});
