import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as amounts from '../../../lib/holdfast/core/money/amounts.ts';
import { money } from '../../../lib/holdfast/core/money/money.ts';

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

describe('the schemas of amounts', () => {
  const said = (schema: typeof money, value: unknown, currency: unknown = 'EUR') =>
    schema
      .safeParse({ currency, value })
      .error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  const all = [money, amounts.orZero, amounts.signed];

  test.each([
    ['12.50', [true, true, true]],
    ['0.00', [false, true, true]],
    ['-12.50', [false, false, true]],
    ['-0.00', [false, false, false]],
    ['999999999999999.99', [true, true, true]],
    ['9999999999999999.99', [false, false, false]],
    ['--1.00', [false, false, false]],
  ])('take %s above zero, from zero, and with a sign: %j', (value, taken) => {
    expect(all.map((schema) => schema.safeParse({ currency: 'EUR', value }).success)).toEqual(taken);
  });

  test('say the same of what is wrong with all of them', () => {
    const wrong = [
      ['1.5', 'EUR'],
      ['1.00', 'euro'],
      [1, 'EUR'],
      ['1', 'BHD'],
    ];

    const told = wrong.map(([value, currency]) => all.map((schema) => said(schema, value, currency)));

    for (const [first, ...others] of told) for (const other of others) expect(other).toEqual(first);
    expect(told.flat()).not.toContain(undefined);
  });

  test('say what range they take, in the digits of the currency', () => {
    expect(said(amounts.orZero, '-1.00')).toEqual([
      'value is below zero; write "0.00" or an amount like "1250.00"',
    ]);
    expect(said(amounts.signed, '-0.00')).toEqual(['value is zero with a minus; write "0.00"']);
    expect(said(amounts.signed, '-0', 'JPY')).toEqual(['value is zero with a minus; write "0"']);
  });

  test.each(['EUR', 'JPY', 'BHD'])(
    'take every result of a calculation in %s that is in their range',
    (currency) => {
      fc.assert(
        fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }), (count) => {
          const digits = amounts.zero(currency).value.replace(/\d$/, '1');
          const made = amounts.multiply({ currency, value: digits }, count, 'down');

          expect(amounts.orZero.safeParse(made).success).toBe(true);
          expect(amounts.signed.safeParse(amounts.subtract(amounts.zero(currency), made)).success).toBe(true);
          expect(money.safeParse(made).success).toBe(count > 0n);
        }),
      );
    },
  );
});
