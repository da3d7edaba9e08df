import { beforeEach, expect, test } from '@jest/globals';
import type { Service } from '../support/service.ts';
import { euros, placeAll, type Shop, shopAt } from './shop.ts';

/** A product that no tenant has. */
const NOWHERE = 'pr_00000000000000000000000000';

/** Facts of an order that cannot be placed as things stand. */
export function refusals(running: () => { readonly service: Service; readonly shop: Shop }): void {
  let shop: Shop;
  beforeEach(() => {
    ({ shop } = running());
  });

  test('with related-not-found where it names a product that does not exist, or is of another tenant', async () => {
    const other = await shopAt(running().service.url, 'other');
    const theirs = await other.product(5);
    const customer = await shop.customer('9.00');

    for (const id of [NOWHERE, String(theirs.json.id)]) {
      const order = await shop.order(customer, [{ productId: id, quantity: 1 }]);
      const refused = await shop.act('orders.place', order);

      expect(refused).toMatchObject({
        status: 422,
        json: {
          code: 'related-not-found',
          title: 'The action needs a product that does not exist',
          recovery: 'fix-request',
          related: [{ name: 'stock', type: 'products', id }],
        },
      });
    }
  });

  test('with related-state where a product is withdrawn, and nothing of it is stored', async () => {
    const [desk, lamp] = [await shop.product(5), await shop.product(5)];
    const customer = await shop.customer('9.00');
    const order = await shop.orderOf(customer, [desk, lamp]);
    await shop.act('products.withdraw', lamp, { body: { note: 'broken' } });

    const refused = await shop.act('orders.place', order);

    expect(refused).toMatchObject({
      status: 409,
      json: {
        code: 'related-state',
        recovery: 'refresh',
        detail: 'the product has to be on-sale',
        current: { state: 'draft', version: 1, allowedActions: ['place'] },
        related: [{ name: 'stock', type: 'products', id: lamp.json.id }],
      },
    });
    expect([await shop.read('products', desk), await shop.read('customers', customer)]).toMatchObject([
      { version: 1 },
      { version: 1 },
    ]);
  });

  test('with too-many-related where it names 21 products', async () => {
    const lines = Array.from({ length: 21 }, (_, i) => ({
      productId: `${NOWHERE.slice(0, -2)}${10 + i}`,
      quantity: 1,
    }));
    const order = await shop.order(await shop.customer('9.00'), lines);

    expect(await shop.act('orders.place', order)).toMatchObject({
      status: 422,
      json: { code: 'too-many-related', detail: 'stock are 21 products; at most 20 at once' },
    });
  });

  test('with credit-limit by the sum of what its customer has placed', async () => {
    const product = await shop.product(9, euros('6.00'));
    const customer = await shop.customer('10.00');
    const orders = [await shop.orderOf(customer, [product]), await shop.orderOf(customer, [product])];

    const answers = await placeAll(shop, orders);

    expect(
      answers.filter(({ status }) => status !== 503).map(({ status, json }) => [status, json.code]),
    ).toEqual(
      expect.arrayContaining([
        [200, undefined],
        [409, 'credit-limit'],
      ]),
    );
    expect(await shop.read('products', product)).toMatchObject({ available: 8 });
  });
}
