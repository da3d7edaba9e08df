import { DefinitionFault } from '../problems/definition-fault.ts';

/** A whole number: a quantity, a count of days. */
export type Whole = number | bigint;

/**
 * By what an amount is multiplied, or in what proportion it is divided: a whole number, a decimal string such as `'0.19'`, or
 * a fraction such as `{ numerator: 17, denominator: 31 }`. A number that is not whole is refused: 0.19 is no binary fraction,
 * so it would be another rate than the one that was written.
 */
export type Ratio = Whole | string | { readonly numerator: Whole; readonly denominator: Whole };

/**
 * Where a result goes that falls between two minor units: to the nearer one, and from the middle to the even one or away from
 * zero; always toward zero; or always away from it. An amount below zero is rounded as its counterpart above it is.
 */
export type Rounding = 'half-even' | 'half-up' | 'down' | 'up';

/** A numerator and a denominator above zero. */
export type Fraction = readonly [numerator: bigint, denominator: bigint];

const refused = (what: string) =>
  new DefinitionFault(
    `${what}; write a whole number, a decimal string like '0.19', or { numerator: 17, denominator: 31 }`,
  );

/** @throws DefinitionFault for a number that is not whole, or beyond those that a number holds exactly */
function whole(value: Whole): bigint {
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return BigInt(value);
  throw refused('a ratio has a number that is not whole, or too large to be exact');
}

/** @throws DefinitionFault for what is no exact ratio */
export function fractionOf(ratio: Ratio): Fraction {
  if (typeof ratio === 'string') {
    const [match, fraction = ''] = /^-?\d+(?:\.(\d+))?$/.exec(ratio) ?? [];
    if (match === undefined) throw refused('a ratio is a text that is not a decimal');
    return [BigInt(ratio.replace('.', '')), 10n ** BigInt(fraction.length)];
  }
  if (typeof ratio !== 'object') return [whole(ratio), 1n];
  const denominator = whole(ratio.denominator);
  if (denominator <= 0n) throw refused('the denominator of a ratio is not above zero');
  return [whole(ratio.numerator), denominator];
}

/** Whether a quotient is one more than its whole part, by which the rest is compared with the half. */
const ROUNDED: Readonly<Record<Rounding, (half: -1 | 0 | 1, isOdd: boolean) => boolean>> = {
  'half-even': (half, isOdd) => half > 0 || (half === 0 && isOdd),
  'half-up': (half) => half >= 0,
  down: () => false,
  up: () => true,
};

/** A quotient, rounded to a whole number. @param denominator above zero */
export function rounded([numerator, denominator]: Fraction, rounding: Rounding): bigint {
  const size = numerator < 0n ? -numerator : numerator;
  const [part, rest] = [size / denominator, size % denominator];
  const twice = 2n * rest;
  const half = twice === denominator ? 0 : twice < denominator ? -1 : 1;
  const isMore = rest > 0n && ROUNDED[rounding](half, part % 2n === 1n);
  const result = isMore ? part + 1n : part;
  return numerator < 0n ? -result : result;
}
