import { type DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as z from 'zod';
import { backfill } from '../../../../lib/holdfast/backfill/backfill.ts';
import { notYetEnforced } from '../../../../lib/holdfast/backfill/completed.ts';
import { unique } from '../../../../lib/holdfast/capabilities/unique/index.ts';
import { defineResource } from '../../../../lib/holdfast/core/definitions/define-resource.ts';
import { localClient } from '../../../../lib/holdfast/local/dynamodb/dynamodb.ts';
import { read, write } from '../../../../lib/holdfast/runtime/aws/attributes.ts';
import { RECORDS as TableName } from '../../support/items.ts';
import { startProxiedTable } from '../../support/proxied-table.ts';
import { createTable } from '../../support/store-table.ts';

const products = defineResource(
  {
    name: 'products',
    singular: 'product',
    idPrefix: 'pr',
    states: ['on-sale'],
    members: z.object({ sku: z.string(), number: z.int().optional() }),
  },
  unique(['sku'], ['number']),
);

let client: DynamoDBClient;
let close: () => Promise<void>;
beforeAll(async () => {
  const table = await startProxiedTable();
  client = localClient(table.emulator);
  close = async () => {
    client.destroy();
    await table.close();
  };
  await createTable(client, TableName, 'pk');
});
afterAll(() => close());

/** A product as a release without rules has left it. */
const put = (id: string, data: object, version = 1) =>
  client.send(
    new PutItemCommand({
      TableName,
      Item: write({
        pk: `products#acme#pr_${id}`,
        list: 'products#acme',
        state: 'on-sale',
        stateOrder: 'on-sale#2026-11-30T08:00:00.000Z',
        version,
        commit: 'c',
        createdAt: '2026-11-30T08:00:00.000Z',
        updatedAt: '2026-11-30T08:00:00.000Z',
        data,
        last: { action: 'create', actor: 'alice', to: 'on-sale', version },
      }),
    }),
  );

/** The rules of whose guards each product is the owner. */
async function guardsOf() {
  const { Items = [] } = await client.send(new ScanCommand({ TableName }));
  const guards = Items.map((item) => read<{ readonly pk: string; readonly owner?: string }>(item)).filter(
    ({ owner }) => owner !== undefined,
  );
  const by = Map.groupBy(guards, ({ owner = '' }) => owner.slice(-1));
  return Object.fromEntries(
    [...by].map(([id, all]) => [id, all.map(({ pk }) => String(pk.split('#')[3])).sort()]),
  );
}

const through = () => backfill({ client, TableName, resources: [products], rate: Number.POSITIVE_INFINITY });

test('two that have one value from before the rule: one gets it, the other is told of and keeps the rest, and the rule holds once people have parted them', async () => {
  await put('a', { sku: 'desk', number: 1 });
  await put('b', { sku: 'desk', number: 2 });
  await put('c', { sku: 'chair' });

  const rules = ['unique.sku of products', 'unique.number of products'];
  const table = { client, TableName };

  const first = await through();

  expect(first.taken).toHaveLength(1);
  expect(first.completed).toEqual([]);
  const last = String(first.taken[0]?.pk.at(-1));
  // Whoever did not get the one value has got its other one.
  expect(await guardsOf()).toEqual({
    a: ['number', 'sku'],
    b: ['number', 'sku'],
    c: ['sku'],
    [last]: ['number'],
  });

  await put(last, { sku: 'table', number: last === 'a' ? 1 : 2 }, 2);
  expect(await notYetEnforced(table, [products])).toEqual(rules);
  const then = await through();

  expect(then.taken).toEqual([]);
  expect((await guardsOf())[last]).toEqual(['number', 'sku']);
  // Nothing is written again that is there.
  expect([first.written, then.written, (await through()).written]).toEqual([3, 1, 0]);
  expect(then.completed).toEqual(rules);
  expect(await notYetEnforced(table, [products])).toEqual([]);
});
