import { beforeEach, describe, expect, test } from '@jest/globals';
import { ask, callsOf, customer, meets, of, open, order, ordered, product } from './floor.ts';
import { order as orderAtOnce, place, placeUnheld, withdraw } from './shop.ts';

beforeEach(open);

describe('a limit over what several orders come to', () => {
  /** Two orders at once, either of which the customer may have. */
  async function two(action: typeof place) {
    const buyer = await customer(100);
    const [one, other] = [await order(buyer.id, 60), await order(buyer.id, 60)];
    const answers = await Promise.all([ask(action, one), ask(action, other)]);
    return answers.map(({ status }) => status).sort();
  }

  test('is passed where the customer is only read: no write of either meets the other', async () => {
    expect(await two(placeUnheld)).toEqual([200, 200]);
  });

  test('holds where the sum is on the customer, which both write', async () => {
    expect(await two(place)).toEqual([200, 409]);
  });
});

describe('a decision on three products and a customer', () => {
  test('makes three calls one after the other: its own resource, all others at once, and one write', async () => {
    const { placed } = await ordered({ available: [5, 5, 5] });

    expect(await callsOf(() => ask(place, placed))).toEqual([
      'load orders',
      'load products, load products, load products, load customers',
      'write',
    ]);
  });

  test('makes one more where it is refused: all of them at one moment', async () => {
    const { placed } = await ordered({ available: [5, 5, 0] });

    expect((await callsOf(() => ask(place, placed))).at(-1)).toBe('loadTogether');
  });

  test('that is repeated makes one', async () => {
    const { placed } = await ordered({ available: [5, 5, 5] });
    await ask(place, { ...placed, key: 'k' });

    expect(await callsOf(() => ask(place, { ...placed, key: 'k' }))).toEqual(['load orders']);
  });
});

describe('between two rounds of a decision', () => {
  /** Places an order whose customer is changed by another one, just before it is written. */
  async function overtaken(key: string, pace: Parameters<typeof ask>[2]) {
    const { buyer, placed } = await ordered();
    const other = await order(buyer.id, 1);
    meets({ call: 'write', happens: () => ask(place, key === 'twin' ? { ...placed, key } : other) });
    return ask(place, { ...placed, key }, pace);
  }

  test('a while passes, since others who want the same decide again as well', async () => {
    const waits: number[] = [];

    expect((await overtaken('k', { waited: (ms) => waits.push(ms) })).status).toBe(200);
    expect(waits).toHaveLength(1);
  });

  test('none passes for a twin, whose answer is there', async () => {
    const waits: number[] = [];

    expect((await overtaken('twin', { waited: (ms) => waits.push(ms) })).replayed).toBe(true);
    expect(waits).toEqual([]);
  });

  test('none is begun that the time left would not be enough for', async () => {
    const waits: number[] = [];

    expect(await overtaken('k', { leftMs: 1_500, waited: (ms) => waits.push(ms) })).toMatchObject({
      status: 503,
      json: { code: 'temporarily-unavailable', recovery: 'retry' },
    });
    expect(waits).toEqual([]);
  });
});

describe('what happens while a decision waits for its next round', () => {
  test.each<[string, (things: Awaited<ReturnType<typeof ordered>>) => Promise<unknown>, object]>([
    [
      'is its own twin, which answers it',
      ({ placed }) => ask(place, { ...placed, key: 'k' }),
      { status: 200, replayed: true },
    ],
    [
      'is another move of its own resource, for which it is refused with 412',
      ({ placed }) => ask(place, { ...placed, key: 'another' }),
      { status: 412, json: { code: 'version-mismatch' } },
    ],
    [
      'is that a side comes to a state which is not allowed, for which it is refused',
      ({ stock: [first] }) => ask(withdraw, { ...first }),
      { status: 409, json: { code: 'related-state' } },
    ],
    [
      'is that a side has no more, for which it is refused',
      async ({ buyer, stock: [{ id } = { id: '' }] }) =>
        ask(place, await order(buyer.id, 1, { productId: id, quantity: 5 })),
      { status: 409, json: { code: 'out-of-stock' } },
    ],
  ])('%s', async (_, happens, answer) => {
    const things = await ordered();
    const other = await order(things.buyer.id, 1);
    meets({ call: 'write', happens: () => ask(place, other) });
    const waits: number[] = [];
    const waited = async (ms: number) => {
      waits.push(ms);
      await happens(things);
    };

    expect(await ask(place, { ...things.placed, key: 'k' }, { waited })).toMatchObject(answer);

    expect(waits).toHaveLength(1);
  });
});

test('a create whose twin takes the last of a product while it waits is answered as the twin was', async () => {
  const [buyer, stock] = [await customer(100), await product(3)];
  const one = { input: { customerId: buyer.id, productId: stock.id, quantity: 1 } };
  const two = { key: 'k', input: { ...one.input, quantity: 2 } };
  meets({ call: 'write', happens: () => ask(orderAtOnce, one) });
  const waited = async () => void (await ask(orderAtOnce, two));

  expect(await ask(orderAtOnce, two, { waited })).toMatchObject({ status: 201, replayed: true });

  expect(await of('products', stock.id)).toMatchObject({ data: { available: 0 }, version: 3 });
});

test('64 orders at once of a product of which there are 20 are 20 that are placed', async () => {
  const { id: productId } = await product(20);
  const all = await Promise.all(
    Array.from({ length: 64 }, async () => order((await customer(100)).id, 1, { productId, quantity: 1 })),
  );
  let left = all.map((each, i) => ({ ...each, key: `k${i}` }));
  const statuses: number[] = [];
  while (left.length > 0) {
    const answers = await Promise.all(left.map((each) => ask(place, each)));
    statuses.push(...answers.map(({ status }) => status));
    left = left.filter((_, i) => answers[i]?.status === 503);
  }

  expect(new Set(statuses)).toEqual(new Set([200, 409, 503]));
  expect(statuses.filter((status) => status === 200)).toHaveLength(20);
  expect(await of('products', productId)).toMatchObject({ version: 21, data: { available: 0 } });
});
