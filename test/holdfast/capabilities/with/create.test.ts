import { beforeEach, describe, expect, test } from '@jest/globals';
import { ask, customer, haveMet, kept, meets, of, open, product } from './floor.ts';
import { move, order, withdraw } from './shop.ts';

beforeEach(open);

/** A customer, and a product of which there are five. */
const ground = async () => {
  const [buyer, stock] = [await customer(100), await product(5)];
  const input = { customerId: buyer.id, productId: stock.id, quantity: 2 };
  return { buyer, stock, input, left: async () => (await of('products', stock.id))?.data.available };
};

describe('an action that makes a resource, and decides on others as well', () => {
  test('makes it and changes them in one write, whose cause the other is told', async () => {
    const { input, left, stock } = await ground();

    const { status, json } = await ask(order, { input });

    expect([status, json.state, await left()]).toEqual([201, 'placed', 3]);
    expect(kept().find(({ pk, event }) => pk.endsWith(stock.id) && event.cause)?.event).toMatchObject({
      action: 'orders.order',
      cause: { type: 'orders', id: json.id, version: 1 },
    });
  });

  test('takes nothing a second time: a retry gets the first answer', async () => {
    const { input, left } = await ground();
    const asking = { key: 'k', input };

    const first = await ask(order, asking);
    const again = await ask(order, asking);

    expect([again.status, again.replayed, again.text]).toEqual([201, true, first.text]);
    expect(await left()).toBe(3);
  });

  test('is made once by twins under one key, which both were about to', async () => {
    const { input, left } = await ground();
    const asking = { key: 'k', input };
    meets({ call: 'write', happens: () => ask(order, asking) });

    const { status, replayed } = await ask(order, asking);

    expect([haveMet(), status, replayed, await left()]).toEqual([true, 201, true, 3]);
  });

  test('is made anew where another has moved since it was read: no stock is counted twice', async () => {
    const { input, left, stock } = await ground();
    const other = await product(0);
    meets({
      call: 'write',
      happens: () => ask(move, { id: stock.id, ifMatch: '*', input: { to: other.id, quantity: 3 } }),
    });

    const { status } = await ask(order, { input });

    expect([haveMet(), status, await left()]).toEqual([true, 201, 0]);
  });

  test('makes nothing where it is refused, by its own rule or for another that cannot be decided on', async () => {
    const { input, stock } = await ground();
    const refused = async (sent: object) => {
      const { status, json } = await ask(order, { input: { ...input, ...sent } });
      return [status, json.code];
    };

    expect(await refused({ quantity: 6 })).toEqual([409, 'out-of-stock']);
    expect(await refused({ customerId: 'cu_nobody' })).toEqual([422, 'related-not-found']);
    await ask(withdraw, stock);
    expect(await refused({})).toEqual([409, 'related-state']);
    expect(kept().some(({ pk }) => pk.startsWith('orders#'))).toBe(false);
  });
});
