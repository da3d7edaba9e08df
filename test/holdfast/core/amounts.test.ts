import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DefinitionFault } from '../../../lib/holdfast/core/problems/definition-fault.ts';
import { amounts, minorUnits } from '../../../lib/holdfast/index.ts';

/** An amount of so many minor units, written by hand. */
function amount(currency: string, minor: bigint) {
  const digits = minorUnits(currency) ?? 0;
  const written = String(minor).replace(
    /^(-?)(\d+)$/,
    (_, sign, all) => sign + all.padStart(digits + 1, '0'),
  );
  return {
    currency,
    value: digits === 0 ? written : written.replace(new RegExp(`(\\d{${digits}})$`), '.$1'),
  };
}

const eur = (value: string) => ({ currency: 'EUR', value });

const minors = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
const currencies = fc.constantFrom('EUR', 'JPY', 'BHD', 'CLF');
const pairs = fc.tuple(currencies, minors, minors);
const numerators = fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n });
const denominators = fc.bigInt({ min: 1n, max: 10n ** 6n });

/** What comes of an amount of so many yen, which have no minor units. */
const times = (minor: bigint, numerator: bigint, denominator: bigint, rounding: amounts.Rounding) =>
  BigInt(amounts.multiply(amount('JPY', minor), { numerator, denominator }, rounding).value);

const size = (value: bigint) => (value < 0n ? -value : value);

describe('amounts', () => {
  test('are added and subtracted exactly, in every number of digits, however large', () => {
    fc.assert(
      fc.property(pairs, ([currency, a, b]) => {
        const [one, other] = [amount(currency, a), amount(currency, b)];

        expect(amounts.add(one, other)).toEqual(amount(currency, a + b));
        expect(amounts.subtract(one, other)).toEqual(amount(currency, a - b));
        expect(amounts.sum([one, other, one], currency)).toEqual(amount(currency, a + b + a));
        expect(amounts.compare(one, other)).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  test.each([
    ['0.10', '0.20', '0.30'],
    ['999999999999999.99', '0.01', '1000000000000000.00'],
    ['0.05', '-0.10', '-0.05'],
    ['1.00', '-1.00', '0.00'],
  ])('%s and %s are %s', (one, other, both) => {
    expect(amounts.add(eur(one), eur(other))).toEqual(eur(both));
  });

  test('of nothing have the digits of their currency, and are what no amounts come to', () => {
    expect(['EUR', 'JPY', 'BHD'].map((currency) => amounts.zero(currency).value)).toEqual([
      '0.00',
      '0',
      '0.000',
    ]);
    expect(amounts.sum([], 'EUR')).toEqual(eur('0.00'));
  });

  test('in two currencies are neither added, subtracted, summed nor compared, and both are named', () => {
    const [one, other] = [eur('1.00'), { currency: 'USD', value: '1.00' }];
    const calculations = [
      () => amounts.add(one, other),
      () => amounts.subtract(one, other),
      () => amounts.compare(one, other),
      () => amounts.sum([one, other], 'EUR'),
      () => amounts.sum([other], 'EUR'),
    ];

    for (const calculate of calculations)
      expect(calculate).toThrow(
        'amounts are in EUR and in USD; convert one of them, or reject what mixes currencies',
      );
  });

  test.each(['1', '1.5', '01.00', '-0.005', '1e2', '', ' 1.00', '+1.00'])(
    'of EUR are not written %j, which an error says without the value',
    (value) => {
      expect(() => amounts.add(eur(value), eur('1.00'))).toThrow(
        new Error(
          "the value of an amount is not a decimal string with 2 digits after the point, as EUR has them; check it by a schema, or write it like '1250.00'",
        ),
      );
    },
  );

  test('are of no currency that there is not', () => {
    const fault =
      "the currency of an amount is not an ISO 4217 code; check it by a schema, or write one like 'EUR'";

    expect(() => amounts.zero('euro')).toThrow(new Error(fault));
    expect(() => amounts.add({ currency: 'secret', value: '1.00' }, eur('1.00'))).toThrow(new Error(fault));
  });
});

test('a fault of a calculation is told in an answer on one’s own machine, as every fault of a definition', () => {
  const faults = [
    () => amounts.add(eur('1.00'), amounts.zero('USD')),
    () => amounts.add(eur('1'), eur('1.00')),
    () => amounts.zero('euro'),
    () => amounts.multiply(eur('1.00'), 0.5, 'down'),
    () => amounts.allocate(eur('1.00'), []),
  ];

  for (const fault of faults) expect(fault).toThrow(DefinitionFault);
});

describe('an amount that is multiplied', () => {
  test('is at most half a unit from the exact result, and in the middle even or away from zero as was said', () => {
    fc.assert(
      fc.property(minors, numerators, denominators, (minor, numerator, denominator) => {
        const exact = minor * numerator;
        const [even, up] = (['half-even', 'half-up'] as const).map((rounding) =>
          times(minor, numerator, denominator, rounding),
        );
        const distance = (result = 0n) => 2n * size(result * denominator - exact);

        expect(distance(even) <= denominator && distance(up) <= denominator).toBe(true);
        const isMiddle = distance(even) === denominator;
        expect(isMiddle ? (even ?? 1n) % 2n : 0n).toBe(0n);
        expect(isMiddle ? size(up ?? 0n) * denominator > size(exact) : up === even).toBe(true);
      }),
    );
  });

  test('is rounded down toward zero and up away from it, by less than a unit', () => {
    fc.assert(
      fc.property(minors, numerators, denominators, (minor, numerator, denominator) => {
        const exact = size(minor * numerator);
        const [down, up] = (['down', 'up'] as const).map((rounding) =>
          size(times(minor, numerator, denominator, rounding)),
        );

        expect((down ?? 1n) * denominator <= exact && ((down ?? 0n) + 1n) * denominator > exact).toBe(true);
        expect((up ?? 0n) * denominator >= exact && ((up ?? 1n) - 1n) * denominator < exact).toBe(true);
      }),
    );
  });

  test.each([
    ['0.025', 'half-even', '0.02', '-0.02'],
    ['0.035', 'half-even', '0.04', '-0.04'],
    ['0.025', 'half-up', '0.03', '-0.03'],
    ['0.024', 'half-up', '0.02', '-0.02'],
    ['0.029', 'down', '0.02', '-0.02'],
    ['0.021', 'up', '0.03', '-0.03'],
    ['0.02', 'up', '0.02', '-0.02'],
    ['0.004', 'down', '0.00', '0.00'],
  ] as const)('to %s euros, %s, is %s, and below zero %s', (ratio, rounding, above, below) => {
    expect(amounts.multiply(eur('1.00'), ratio, rounding)).toEqual(eur(above));
    expect(amounts.multiply(eur('-1.00'), ratio, rounding)).toEqual(eur(below));
  });

  test('takes a ratio in every exact form', () => {
    const forms = ['0.5', '0.50', '-0.5', 3, 3n, '3', { numerator: 1, denominator: 3n }] as const;

    expect(forms.map((ratio) => amounts.multiply(eur('1.01'), ratio, 'down').value)).toEqual([
      '0.50',
      '0.50',
      '-0.50',
      '3.03',
      '3.03',
      '3.03',
      '0.33',
    ]);
  });

  const HOW = "; write a whole number, a decimal string like '0.19', or { numerator: 17, denominator: 31 }";

  test.each([
    [0.19, 'a ratio has a number that is not whole, or too large to be exact'],
    [0.5, 'a ratio has a number that is not whole, or too large to be exact'],
    [2 ** 53, 'a ratio has a number that is not whole, or too large to be exact'],
    [Number.NaN, 'a ratio has a number that is not whole, or too large to be exact'],
    [{ numerator: 0.1, denominator: 1 }, 'a ratio has a number that is not whole, or too large to be exact'],
    ['19 %', 'a ratio is a text that is not a decimal'],
    ['1e-2', 'a ratio is a text that is not a decimal'],
    ['.5', 'a ratio is a text that is not a decimal'],
    ['', 'a ratio is a text that is not a decimal'],
    [{ numerator: 1, denominator: 0 }, 'the denominator of a ratio is not above zero'],
    [{ numerator: 1, denominator: -3 }, 'the denominator of a ratio is not above zero'],
  ])('is not multiplied by %j', (ratio, fault) => {
    expect(() => amounts.multiply(eur('1.00'), ratio, 'half-even')).toThrow(new Error(fault + HOW));
  });
});

describe('an amount that is allocated', () => {
  const weights = fc
    .array(fc.bigInt({ min: 0n, max: 10n ** 6n }), { minLength: 1, maxLength: 8 })
    .filter((all) => all.some((weight) => weight > 0n));
  const parts = (minor: bigint, all: readonly amounts.Ratio[]) =>
    amounts.allocate(amount('JPY', minor), all).map(({ value }) => BigInt(value));

  test('comes to the same in its parts, each its share rounded down or one more, those that lost most first', () => {
    fc.assert(
      fc.property(minors, weights, (minor, all) => {
        const whole = all.reduce((sum, weight) => sum + weight, 0n);
        const made = parts(minor, all);
        const lost = all.map((weight) => (size(minor) * weight) % whole);
        const gained = made.map((part, i) => size(part) - (size(minor) * (all[i] ?? 0n)) / whole);

        expect(made.reduce((sum, part) => sum + part, 0n)).toBe(minor);
        expect(gained.every((more) => more === 0n || more === 1n)).toBe(true);
        const order = [...all.keys()].sort((a, b) => Number((lost[b] ?? 0n) - (lost[a] ?? 0n)) || a - b);
        expect(order.map((i) => gained[i])).toEqual(
          order.map((i) => gained[i]).sort((a, b) => Number((b ?? 0n) - (a ?? 0n))),
        );
        expect(all.some((weight, i) => weight === 0n && made[i] !== 0n)).toBe(false);
      }),
    );
  });

  test('is divided by the proportion of its weights alone, and below zero as above it', () => {
    fc.assert(
      fc.property(minors, weights, fc.integer({ min: 1, max: 1000 }), (minor, all, factor) => {
        const made = parts(minor, all);

        expect(
          parts(
            minor,
            all.map((weight) => weight * BigInt(factor)),
          ),
        ).toEqual(made);
        expect(
          parts(
            minor,
            all.map((weight) => ({ numerator: weight, denominator: factor })),
          ),
        ).toEqual(made);
        expect(parts(-minor, all)).toEqual(made.map((part) => -part));
      }),
    );
  });

  test.each([
    ['1.00', [1, 1, 1], ['0.34', '0.33', '0.33']],
    ['0.02', [1, 1, 1], ['0.01', '0.01', '0.00']],
    ['-0.02', [1, 1, 1], ['-0.01', '-0.01', '0.00']],
    ['0.05', ['0.3', '0.7'], ['0.02', '0.03']],
    ['10.00', ['12.00', '0.00', '8.00'], ['6.00', '0.00', '4.00']],
    ['0.10', [0, 5], ['0.00', '0.10']],
  ] as const)('%s by %j is %j', (value, given, made) => {
    expect(amounts.allocate(eur(value), given).map((part) => part.value)).toEqual(made);
  });

  test.each([[[]], [[0, 0]], [[1, -1]]])('has no parts by the weights %j', (given) => {
    expect(() => amounts.allocate(eur('1.00'), given)).toThrow(
      new Error(
        'no weight is above zero, or one is below it; give each part a weight of zero or more, and at least one of them more',
      ),
    );
  });
});
