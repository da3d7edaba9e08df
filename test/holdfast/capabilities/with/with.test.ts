import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Answered } from '../../support/counter.ts';
import { ask, customer, haveMet, kept, meets, of, open, order, ordered, product } from './floor.ts';
import { move, place, placeOfTen, withdraw } from './shop.ts';

beforeEach(open);

describe('a decision on several resources', () => {
  test('changes all of them in one write, each with a version and an event that tells by what', async () => {
    const { buyer, stock, placed } = await ordered({ available: [5, 7] });

    const answer = await ask(place, { ...placed, key: 'k' });

    expect(answer).toMatchObject({ status: 200, json: { state: 'placed', version: 2, placedBy: 'alice' } });
    expect(await of('customers', buyer.id)).toMatchObject({ version: 2, data: { outstanding: 10 } });
    expect(await of('products', stock[1]?.id ?? '')).toMatchObject({ version: 2, data: { available: 6 } });
    expect(
      kept()
        .slice(-4)
        .map(({ event }) => event),
    ).toEqual([
      expect.objectContaining({ action: 'place', from: 'draft', to: 'placed', version: 2 }),
      ...[1, 2, 3].map(() =>
        expect.objectContaining({
          action: 'orders.place',
          actor: 'alice',
          version: 2,
          cause: { type: 'orders', id: placed.id, version: 2 },
        }),
      ),
    ]);
  });

  test('is replayed to the byte, and no side is looked at again', async () => {
    const { stock, placed } = await ordered();
    const first = await ask(place, { ...placed, key: 'k' });
    await ask(withdraw, { id: stock[0]?.id ?? '', ifMatch: '"2-c?"' });

    const again = await ask(place, { ...placed, key: 'k' });

    expect(again).toEqual({ ...first, replayed: true });
  });

  test('is made anew where a side moves before it is written, and the move is not lost', async () => {
    const { buyer, placed } = await ordered();
    const other = await order(buyer.id, 30);
    meets({ call: 'write', happens: () => ask(place, other) });

    const met: string[] = [];

    expect((await ask(place, placed, { met: (type) => met.push(type) })).status).toBe(200);
    expect(await of('customers', buyer.id)).toMatchObject({ version: 3, data: { outstanding: 40 } });
    expect(met).toEqual(['customers']);
  });

  test('that would be a refusal is made anew where a side moves before that is sent, and counted like any other', async () => {
    const { stock, placed } = await ordered({ available: [0] });
    const [{ id = '' } = {}] = stock;
    const third = await product(5);
    const input = { to: id, quantity: 2 };
    meets({ call: 'loadTogether', happens: () => ask(move, { id: third.id, ifMatch: '*', input }) });
    const met: string[] = [];

    expect((await ask(place, placed, { met: (type) => met.push(type) })).status).toBe(200);
    expect(met).toEqual(['products']);
  });

  test('on what it only reads is made anew where that moves before it is written', async () => {
    const { stock, placed } = await ordered({ available: [4, 6] });
    const [{ id = '' } = {}] = stock;
    const third = await product(0);
    meets({
      call: 'write',
      happens: () => ask(move, { id, ifMatch: '*', input: { to: third.id, quantity: 1 } }),
    });
    const met: string[] = [];

    expect((await ask(placeOfTen, placed, { met: (type) => met.push(type) })).status).toBe(409);
    expect(met).toEqual(['products']);
    expect(await of('orders', placed.id)).toMatchObject({ version: 1 });
  });

  test.each<[string, object, string]>([
    [
      'a member of a side that it does not set',
      { changes: {}, other: { price: 1 } },
      "set 'price'; add it to sets",
    ],
    ['a side that there is not', { changes: {}, stock: {} }, "gave 'stock', which is no side that it writes"],
    ['no changes of its own', { other: {} }, 'gave changes that are no object of members'],
    [
      'what a schema of a side refuses',
      { changes: {}, other: { available: -1 } },
      "gave 'available' a value that",
    ],
  ])('that gives %s is a fault of its definition, and nothing is stored', async (_, result, fault) => {
    const [one, other] = [await product(5), await product(5)];
    const faulty = { ...move, decide: () => ({ ...result }) };

    const answer = await ask(faulty, { ...one, input: { to: other.id, quantity: 1 } });

    expect(answer).toMatchObject({ status: 500, json: { code: 'internal-error' } });
    expect(answer.json.detail).toContain(fault);
    expect(await of('products', one.id)).toMatchObject({ version: 1 });
  });

  test('is refused where a side is its own resource', async () => {
    const one = await product(5);

    expect(await ask(move, { ...one, input: { to: one.id, quantity: 1 } })).toMatchObject({
      status: 422,
      json: {
        code: 'invalid-input',
        detail: 'other names a product that takes part in this already; name another one',
      },
    });
  });

  test('is refused with 412 where its own resource moves while it is made', async () => {
    const { placed } = await ordered();
    meets({ call: 'write', happens: () => ask(place, placed) });

    expect(await ask(place, placed)).toMatchObject({
      status: 412,
      json: { code: 'version-mismatch', current: { state: 'placed', version: 2 } },
    });
  });

  test('of twins under one key is one, and both are answered alike', async () => {
    const { buyer, placed } = await ordered();
    let twin: Answered | undefined;
    meets({
      call: 'write',
      happens: async () => {
        twin = await ask(place, { ...placed, key: 'k' });
      },
    });

    const answer = await ask(place, { ...placed, key: 'k' });

    expect(answer).toEqual({ ...twin, replayed: true });
    expect(await of('customers', buyer.id)).toMatchObject({ version: 2, data: { outstanding: 10 } });
  });

  test('over two products, between which some are moved while they are read, is refused for nothing that never stood', async () => {
    const { stock, placed } = await ordered({ available: [4, 6] });
    const [{ id = '' } = {}, { id: to = '' } = {}] = stock;
    meets({
      call: `load products#acme#${to}`,
      happens: () => ask(move, { id, ifMatch: '*', input: { to, quantity: 1 } }),
    });

    expect((await ask(placeOfTen, placed)).status).toBe(200);
    expect(await of('products', id)).toMatchObject({ data: { available: 3 } });
    expect(haveMet()).toBe(true);
  });

  test('that is refused was refused over what stood at one moment', async () => {
    const { stock, placed } = await ordered({ available: [4, 5] });
    const [{ id = '' } = {}] = stock;
    meets({
      call: 'loadTogether',
      happens: () => ask(withdraw, { id, ifMatch: stock[0]?.ifMatch ?? '' }),
    });

    expect(await ask(placeOfTen, placed)).toMatchObject({ status: 409, json: { code: 'out-of-stock' } });
    expect(haveMet()).toBe(true);
  });

  test.each([
    ['a product that does not exist', 'pr_00000000000000000000000000'],
    ['what is no id', '../customers#acme'],
  ])('of %s is refused as related-not-found', async (_, productId) => {
    const buyer = await customer(100);
    const placed = await order(buyer.id, 10, { productId, quantity: 1 });

    expect(await ask(place, placed)).toMatchObject({
      status: 422,
      json: {
        code: 'related-not-found',
        recovery: 'fix-request',
        related: [{ name: 'stock', type: 'products', id: productId }],
      },
    });
  });

  test("never sees another tenant's resource", async () => {
    const theirs = await product(5, { tenant: 'other' });
    const buyer = await customer(100);
    const placed = await order(buyer.id, 10, { productId: theirs.id, quantity: 1 });

    expect((await ask(place, placed)).json).toMatchObject({
      code: 'related-not-found',
      related: [{ name: 'stock', id: theirs.id }],
    });
  });

  test('on a side that is in no state for it is refused as related-state, and nothing is stored', async () => {
    const { stock, placed, buyer } = await ordered();
    const [{ id = '', ifMatch = '' } = {}] = stock;
    await ask(withdraw, { id, ifMatch });

    expect(await ask(place, placed)).toMatchObject({
      status: 409,
      json: {
        code: 'related-state',
        recovery: 'refresh',
        detail: 'the product has to be on-sale',
        current: { state: 'draft', version: 1 },
      },
    });
    const relatedTo = async (scopes?: string) =>
      (await ask(place, { ...placed, ...(scopes && { scopes }) })).json.related;
    expect(await relatedTo()).toEqual([{ name: 'stock', type: 'products', id }]);
    expect(await relatedTo('orders:place customers:read')).toEqual([{ name: 'stock', type: 'products', id }]);
    expect(await relatedTo('orders:place products:read')).toEqual([
      { name: 'stock', type: 'products', id, state: 'withdrawn', version: 2 },
    ]);
    expect(await of('customers', buyer.id)).toMatchObject({ version: 1 });
  });

  test('of more than it may take is refused before anything is read', async () => {
    const lines = Array.from({ length: 21 }, (_, i) => ({ productId: `pr_${i}`, quantity: 1 }));
    const placed = await order((await customer(100)).id, 10, ...lines);

    expect(await ask(place, placed)).toMatchObject({
      status: 422,
      json: { code: 'too-many-related', detail: 'stock are 21 products; at most 20 at once' },
    });
  });

  test('of one product that is named twice takes it once', async () => {
    const { buyer, stock } = await ordered();
    const line = { productId: stock[0]?.id ?? '', quantity: 1 };

    expect((await ask(place, await order(buyer.id, 1, line, line))).status).toBe(200);
  });

  test('is answered 503 where a side moves each time, and nothing of it is stored', async () => {
    const { buyer, placed } = await ordered({ limit: 1_000 });
    const others = await Promise.all(Array.from({ length: 6 }, () => order(buyer.id, 1)));
    const nextTime = () => {
      const other = others.pop();
      if (other === undefined) return;
      meets({
        call: 'write',
        happens: async () => {
          await ask(place, other);
          nextTime();
        },
      });
    };
    nextTime();

    expect(await ask(place, { ...placed, key: 'k' })).toMatchObject({
      status: 503,
      json: { code: 'temporarily-unavailable', recovery: 'retry' },
    });
    expect(await of('orders', placed.id)).toMatchObject({ version: 1 });
    expect((await ask(place, { ...placed, key: 'k' })).status).toBe(200);
  });
});
