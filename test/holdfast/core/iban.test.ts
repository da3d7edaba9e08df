import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { iban } from '../../../functions/values/iban.ts';

const isIban = (value: unknown) => iban.safeParse(value).success;

// Examples of the registry of ISO 13616.
const examples = [
  'AT611904300234573201',
  'BE68539007547034',
  'BR1800360305000010009795493C1',
  'CH9300762011623852957',
  'DE89370400440532013000',
  'ES9121000418450200051332',
  'FR1420041010050500013M02606',
  'GB29NWBK60161331926819',
  'IT60X0542811101000000123456',
  'LC55HEMM000100010012001200023015',
  'MT84MALT011000012345MTLCAST001S',
  'NL91ABNA0417164300',
  'NO9386011117947',
  'SA0380000000608010167519',
];

const anyExample = fc.constantFrom(...examples);
const anyPlace = fc.nat({ max: 33 });

describe('an IBAN', () => {
  test.each(examples)('%s is valid', (value) => {
    expect(isIban(value)).toBe(true);
  });

  test('is not valid with one digit wrong, whichever it is', () => {
    fc.assert(
      fc.property(anyExample, anyPlace, fc.integer({ min: 1, max: 9 }), (valid, place, difference) => {
        const at = place % valid.length;
        const digit = Number(valid[at]);
        fc.pre(!Number.isNaN(digit));
        const wrong = valid.slice(0, at) + ((digit + difference) % 10) + valid.slice(at + 1);

        expect(isIban(wrong)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('is not valid with two neighbours exchanged', () => {
    fc.assert(
      fc.property(anyExample, anyPlace, (valid, place) => {
        const at = place % (valid.length - 1);
        const [a = '', b = ''] = [valid[at], valid[at + 1]];
        fc.pre(a !== b);
        const wrong = `${valid.slice(0, at)}${b}${a}${valid.slice(at + 2)}`;

        expect(isIban(wrong)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['in lower case', 'de89370400440532013000'],
    ['with spaces', 'DE89 3704 0044 0532 0130 00'],
    ['with a line end', 'DE89370400440532013000\n'],
    ['with a prefix', 'IBANDE89370400440532013000'],
    ['of another country', 'FR89370400440532013000'],
    ['cut short', 'DE893704004405'],
    ['too long', `DE89${'0'.repeat(31)}`],
    ['in other digits', 'DE８９370400440532013000'],
    ['that is empty', ''],
    ['that is a number', 89370400],
  ])('%s is none', (_, value) => {
    expect(isIban(value)).toBe(false);
  });

  // Check digits are 98 minus a remainder, hence 02 to 98; 00, 01 and 99 have the remainder of 97, 98 and 02.
  test('has one spelling: check digits that no country issues are refused', () => {
    const issued = isIban('DE02370400440000000024');

    expect({ issued, twin: isIban('DE99370400440000000024') }).toEqual({ issued: true, twin: false });
  });

  // Each has the check digits of its own digits.
  test.each([
    ['country that there is none of', 'XX0912345678901234567890'],
    ['length that its country has not: 20 of 22', withCheckDigits('DE', '3704004405320130')],
    ['length that its country has not: 24 of 22', withCheckDigits('DE', '37040044053201300000')],
    ['letter where its country has digits', withCheckDigits('DE', '37040044053201300A')],
    ['country that has no IBANs', withCheckDigits('US', '370400440532013000')],
  ])('C6: is none with a %s', (_, value) => {
    expect(isIban(value)).toBe(false);
  });
});

/** ISO 7064 over the rotated digits. */
function withCheckDigits(country: string, bban: string): string {
  const digits = [...`${bban}${country}00`].map((c) => Number.parseInt(c, 36)).join('');
  return `${country}${String(98n - (BigInt(digits) % 97n)).padStart(2, '0')}${bban}`;
}
