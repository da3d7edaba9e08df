import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeBatches, markOf } from '../../../lib/holdfast/core/decisions/receipt-batches.ts';
import { encodeReceipts } from '../../../lib/holdfast/core/decisions/receipts.ts';
import { keyHash } from '../../../lib/holdfast/core/requests/idempotency-key.ts';
import type { Item } from '../../../lib/holdfast/core/store/store.ts';
import { RECORDS } from '../support/items.ts';
import { DAY, planOf, receipt } from '../support/plans.ts';
import { type StoreTable, startStoreTable } from '../support/store-table.ts';
import { tasks } from '../support/tasks.ts';

// Receipts that have left an item, wherever this release or another one has put them.

let table: StoreTable;
beforeAll(async () => {
  table = await startStoreTable();
});
afterAll(() => table.close());

let made = 0;
const fresh = () => `tasks#acme#ta_${made++}`;

const load = async (pk: string): Promise<Item> => {
  const item = await table.store.load(tasks, pk);
  if (item === undefined) throw new Error(`there is no ${pk}`);
  return item;
};

/** The answer under a key, and the calls that it takes. */
async function found(pk: string, key: string, nowMs = DAY) {
  const item = await load(pk);
  table.proxy.calls.length = 0;
  const receiptFound = await table.store.findReceipt(pk, item, keyHash(key), nowMs);
  return { found: receiptFound?.key === keyHash(key), calls: table.proxy.calls.length };
}

const UNTIL = DAY / 1000 + 3600;

/** Puts receipts of these keys beside an item, as one. */
async function leave(pk: string, id: string, keys: readonly string[]) {
  const receipts = encodeReceipts(keys.map((key) => receipt(keyHash(key), DAY)));
  const item = marshall({ id: `${pk}#${id}`, expiration: UNTIL, receipt: receipts });
  await table.client.send(new PutItemCommand({ TableName: 'IdempotencyTable', Item: item }));
}

const tell = (pk: string, attributes: Readonly<Record<string, unknown>>) => {
  const names = Object.keys(attributes);
  return table.client.send(
    new UpdateItemCommand({
      TableName: RECORDS,
      Key: marshall({ pk }),
      UpdateExpression: `SET ${names.map((name) => `${name} = :${name}`).join(', ')}`,
      ExpressionAttributeValues: marshall(
        Object.fromEntries(names.map((name) => [`:${name}`, attributes[name]])),
      ),
    }),
  );
};

describe('a receipt that has left its item', () => {
  test('is found in the batch that says so, by one call, and no stranger is looked for', async () => {
    const pk = fresh();
    await table.store.write(planOf(pk, {}), Date.now() + 5_000);
    const keys = ['a', 'b', 'c'];
    await leave(pk, 'AAAAAAAA', keys);
    const marks = keys.map((key) => markOf(keyHash(key)));
    await tell(pk, { batches: encodeBatches([{ id: 'AAAAAAAA', until: UNTIL, marks }]) });

    expect(await Promise.all(keys.map((key) => found(pk, key).then((each) => each.found)))).toEqual([
      true,
      true,
      true,
    ]);
    expect(await found(pk, 'b')).toEqual({ found: true, calls: 1 });
    expect(await found(pk, 'stranger')).toEqual({ found: false, calls: 0 });
    expect(await found(pk, 'b', DAY + 2 * 3_600_000)).toEqual({ found: false, calls: 0 });
  });

  test('is found though another one has the same mark', async () => {
    const pk = fresh();
    await table.store.write(planOf(pk, {}), Date.now() + 5_000);
    await leave(pk, 'AAAAAAAA', ['other']);
    await leave(pk, 'BBBBBBBB', ['mine']);
    const marks = [markOf(keyHash('mine'))];
    const batches = ['AAAAAAAA', 'BBBBBBBB'].map((id) => ({ id, until: UNTIL, marks }));
    await tell(pk, { batches: encodeBatches(batches) });

    expect(await found(pk, 'mine')).toEqual({ found: true, calls: 2 });
  });

  test('is found where it went by itself, as the release before let it, beside those that went together', async () => {
    const pk = fresh();
    await table.store.write(planOf(pk, {}), Date.now() + 5_000);
    await leave(pk, keyHash('alone'), ['alone']);
    await leave(pk, 'AAAAAAAA', ['together']);
    const marks = [markOf(keyHash('together'))];
    await tell(pk, {
      spilledUntil: UNTIL,
      batches: encodeBatches([{ id: 'AAAAAAAA', until: UNTIL, marks }]),
    });

    expect(await found(pk, 'alone')).toEqual({ found: true, calls: 1 });
    expect(await found(pk, 'together')).toEqual({ found: true, calls: 1 });
  });
});

/** Acts so often on an item, half an hour apart or less, each under a key of its own. */
async function written(pk: string, times: number, apartMs = 60_000): Promise<readonly string[]> {
  const keys = Array.from({ length: times }, (_, i) => `${pk}/${i}`);
  await table.store.write(
    { ...planOf(pk, {}), receipt: { ...receipt('create', DAY), pinned: true } },
    Date.now() + 5_000,
  );
  for (const [i, key] of keys.entries()) {
    const plan = {
      ...planOf(pk, { read: await load(pk) }),
      receipt: receipt(keyHash(key), DAY + i * apartMs),
    };
    expect(await table.store.write(plan, Date.now() + 5_000)).toEqual({ done: true });
  }
  return keys;
}

describe('receipts that this release lets go', () => {
  test('of two hundred writes in a day are all found, each by two calls at most, and mostly cost none', async () => {
    const pk = fresh();
    table.proxy.calls.length = 0;
    const keys = await written(pk, 200);
    const { calls } = table.proxy;
    const puts = calls.filter((call) => call === 'PutItem').length;
    const looked: Awaited<ReturnType<typeof found>>[] = [];
    for (const key of keys) looked.push(await found(pk, key, DAY + 200 * 60_000));

    // One put is the create.
    expect(puts - 1).toBe(Math.floor(200 / 14));
    expect(calls.filter((call) => call === 'TransactWriteItems')).toEqual([]);
    expect(looked.filter((each) => !each.found)).toEqual([]);
    const { batches = [] } = await load(pk);
    expect(encodeBatches(batches).length).toBeLessThan(600);
  });

  test('is put before the write that drops it: where that fails, it is still in the item', async () => {
    const pk = fresh();
    const keys = await written(pk, 15);
    const plan = { ...planOf(pk, { read: await load(pk) }), receipt: receipt(keyHash('late'), DAY + 1) };
    table.proxy.fate = ({ operation }) =>
      operation === 'PutItem' ? { refuse: 'ProvisionedThroughputExceededException' } : 'pass';

    await expect(table.store.write(plan, Date.now() + 1_000)).rejects.toMatchObject({
      code: 'temporarily-unavailable',
    });
    table.proxy.fate = () => 'pass';

    expect((await load(pk)).receipts).toHaveLength(16);
    expect(await found(pk, keys[0] ?? '')).toEqual({ found: true, calls: 0 });
  });

  test('a day old are told of no more, so that the item does not grow', async () => {
    const pk = fresh();
    await written(pk, 60, 3_600_000);

    const { batches = [] } = await load(pk);

    expect(batches.length).toBeLessThanOrEqual(2);
  });

  test('leave each for itself where the item tells of 64 batches already, and are found', async () => {
    const pk = fresh();
    const keys = await written(pk, 15);
    const full = Array.from({ length: 64 }, () => ({ id: 'AAAAAAAA', until: UNTIL, marks: [] }));
    await tell(pk, { batches: encodeBatches(full) });
    const plan = { ...planOf(pk, { read: await load(pk) }), receipt: receipt(keyHash('last'), DAY + 1) };

    expect(await table.store.write(plan, Date.now() + 5_000)).toEqual({ done: true });

    expect((await load(pk)).batches).toHaveLength(64);
    expect(await found(pk, keys[0] ?? '')).toEqual({ found: true, calls: 1 });
    expect(await found(pk, 'stranger')).toEqual({ found: false, calls: 1 });
  });
});
