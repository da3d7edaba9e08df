import * as z from 'zod';

/** ISO 13616: country, two check digits, up to 30 characters; the remainder by 97 over the rotated digits is 1 (ISO 7064). */
function isIban(value: string): boolean {
  // Check digits are 98 less a remainder by 97: one outside 02 to 98 would be a second spelling of another.
  if (!/^[A-Z]{2}(?!00|01|99)\d{2}[A-Z0-9]{11,30}$/.test(value)) return false;
  const digits = [...`${value.slice(4)}${value.slice(0, 4)}`].map((c) => Number.parseInt(c, 36)).join('');
  return BigInt(digits) % 97n === 1n;
}

/** An International Bank Account Number in its electronic form: capitals and digits, no spaces. */
export const iban = z
  .string()
  .refine(isIban, 'is not an IBAN; write it in capitals without spaces')
  .meta({ pattern: '^[A-Z]{2}\\d{2}[A-Z0-9]{11,30}$', examples: ['DE89370400440532013000'] });
