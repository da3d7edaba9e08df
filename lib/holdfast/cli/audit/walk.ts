import type { Attributes } from '../../runtime/aws/attributes.ts';
import { type Records, type Tear, tearsOf } from './tears.ts';

/** A table that can be walked. */
export interface Walked extends Records {
  /** Every record, in any order, perhaps as it stood some seconds ago. */
  all(): AsyncIterable<Attributes>;
}

/**
 * What does not fit in a whole table, each pair once. A table that is written meanwhile shows what only seems so: what is told
 * was found twice, by reads that see the last write.
 */
export async function* tearsIn(records: Walked): AsyncGenerator<Tear> {
  const told = new Set<string>();
  for await (const attributes of records.all()) {
    for (const tear of await standing(attributes, records)) {
      const name = tear.pair.toSorted().join(' ');
      if (told.has(name)) continue;
      told.add(name);
      yield tear;
    }
  }
}

async function standing(attributes: Attributes, records: Records): Promise<readonly Tear[]> {
  if ((await tearsOf(attributes, records)).length === 0) return [];
  const now = await records.get(attributes.pk?.S ?? '');
  if (now === undefined) return [];
  const first = await tearsOf(now, records);
  const again = first.length === 0 ? [] : await tearsOf(now, records);
  const whats = again.map(({ what }) => what);
  return first.filter(({ what }) => whats.includes(what));
}
