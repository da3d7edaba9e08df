import { DefinitionFault } from '../problems/definition-fault.ts';
import { minorUnits } from './minor-units.ts';

/** An amount of a currency: what the schema `money` accepts, one of nothing, or one below zero. */
export interface Amount {
  readonly currency: string;
  readonly value: string;
}

// As many digits as it takes: what is out of a schema's range may come back into it by the next step.
const SIGNED = /^-?(?:0|[1-9]\d*)(?:\.(\d+))?$/;

/**
 * Digits after the point that amounts of a currency have.
 * @throws DefinitionFault for a code that is none
 */
export function digitsOf(currency: string): number {
  const digits = minorUnits(currency);
  if (digits !== undefined) return digits;
  throw new DefinitionFault(
    "the currency of an amount is not an ISO 4217 code; check it by a schema, or write one like 'EUR'",
  );
}

/**
 * An amount in its currency's minor units: 1250.00 EUR are 125,000.
 * @throws DefinitionFault for what no schema of amounts accepts, whatever its range
 */
export function toMinor({ currency, value }: Amount): bigint {
  const digits = digitsOf(currency);
  const [match, fraction = ''] = SIGNED.exec(value) ?? [];
  if (match !== undefined && fraction.length === digits) return BigInt(value.replace('.', ''));
  throw new DefinitionFault(
    `the value of an amount is not a decimal string with ${digits} digits after the point, as ${currency} has them; check it by a schema, or write it like '${(1250).toFixed(digits)}'`,
  );
}

/** The amount of so many minor units, in its one spelling. */
export function fromMinor(currency: string, minor: bigint): Amount {
  const digits = digitsOf(currency);
  const all = String(minor < 0n ? -minor : minor).padStart(digits + 1, '0');
  const point = all.length - digits;
  const fraction = digits === 0 ? '' : `.${all.slice(point)}`;
  return { currency, value: `${minor < 0n ? '-' : ''}${all.slice(0, point)}${fraction}` };
}
