import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ordersProject } from '../orders/project.ts';
import { euros, placeAll, type Shop, shopAt } from '../orders/shop.ts';
import type { Answer } from '../support/client.ts';
import type { Copy } from '../support/copy.ts';
import { eventually } from '../support/eventually.ts';
import { type Service, startService } from '../support/service.ts';

// A second service, which decides on several resources, from HTTP to its roles.

let copy: Copy;
let service: Service;
let shop: Shop;
beforeAll(async () => {
  copy = await ordersProject();
  service = await startService({ root: copy.root });
  shop = await shopAt(service.url);
});
afterAll(async () => {
  await service?.end();
  await copy?.remove();
});

const read = async (name: string, { json }: Answer) => (await shop.get(`/${name}/${json.id}`)).json;

const historyOf = async (name: string, { json: { id } }: Answer, version: number) => {
  const { json } = await eventually(
    'the history to be complete',
    () => shop.get(`/${name}/${id}/history`),
    (answer) => answer.json.completeToVersion === version,
  );
  return json.items;
};

describe('an order that is placed', () => {
  test('takes its products from stock and adds to what its customer owes, in one write that each of their histories tells', async () => {
    const [desk, lamp] = [await shop.product(5, euros('10.50')), await shop.product(9, euros('0.30'))];
    const customer = await shop.customer('100.00');
    const order = await shop.order(customer, [
      { productId: String(desk.json.id), quantity: 3 },
      { productId: String(lamp.json.id), quantity: 1 },
    ]);

    const placed = await shop.act('orders.place', order);

    expect(placed).toMatchObject({ status: 200, json: { state: 'placed', total: euros('31.80') } });
    expect(await read('products', desk)).toMatchObject({ available: 2, version: 2 });
    expect(await read('customers', customer)).toMatchObject({ outstanding: euros('31.80'), version: 2 });
    for (const [name, side] of [
      ['products', lamp],
      ['customers', customer],
    ] as const)
      expect(await historyOf(name, side, 2)).toContainEqual(
        expect.objectContaining({
          action: 'orders.place',
          actor: 'alice',
          version: 2,
          cause: { type: 'orders', id: order.json.id, version: 2 },
        }),
      );

    const cancelled = await shop.act('orders.cancel', placed, { body: { reason: 'too late' } });

    expect(cancelled).toMatchObject({ status: 200, json: { state: 'cancelled' } });
    expect(await read('products', desk)).toMatchObject({ available: 5, version: 3 });
    expect(await read('customers', customer)).toMatchObject({ outstanding: euros('0.00') });
  });
});

test('64 orders at once of a product of which there are 20 place 20, and no piece that is not there', async () => {
  const product = await shop.product(20);
  const customers = await Promise.all(Array.from({ length: 64 }, () => shop.customer('1.00')));
  const orders = await Promise.all(customers.map((customer) => shop.orderOf(customer, [product])));

  const t = Date.now();
  const answers = await placeAll(shop, orders);
  console.log(Date.now() - t, Object.entries(Object.groupBy(answers, (a) => a.status)).map(([k, v]) => [k, v?.length]));
  const placed = answers.filter(({ status }) => status === 200);

  expect(answers.map(({ status }) => status).filter((status) => ![200, 409, 503].includes(status))).toEqual([]);
  expect(placed).toHaveLength(20);
  expect(await read('products', product)).toMatchObject({ available: 0, version: 21 });
});

test('50 orders at once of three products each, named in different orders, place what there is', async () => {
  const products = await Promise.all([30, 30, 40].map((available) => shop.product(available)));
  const customers = await Promise.all(Array.from({ length: 50 }, () => shop.customer('3.00')));
  const orders = await Promise.all(
    customers.map((customer, i) => {
      const turned = [...products.slice(i % 3), ...products.slice(0, i % 3)];
      return shop.orderOf(customer, i % 2 === 0 ? turned : turned.toReversed());
    }),
  );

  const t = Date.now();
  const answers = await placeAll(shop, orders);
  console.log(Date.now() - t, Object.entries(Object.groupBy(answers, (a) => a.status)).map(([k, v]) => [k, v?.length]));

  expect(answers.map(({ status }) => status).filter((status) => ![200, 409, 503].includes(status))).toEqual([]);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(30);
  expect(await Promise.all(products.map(async (each) => (await read('products', each)).available))).toEqual([0, 0, 10]);
});
