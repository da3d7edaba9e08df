import { UsageError } from '../../../lib/holdfast/cli/command/command.ts';

/** A number that an option gives. @throws UsageError */
export function wholeNumber(option: string, value: string): number {
  if (/^\d{1,10}$/.test(value)) return Number(value);
  throw new UsageError(`--${option} is '${value}'; give a whole number`);
}

/** The seed that was given; undefined where none was. @throws UsageError */
export const seedOf = (value: string | undefined): number | undefined =>
  value === undefined ? undefined : wholeNumber('seed', value);
