import { closed } from 'holdfast';
import { isValidIBAN } from 'ibantools';
import * as z from 'zod';

/** Capitals and digits alone. Check digits are 98 less a remainder by 97: 00, 01 and 99 would be second spellings. */
const ELECTRONIC = /^[A-Z]{2}(?!00|01|99)\d{2}[A-Z0-9]{11,30}$/;

/**
 * An International Bank Account Number in its electronic form: capitals and digits, no spaces. Its country is in the
 * registry of ISO 13616, and its length, structure and check digits are as that country has them.
 * @see https://www.swift.com/standards/data-standards/iban-international-bank-account-number
 */
export const iban = closed(
  z
    .string()
    .refine((value) => ELECTRONIC.test(value) && isValidIBAN(value), {
      error: 'is not an IBAN; write it in capitals without spaces, as long as its country has it',
    })
    .meta({ pattern: '^[A-Z]{2}\\d{2}[A-Z0-9]{11,30}$', examples: ['DE89370400440532013000'] }),
);
