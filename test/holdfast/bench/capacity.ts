import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { itemBytes } from '../support/items.ts';

/** An item, as it is stored. */
export type Item = Record<string, AttributeValue>;

/** Key attributes of each table. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  RecordsTable: ['pk'],
  IdempotencyTable: ['id'],
};

/** An index as the template declares it. */
export interface Index {
  /** Its own key attributes. */
  readonly keys: readonly string[];
  /** What it carries besides keys. */
  readonly projected: readonly string[];
}

/** The indexes that a table's properties declare, by their names. */
export function indexesOf(properties: Readonly<Record<string, unknown>> = {}): ReadonlyMap<string, Index> {
  const declared = properties.GlobalSecondaryIndexes as readonly {
    readonly IndexName: string;
    readonly KeySchema: readonly { readonly AttributeName: string }[];
    readonly Projection: { readonly NonKeyAttributes?: readonly string[] };
  }[];
  return new Map(
    declared.map(({ IndexName, KeySchema, Projection }) => [
      IndexName,
      {
        keys: KeySchema.map(({ AttributeName }) => AttributeName),
        projected: Projection.NonKeyAttributes ?? [],
      },
    ]),
  );
}

/** One item that a call reads or writes. */
export interface Touch {
  readonly table: string;
  readonly key: Item;
  readonly writes: boolean;
  readonly transactional: boolean;
}

/** Request units of one or more calls. */
export interface Units {
  readonly reads: number;
  /** Of the table of resources. */
  readonly writes: number;
  /** Of the table of idempotency records. */
  readonly recordWrites: number;
  /** Of the indexes of the table of resources. */
  readonly indexWrites: number;
}

interface Written {
  readonly TableName: string;
  readonly Key?: Item;
  readonly Item?: Item;
}

/** What a call touches, as its input says it: one item, or those of a transaction. */
export function touches(operation: string, input: Record<string, unknown>): readonly Touch[] {
  if (operation === 'TransactWriteItems') {
    const items = input.TransactItems as readonly Readonly<Record<string, Written>>[];
    return items.flatMap(Object.values<Written>).map((each) => touch(each, true, true));
  }
  return [touch(input as unknown as Written, operation !== 'GetItem', false)];
}

function touch({ TableName, Key, Item = {} }: Written, writes: boolean, transactional: boolean): Touch {
  const own = KEYS[TableName] ?? [];
  const key = Key ?? Object.fromEntries(own.map((name) => [name, Item[name] as AttributeValue]));
  return { table: TableName, key, writes, transactional };
}

/** Units of so many bytes, one for each begun piece of a size. */
export const steps = (bytes: number, size: number) => Math.max(1, Math.ceil(bytes / size));

const sizeOf = (item: Item | undefined) => (item === undefined ? 0 : itemBytes(item));

/**
 * Units of one touch, by what stood there before and stands there after: a write takes one for each KB of the larger,
 * refused or not, and twice that in a transaction; a strongly consistent read one for each 4 KB.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export function unitsOf(
  { table, writes, transactional }: Touch,
  { before, after }: { readonly before: Item | undefined; readonly after: Item | undefined },
  indexes: readonly Index[],
): Units {
  if (!writes) return { ...NONE, reads: steps(sizeOf(before), 4_096) };
  const own = steps(Math.max(sizeOf(before), sizeOf(after)), 1_024) * (transactional ? 2 : 1);
  if (table !== 'RecordsTable') return { ...NONE, recordWrites: own };
  const indexWrites = indexes.reduce((sum, index) => sum + indexUnits(index, before, after), 0);
  return { ...NONE, writes: own, indexWrites };
}

/** Units that one partition of an index takes of a write. */
export interface PartitionUnits {
  /** Value of the index's partition key. */
  readonly partition: string;
  readonly units: number;
}

/**
 * An index is written where what it carries has changed: once, or twice where its key has, since the old entry goes.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html
 */
export function partitionsWritten(
  index: Index,
  before: Item | undefined,
  after: Item | undefined,
): readonly PartitionUnits[] {
  const [old, fresh] = [entry(index, before), entry(index, after)];
  // An emulator gives the members of a map in any order.
  if (isDeepStrictEqual(old, fresh)) return [];
  const [hash = ''] = index.keys;
  const of = (each: Item | undefined, bytes = sizeOf(each)): PartitionUnits => ({
    partition: each?.[hash]?.S ?? '',
    units: steps(bytes, 1_024),
  });
  if (old === undefined || fresh === undefined) return [of(old ?? fresh)];
  const sameKey = index.keys.every((name) => old[name]?.S === fresh[name]?.S);
  return sameKey ? [of(fresh, Math.max(sizeOf(old), sizeOf(fresh)))] : [of(old), of(fresh)];
}

const indexUnits = (index: Index, before: Item | undefined, after: Item | undefined): number =>
  partitionsWritten(index, before, after).reduce((all, { units }) => all + units, 0);

/** What an index holds of an item; nothing of one that lacks a key. */
function entry({ keys, projected }: Index, item: Item | undefined): Item | undefined {
  if (item === undefined || keys.some((name) => item[name] === undefined)) return undefined;
  const names = [...(KEYS.RecordsTable ?? []), ...keys, ...projected].filter(
    (name) => item[name] !== undefined,
  );
  return Object.fromEntries(names.map((name) => [name, item[name] as AttributeValue]));
}

/** No call at all. */
export const NONE: Units = { reads: 0, writes: 0, recordWrites: 0, indexWrites: 0 };

/** Units of several calls together. */
export const sum = (all: readonly Units[]): Units =>
  all.reduce(
    (a, b) => ({
      reads: a.reads + b.reads,
      writes: a.writes + b.writes,
      recordWrites: a.recordWrites + b.recordWrites,
      indexWrites: a.indexWrites + b.indexWrites,
    }),
    NONE,
  );
