import * as z from 'zod';
import { minorUnits } from './minor-units.ts';
import { closed } from './text.ts';

// At most 15 digits before the point: no ledger needs more, and every implementation holds as many.
const DECIMAL = /^(?:0|[1-9]\d{0,14})(?:\.(\d+))?$/;

/**
 * An amount of money: `{ currency: "EUR", value: "1250.00" }`. The value is a decimal string above zero with exactly
 * the currency's minor units, so that one amount has one spelling.
 */
export const money = z
  .strictObject({
    currency: closed(
      z.string().meta({ description: 'ISO 4217 code', pattern: '^[A-Z]{3}$', examples: ['EUR'] }),
    ),
    value: closed(
      z.string().meta({
        description: "Above zero, with exactly the currency's minor units.",
        pattern: DECIMAL.source,
        examples: ['1250.00'],
      }),
    ),
  })
  .superRefine(({ currency, value }, context) => {
    const digits = minorUnits(currency);
    if (digits === undefined) {
      context.addIssue({ code: 'custom', path: ['currency'], message: 'is not an ISO 4217 currency code' });
      return;
    }
    const example = digits === 0 ? '1250' : `1250.${'0'.repeat(digits)}`;
    // The sign aside, so that an amount below zero is told what is wrong with it.
    const [match, fraction = ''] = DECIMAL.exec(value.replace(/^-/, '')) ?? [];
    if (match === undefined || fraction.length !== digits) {
      context.addIssue({
        code: 'custom',
        path: ['value'],
        message: `is not a decimal string with ${digits} digits after the point, as ${currency} has them ("${example}")`,
      });
    } else if (/^(?:-|[0.]+$)/.test(value)) {
      const message = `is not above zero; write an amount like "${example}"`;
      context.addIssue({ code: 'custom', path: ['value'], message });
    }
  });
