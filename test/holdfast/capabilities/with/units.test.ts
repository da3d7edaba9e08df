import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { defineActionWith, each } from '../../../../lib/holdfast/capabilities/with/index.ts';
import { ROOT } from '../../../../lib/holdfast/service/project.ts';
import { type Index, type Item, sum, unitsOf } from '../../bench/capacity.ts';
import { observe } from '../../bench/observed.ts';
import type { Answered, Asking, counterOf } from '../../support/counter.ts';
import { itemBytes, RECORDS } from '../../support/items.ts';
import { type StoreTable, startStoreTable } from '../../support/store-table.ts';
import { createCustomer, createOrder, createProduct, customers, orders, place, products } from './shop.ts';

// What an order of three products costs, at the sizes that the design of this capability gives: an order of 2.5 KB whose
// state changes, and products and a customer of 2 KB, of each of which the lists carry less than one.

const SIZES = { orders: 2_500, products: 1_900, customers: 1_900 };

/** Takes stock, and looks at the customer. */
const reserve = defineActionWith({
  resource: orders,
  name: 'reserve',
  summary: 'Reserve what is ordered.',
  scope: 'orders:reserve',
  from: ['draft'],
  to: 'placed',
  input: place.input,
  with: ({ reads, writes }) => ({
    stock: writes(products, {
      from: ['on-sale'],
      to: 'same',
      sets: ['available'],
      max: 20,
      ids: ({ current }) => current.lines.map(({ productId }) => productId),
    }),
    customer: reads(customers, { from: ['active'], id: ({ current }) => current.customerId }),
  }),
  decide: ({ stock }) => ({
    changes: {},
    stock: each(stock, ({ available }) => ({ available: available - 1 })),
  }),
});

let table: StoreTable;
let ask: ReturnType<typeof counterOf>;
let indexes: readonly Index[];
beforeAll(async () => {
  table = await startStoreTable();
  // After the table: with it comes the client, which takes its endpoint when it is loaded.
  const counter = await import('../../support/counter.ts');
  ask = counter.counterOf(table.store);
  const frozen = JSON.parse(await readFile(join(ROOT, 'lib/recorded/frozen.json'), 'utf8'));
  // `list S HASH, stateOrder S RANGE; INCLUDE commit data`
  indexes = Object.values<string>(frozen.tables[RECORDS].indexes).map((text) => {
    const [keys = '', projected = ''] = text.split('; ');
    return {
      keys: keys.split(', ').map((key) => key.split(' ')[0] ?? ''),
      projected: projected.split(' ').slice(1),
    };
  });
});
afterAll(() => table.close());

const read = async (TableName: string, Key: Item) =>
  (await table.client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item;

/** A resource of its type's size: what is beside its members, as receipts are, is made larger. */
async function made(type: keyof typeof SIZES, answered: Promise<Answered>) {
  const { json, etag } = await answered;
  const Key = { pk: { S: `${type}#acme#${json.id}` } };
  const room = SIZES[type] - itemBytes((await read(RECORDS, Key)) ?? {});
  await table.client.send(
    new UpdateItemCommand({
      TableName: RECORDS,
      Key,
      UpdateExpression: 'SET beside = :text',
      ExpressionAttributeValues: { ':text': { S: 'x'.repeat(room) } },
    }),
  );
  return { id: String(json.id), ifMatch: etag };
}

/** A draft of one piece of each of three products. */
async function drafted(): Promise<Asking> {
  const customer = await made('customers', ask(createCustomer, { input: { limit: 100 } }));
  const stock = [1, 2, 3].map(() => made('products', ask(createProduct, { input: { available: 5 } })));
  const lines = (await Promise.all(stock)).map(({ id }) => ({ productId: id, quantity: 1 }));
  const input = { customerId: customer.id, total: 10, lines };
  return made('orders', ask(createOrder, { input }));
}

/** Write units of an action on a fresh draft: of the items themselves, and of their lists. */
async function unitsFor(action: typeof place): Promise<{ readonly items: number; readonly lists: number }> {
  const draft = await drafted();
  const observed = await observe(table.proxy, read, async () =>
    expect((await ask(action, draft)).status).toBe(200),
  );
  const { writes, indexWrites } = sum(observed.map(({ touch, ...items }) => unitsOf(touch, items, indexes)));
  return { items: writes, lists: indexWrites };
}

test('an order of three products and one customer takes the write units that its page says, and the design', async () => {
  const checked = await unitsFor(reserve);
  const written = await unitsFor(place);

  // The order 6 + 3, three products 3 × (4 + 2), and the customer 4, or 4 + 2.
  expect(checked).toEqual({ items: 6 + 3 * 4 + 4, lists: 3 + 3 * 2 });
  expect(written).toEqual({ items: checked.items, lists: checked.lists + 2 });
  const [first, second] = [checked, written].map(({ items, lists }) => items + lists);
  const page = await readFile(join(ROOT, 'docs/several-resources.md'), 'utf8');
  expect(page.replace(/\s+/g, ' ')).toContain(
    `An order of 2.5 KB that takes three products, of 2 KB each, and looks at a customer of as much takes **${first} write units**, and ${second} where it writes the customer too`,
  );
});
