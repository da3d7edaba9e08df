import { DefinitionFault } from '../problems/definition-fault.ts';
import { type Amount, digitsOf, fromMinor, toMinor } from './minor-amount.ts';
import { amountSchema, DECIMAL } from './money.ts';
import { fractionOf, type Ratio, type Rounding, rounded } from './ratio.ts';

export type { Amount, Ratio, Rounding };

/** An amount of nothing, or more: what is refunded, what is left. Otherwise as `money`. */
export const orZero = amountSchema({
  range: 'Zero or more',
  refuses: (value, write) =>
    value.startsWith('-') ? `is below zero; write ${write(0)} or an amount like ${write(1250)}` : undefined,
});

/** An amount above zero, of nothing, or below it: a balance, a correction. Otherwise as `money`. */
export const signed = amountSchema({
  range: 'Any amount, with a minus below zero',
  pattern: DECIMAL.source.replace('^', '^-?'),
  refuses: (value, write) => (/^-[0.]+$/.test(value) ? `is zero with a minus; write ${write(0)}` : undefined),
});

/** @throws DefinitionFault that names both, for two currencies */
function sameCurrency(one: Amount, other: Amount): void {
  if (one.currency === other.currency) return;
  // Looked up first, so that the message holds nothing but ISO codes.
  for (const { currency } of [one, other]) digitsOf(currency);
  throw new DefinitionFault(
    `amounts are in ${one.currency} and in ${other.currency}; convert one of them, or reject what mixes currencies`,
  );
}

/** An amount of nothing. */
export const zero = (currency: string): Amount => fromMinor(currency, 0n);

/** Both together. */
export function add(one: Amount, other: Amount): Amount {
  sameCurrency(one, other);
  return fromMinor(one.currency, toMinor(one) + toMinor(other));
}

/** What is left of the one without the other; below zero where that is more. */
export function subtract(one: Amount, other: Amount): Amount {
  sameCurrency(one, other);
  return fromMinor(one.currency, toMinor(one) - toMinor(other));
}

/** All of them together. @param currency of each, and of what no amounts come to */
export const sum = (amounts: readonly Amount[], currency: string): Amount =>
  amounts.reduce(add, zero(currency));

/** Below zero where the one is less than the other, above where it is more, and 0 for the same: what `sort` takes. */
export function compare(one: Amount, other: Amount): -1 | 0 | 1 {
  sameCurrency(one, other);
  const difference = toMinor(one) - toMinor(other);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

/** An amount so many times, or a part of it: `multiply(price, 3, 'down')`, `multiply(net, '0.19', 'half-even')`. */
export function multiply(amount: Amount, ratio: Ratio, rounding: Rounding): Amount {
  const [numerator, denominator] = fractionOf(ratio);
  return fromMinor(amount.currency, rounded([toMinor(amount) * numerator, denominator], rounding));
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

/** Weights in their proportion, as whole numbers. */
function wholeWeights(weights: readonly Ratio[]): readonly bigint[] {
  const fractions = weights.map(fractionOf);
  const common = fractions.reduce((all, [, each]) => (all / gcd(all, each)) * each, 1n);
  const whole = fractions.map(([numerator, denominator]) => numerator * (common / denominator));
  if (whole.some((weight) => weight < 0n) || whole.every((weight) => weight === 0n))
    throw new DefinitionFault(
      'no weight is above zero, or one is below it; give each part a weight of zero or more, and at least one of them more',
    );
  return whole;
}

/**
 * An amount in parts of these weights, which come to it exactly: `allocate(discount, lines.map(({ price }) => price.value))`.
 * Each gets its share, rounded down; the minor units that are left go to those that lost the largest part of one by that,
 * one each, and where these are the same, to the earlier one.
 */
export function allocate(amount: Amount, weights: readonly Ratio[]): Amount[] {
  const whole = wholeWeights(weights);
  const all = whole.reduce((sumOf, weight) => sumOf + weight, 0n);
  const minor = toMinor(amount);
  const size = minor < 0n ? -minor : minor;
  const shares = whole.map((weight) => (size * weight) / all);
  const left = shares.reduce((rest, share) => rest - share, size);
  const lost = (i: number) => (size * (whole[i] ?? 0n)) % all;
  const favoured = new Set(
    [...whole.keys()]
      .toSorted((a, b) => (lost(b) === lost(a) ? a - b : lost(b) > lost(a) ? 1 : -1))
      .slice(0, Number(left)),
  );
  return shares.map((share, i) => {
    const part = favoured.has(i) ? share + 1n : share;
    return fromMinor(amount.currency, minor < 0n ? -part : part);
  });
}
