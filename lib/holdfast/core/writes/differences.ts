import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '../definitions/define-resource.ts';
import type { Item, PlannedWrite, Values } from '../store/store.ts';
import { kept } from './keeping.ts';

/** A resource as it stands in its table. */
export interface Found {
  readonly resource: Resource;
  readonly pk: string;
  readonly item: Item;
  /** Every attribute of its item by name. */
  readonly attributes: Values;
}

/** What capabilities would keep with a resource as it stands, where that is not what is kept. */
export interface Differences {
  /** Attributes of its item to set, what capabilities keep for themselves included, or to remove where `null`. */
  readonly attributes: Values;
  /**
   * Other items: each `put` has to be there, of its owner, and may be; each `remove` is held by the item for nothing. A
   * condition that fails tells of another owner.
   */
  readonly writes: readonly PlannedWrite[];
}

/** Holds a resource as it stands against what its capabilities would keep if it were written so now; nothing is written. */
export function differences({ resource, pk, item, attributes }: Found): Differences {
  const next = item.stored;
  const now = kept({ resource, pk, read: undefined, next });
  const left = kept({ resource, pk, read: item, next }).writes.filter((each) => 'remove' in each);
  const due: Values = { ...now.attributes, ...(resource.extensions && { derived: now.derived }) };
  const differing = Object.entries(due).filter(
    ([name, value]) => !isDeepStrictEqual(attributes[name] ?? EMPTY[name], value ?? undefined),
  );
  return {
    attributes: Object.fromEntries(differing),
    writes: [...now.writes.filter((each) => 'put' in each), ...left],
  };
}

/** What the lack of an attribute says. */
const EMPTY: Values = { derived: {} };
