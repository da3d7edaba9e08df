import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Effect } from './work.ts';

type Item = Record<string, AttributeValue>;

/**
 * Compares an item with what writers were told: each version was told to one of them, and what was spent is what they spent.
 * @throws Error where it is not so
 */
export function compareWithLedger(before: Item, after: Item, effects: readonly Effect[]): void {
  const first = Number(before.version?.N) + 1;
  const last = Number(after.version?.N);
  const written = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const told = effects.map(({ version }) => version).toSorted((a, b) => a - b);
  if (told.join() !== written.join())
    throw new Error(`versions ${first} to ${last} were written, and writers were told ${told.join(', ')}`);
  const spent = (item: Item) => Number(item.data?.M?.spent?.N ?? Number.NaN);
  const sum = effects.reduce((all, { amount }) => all + amount, 0);
  if (spent(after) - spent(before) !== sum && !Number.isNaN(spent(after)))
    throw new Error(`writers spent ${sum}, and ${spent(after) - spent(before)} were taken`);
}
