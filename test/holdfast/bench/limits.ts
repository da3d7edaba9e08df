import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { READ_SHARDS, WRITTEN_SHARDS } from '../../../lib/holdfast/core/definitions/due-lists.ts';
import { type Index, indexesOf, type Units, unitsOf } from './capacity.ts';
import { markdownTable } from './markdown-table.ts';

type Item = Record<string, AttributeValue>;

/**
 * Write units a second of one partition, of a table or of an index; an index that cannot follow throttles its table.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
 */
const PARTITION_UNITS = 1_000;

/** How many of something the design lets through, and where it ends. */
export interface Limit {
  /** Of what. */
  readonly of: string;
  /** The one partition that all of them write to. */
  readonly where: string;
  /** Write units of one of them there. */
  readonly units: number;
  readonly perSecond: number;
}

/** What is stored of a payout and of its operation, as the golden recording of a release has it. */
export interface Stored {
  readonly payout: Item;
  readonly operation: Item;
}

/**
 * Changes of an operation that nothing disturbs, as `npm run operation -- show` lists those of a disbursement: to which
 * state each leads. The last one leaves the index of what is due.
 */
const DISBURSEMENT = [
  'accepted',
  'running',
  'running',
  'running',
  'running',
  'running',
  'running',
  'succeeded',
] as const;

/**
 * Where the partitions end, from the units of real items in the indexes that the template declares.
 * @param properties of the table of resources
 */
export function limitsOf(
  properties: Readonly<Record<string, unknown>>,
  { payout, operation }: Stored,
): readonly Limit[] {
  const indexes = indexesOf(properties);
  const index = (name: string): Index => {
    const found = indexes.get(name);
    if (found === undefined) throw new Error(`the table has no index ${name}`);
    return found;
  };
  const inIndex = (name: string, pairs: readonly Pair[]) =>
    pairs.reduce((sum, pair) => sum + units(pair, [index(name)]).indexWrites, 0);
  const both = (pairs: readonly Pair[]) => Math.max(inIndex('by-state', pairs), inIndex('by-time', pairs));
  const limit = (of: string, where: string, each: number, partitions = 1): Limit => ({
    of,
    where,
    units: each,
    perSecond: Math.floor((PARTITION_UNITS * partitions) / each),
  });
  const { receipts: _, ...young } = payout;
  const disbursement = courseOf(operation);
  const due = inIndex('by-due', disbursement);
  return [
    limit('changes of one resource, the first of a day', 'its item', units(changed(young, {}), []).writes),
    limit(
      'changes of one resource that holds four to sixteen receipts',
      'its item',
      units(changed(payout, {}), []).writes,
    ),
    limit(
      'changes of state of one resource type of one tenant',
      '`by-state`, one partition',
      both([changed(payout, { state: 'submitted' })]),
    ),
    limit(
      'other changes of one resource type of one tenant',
      '`by-time` and `by-state`, one partition each',
      both([changed(payout, {})]),
    ),
    limit('disbursements of one tenant', '`by-state`, one partition of operations', both(disbursement)),
    limit(
      'disbursements of one stage, in this release',
      `\`by-due\`, partitions that are written: ${WRITTEN_SHARDS}`,
      due,
      WRITTEN_SHARDS,
    ),
    limit(
      'disbursements of one stage, once all that are read are written',
      `\`by-due\`, partitions: ${READ_SHARDS}`,
      due,
      READ_SHARDS,
    ),
  ];
}

/** A write: what stood before, and what stands after. */
type Pair = readonly [Item | undefined, Item];

const units = ([before, after]: Pair, indexes: readonly Index[]): Units =>
  unitsOf({ table: 'RecordsTable', key: {}, writes: true, transactional: false }, { before, after }, indexes);

/** A time that no other version of an item has. */
const timeOf = (version: number) => ({ S: new Date(Date.UTC(2027, 0, 1) + version * 1_000).toISOString() });

/** The next version of an item, in another state or in the same. */
function changed(item: Item, { state = item.state?.S ?? '' }: { readonly state?: string }): [Item, Item] {
  const version = Number(item.version?.N) + 1;
  const stateOrder = { S: `${state}#${item.createdAt?.S}` };
  return [
    item,
    { ...item, version: { N: String(version) }, updatedAt: timeOf(version), state: { S: state }, stateOrder },
  ];
}

/** The writes of an operation from its acceptance to its end. */
function courseOf(operation: Item): readonly Pair[] {
  let before: Item | undefined;
  return DISBURSEMENT.map((state): Pair => {
    const [, after] = changed(before ?? operation, { state });
    const { dueAt: _, dueList: __, ...notDue } = after;
    const next = state === 'succeeded' ? notDue : { ...after, dueAt: timeOf(Number(after.version?.N)) };
    const pair: Pair = [before, next];
    before = next;
    return pair;
  });
}

/** The table of `docs/limits.md`. */
export const limitTable = (limits: readonly Limit[]): string =>
  markdownTable([
    ['what', 'the partition that all write to', 'write units each', 'a second'],
    ...limits.map(({ of, where, units: each, perSecond }) => [
      of,
      where,
      String(each),
      perSecond.toLocaleString('en-US'),
    ]),
  ]);
