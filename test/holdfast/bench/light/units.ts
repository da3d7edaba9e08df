import { steps } from '../capacity.ts';
import type { Traffic } from './work.ts';

/** Write units, without those of indexes. */
export interface WriteUnits {
  /** Of the items that writers want. */
  readonly hot: number;
  /** Of everything else: receipts that have left their item, records of keys. */
  readonly elsewhere: number;
}

/**
 * Write units of all processes, refused writes included: a failed condition takes as many as its item is large. How large an
 * item was before and after a write is known from answers to whoever has read that version; one that nobody has read counts as
 * the one before.
 * @param isHot whether a partition key is of an item that writers want
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export function unitsOfWriters(all: readonly Traffic[], isHot: (pk: string) => boolean): WriteUnits {
  const sizes: Traffic['sizes'] = Object.assign({}, ...all.map((each) => each.sizes));
  const units = { hot: 0, elsewhere: 0 };
  for (const { pk, version, bytes = 0, isTogether } of all.flatMap(({ writes }) => writes)) {
    const known =
      version === undefined ? [] : [version, version + 1].map((each) => sizes[`${pk} ${each}`] ?? 0);
    units[isHot(pk) ? 'hot' : 'elsewhere'] += steps(Math.max(bytes, ...known), 1_024) * (isTogether ? 2 : 1);
  }
  return units;
}
