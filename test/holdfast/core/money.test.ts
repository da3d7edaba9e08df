import { describe, expect, test } from '@jest/globals';
import { money } from '../../../lib/holdfast/core/values/money.ts';

const accepts = (currency: string, value: unknown) => money.safeParse({ currency, value }).success;

describe('money', () => {
  test.each([
    ['EUR', '1250.00'],
    ['USD', '0.01'],
    ['JPY', '1250'],
    ['KRW', '1'],
    ['BHD', '1.234'],
    ['KWD', '0.001'],
    ['CHF', '999999999999999.99'],
  ])('of %s is written %s', (currency, value) => {
    expect(accepts(currency, value)).toBe(true);
  });

  test.each(['0', '0.00', '1', '1.0', '1.000', '.50', '1.', '+1.00', '-1.00', '00.50', '1,00', '1 000.00'])(
    'of EUR is not written %s',
    (value) => {
      expect(accepts('EUR', value)).toBe(false);
    },
  );

  test.each(['1e3', '0x10', 'NaN', 'Infinity', '', ' ', '1.00 ', '１.００', '١.٠٠', '1_000.00', '1.00\n'])(
    'of EUR is not spelt %j',
    (value) => {
      expect(accepts('EUR', value)).toBe(false);
    },
  );

  test.each([1250, 12.5, null, undefined, ['1.00'], { value: '1.00' }, true])(
    'of EUR is a string, and not %j',
    (value) => {
      expect(accepts('EUR', value)).toBe(false);
    },
  );

  test.each(['eur', 'Eur', 'EURO', 'EU', '', '€', 'ZZZ', 'XYZ', 'toString', 'EUR '])(
    'knows no currency %j',
    (currency) => {
      const { error } = money.safeParse({ currency, value: '1.00' });

      expect(error?.issues.map(({ path, message }) => ({ path, message }))).toEqual([
        { path: ['currency'], message: 'is not an ISO 4217 currency code' },
      ]);
    },
  );

  test('says of a wrong value how one of that currency is written', () => {
    const messages = ['EUR', 'JPY', 'BHD'].map(
      (currency) => money.safeParse({ currency, value: 'x' }).error?.issues[0]?.message,
    );

    expect(messages).toEqual([
      'is not a decimal string with 2 digits after the point, as EUR has them ("1250.00")',
      'is not a decimal string with 0 digits after the point, as JPY has them ("1250")',
      'is not a decimal string with 3 digits after the point, as BHD has them ("1250.000")',
    ]);
  });

  test.each([
    ['EUR', '-12.50', '1250.00'],
    ['EUR', '0.00', '1250.00'],
    ['JPY', '-0', '1250'],
  ])(
    'of %s that is %s is said not to be above zero, however well it is written',
    (currency, value, example) => {
      const { error } = money.safeParse({ currency, value });

      expect(error?.issues.map(({ message }) => message)).toEqual([
        `is not above zero; write an amount like "${example}"`,
      ]);
    },
  );

  test('has no other members', () => {
    expect(money.safeParse({ currency: 'EUR', value: '1.00', unit: 'cent' }).success).toBe(false);
  });

  // Intl knows how many digits people write (CLDR), and not the minor units of ISO 4217, which banks book in. Its
  // answer also changes with the ICU that a Node release brings, and with it the one spelling of an amount.
  test.each([
    ['HUF', '1250.00'],
    ['IDR', '1250.00'],
    ['COP', '1250.00'],
    ['PKR', '1250.00'],
    ['ALL', '1250.00'],
    ['IQD', '1250.000'],
  ])('of %s has the minor units of ISO 4217: %s', (currency, value) => {
    expect(accepts(currency, value)).toBe(true);
  });
});
