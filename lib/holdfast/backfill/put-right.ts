import { setTimeout as delay } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Resource } from '../core/definitions/define-resource.ts';
import type { PlannedWrite, Values } from '../core/store/store.ts';
import { differences } from '../core/writes/differences.ts';
import { type Attributes, read, write } from '../runtime/aws/attributes.ts';
import { readItem } from '../runtime/records/item.ts';
import type { Table } from './table.ts';

/** What became of an item. */
export interface Righted {
  readonly isWritten: boolean;
  /** What else it should have and something else has, by what the refusal is known by. */
  readonly taken: readonly string[];
}

const NOTHING: Righted = { isWritten: false, taken: [] };

/** Whoever writes an item leaves it as it is to be: it is read again a few times at most. */
const ATTEMPTS = 6;

/** Another transaction takes milliseconds. */
const AGAIN_MS = 25;

/**
 * Gives an item what the capabilities of its resource would keep with it if it were written as it stands, on condition that it still stands so.
 * @param found the item as it was read
 */
export async function putRight(table: Table, resource: Resource, found: Attributes): Promise<Righted> {
  const Key = { pk: found.pk ?? { S: '' } };
  let item: Attributes | undefined = found;
  for (let attempt = 1; item !== undefined; attempt++) {
    const righted = await tryRight(table, resource, item);
    if (righted !== 'moved') return righted;
    if (attempt === ATTEMPTS)
      throw new Error(`${Key.pk.S} was written each time that it was read; run npm run backfill again`);
    await delay(AGAIN_MS * attempt);
    item = (
      await table.client.send(new GetItemCommand({ TableName: table.TableName, Key, ConsistentRead: true }))
    ).Item;
  }
  return NOTHING;
}

/** @param without what it cannot get, by what its refusal is known by */
async function tryRight(
  table: Table,
  resource: Resource,
  item: Attributes,
  without: readonly string[] = [],
): Promise<Righted | 'moved'> {
  const { attributes, writes: due } = differences({
    resource,
    pk: item.pk?.S ?? '',
    item: readable(resource, item),
    attributes: read<Values>(item),
    without,
  });
  const writes = await lacking(table, due);
  if (writes.length === 0) return writeAttributes(table, item, attributes);
  const { TableName, client } = table;
  const own = ownWrite(TableName, item, attributes);
  try {
    const TransactItems = [own, ...writes.map((each) => besideOf(TableName, each))];
    await client.send(new TransactWriteItemsCommand({ TransactItems }));
    return { isWritten: true, taken: [] };
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const [main, ...others] = (error.CancellationReasons ?? []).map(({ Code }) => Code);
    const taken = writes.filter((_, i) => others[i] === REFUSED).map(({ label }) => label);
    if (main !== 'None' || taken.length === 0) return 'moved';
    // It does not hold what it could not get, and does not say so.
    const righted = await tryRight(table, resource, item, [...without, ...taken]);
    return righted === 'moved' ? righted : { ...righted, taken: [...taken, ...righted.taken] };
  }
}

/** What of it is not there yet, so that nothing is written again that is. */
async function lacking(
  { client, TableName }: Table,
  due: readonly PlannedWrite[],
): Promise<readonly PlannedWrite[]> {
  const isDue = await Promise.all(
    due.map(async (each) => {
      if (!('put' in each)) return true;
      const Key = write({ pk: each.put.pk });
      const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
      return Item === undefined || Item.owner?.S !== each.put.owner;
    }),
  );
  return due.filter((_, i) => isDue[i]);
}

/** An item in its release's shape. @throws Error that says which cannot be read, and why: a person reads it, and no client */
function readable(resource: Resource, item: Attributes) {
  try {
    return readItem(resource, item);
  } catch (error) {
    const { message, cause }: { readonly message: string; readonly cause?: unknown } =
      error instanceof Error ? error : new Error(String(error));
    const why = cause instanceof Error ? cause.message : message;
    throw new Error(`${item.pk?.S} cannot be read: ${why}`, { cause: error });
  }
}

const REFUSED = 'ConditionalCheckFailed';

async function writeAttributes(
  { client, TableName }: Table,
  item: Attributes,
  attributes: Values,
): Promise<Righted | 'moved'> {
  if (Object.keys(attributes).length === 0) return NOTHING;
  try {
    await client.send(new UpdateItemCommand(updateOf(TableName, item, attributes)));
    return { isWritten: true, taken: [] };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 'moved';
    throw error;
  }
}

/** The item itself, as it has to stand whether or not anything of it changes. */
const ownWrite = (TableName: string, item: Attributes, attributes: Values): TransactWriteItem =>
  Object.keys(attributes).length > 0
    ? { Update: updateOf(TableName, item, attributes) }
    : { ConditionCheck: standing(TableName, item) };

/** The condition that an item stands as it was read. A restored table has another commit under the same version. */
const standing = (TableName: string, { pk, version, commit }: Attributes) => ({
  TableName,
  Key: { pk: pk ?? { S: '' } },
  ConditionExpression: '#version = :version AND #commit = :commit',
  ExpressionAttributeNames: { '#version': 'version', '#commit': 'commit' },
  ExpressionAttributeValues: { ':version': version ?? { N: '0' }, ':commit': commit ?? { S: '' } },
});

function updateOf(TableName: string, item: Attributes, attributes: Values) {
  const entries = Object.entries(attributes);
  const set = entries.filter(([, value]) => value !== null);
  const removed = entries.filter(([, value]) => value === null).map(([name]) => `#${name}`);
  const { ExpressionAttributeNames, ExpressionAttributeValues, ...condition } = standing(TableName, item);
  return {
    ...condition,
    UpdateExpression: [
      ...(set.length > 0 ? [`SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}`] : []),
      ...(removed.length > 0 ? [`REMOVE ${removed.join(', ')}`] : []),
    ].join(' '),
    ExpressionAttributeNames: {
      ...ExpressionAttributeNames,
      ...Object.fromEntries(entries.map(([name]) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ...ExpressionAttributeValues,
      ...write(Object.fromEntries(set.map(([name, value]) => [`:${name}`, value]))),
    },
  };
}

/** Another item that goes with it. @throws Error for what no capability keeps with a resource */
function besideOf(TableName: string, planned: PlannedWrite): TransactWriteItem {
  if ('put' in planned)
    return {
      Put: { TableName, Item: write(planned.put), ...isOf(planned.of ?? String(planned.put.owner)) },
    };
  if ('remove' in planned)
    return {
      Delete: { TableName, Key: write({ pk: planned.remove.pk }), ...isOf(planned.remove.of) },
    };
  throw new Error(`${planned.label} is kept with a resource, and is neither put nor removed`);
}

/** The condition that an item is not there, or is of an owner. */
const isOf = (owner: string) => ({
  ConditionExpression: 'attribute_not_exists(pk) OR #owner = :owner',
  ExpressionAttributeNames: { '#owner': 'owner' },
  ExpressionAttributeValues: write({ ':owner': owner }),
});
