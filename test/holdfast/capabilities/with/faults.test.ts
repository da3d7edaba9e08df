import { beforeEach, describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { defineActionWith, each } from '../../../../lib/holdfast/capabilities/with/index.ts';
import type { Action } from '../../../../lib/holdfast/core/definitions/define-action.ts';
import type { Extendable } from '../../../../lib/holdfast/core/definitions/resource-extension.ts';
import type { Item } from '../../../../lib/holdfast/core/store/store.ts';
import { MemoryStore } from '../../../../lib/holdfast/testing/memory-store.ts';
import { counterOf } from '../../support/counter.ts';
import { ask, customer, haveMet, meets, of, open, order, ordered, product } from './floor.ts';
import { createCustomer, createProduct, customers, move, orders, place, products } from './shop.ts';

// Definitions that the compiler takes, or is made to take, and that are wrong all the same.

beforeEach(open);

const ORDER = {
  resource: orders,
  summary: 'Do it.',
  from: ['draft'],
  to: 'placed',
  input: z.object({}),
} as const;

const STOCK = { from: ['on-sale'], to: 'same', sets: ['available'] } as const;

/** The same action, deciding this, whatever its types say. */
const deciding = (action: Action, decide: (on: never) => object): Action => ({
  ...action,
  decide: decide as unknown as Action['decide'],
});

describe('what is decided and belongs to nothing is a fault, and nothing is stored', () => {
  test.each<[string, (on: never) => object, string]>([
    [
      'a change of an id that was not chosen',
      () => ({ changes: {}, stock: { pr_x: { available: 4 } } }),
      "under 'pr_x', which is none of its ids",
    ],
    [
      'a refusal as what becomes of a side',
      ({ reject }: { reject: (code: string) => object }) => ({ changes: {}, stock: reject('out-of-stock') }),
      'that are a refusal; return what reject gives',
    ],
    [
      'a refusal as changes',
      ({ reject }: { reject: (code: string) => object }) => ({ changes: reject('out-of-stock') }),
      'that are a refusal; return what reject gives',
    ],
  ])('%s', async (_, decide, fault) => {
    const { placed } = await ordered();

    const answer = await ask(deciding(place, decide), placed);

    expect(answer).toMatchObject({ status: 500, json: { detail: expect.stringContaining(fault) } });
    expect(await of('orders', placed.id)).toMatchObject({ version: 1 });
  });

  test('a change of one side under the name of another', async () => {
    const { stock, placed } = await ordered({ available: [5, 5] });
    const [one = '', other = ''] = stock.map(({ id }) => id);
    const crossed = defineActionWith({
      ...ORDER,
      name: 'crossed',
      scope: 'orders:crossed',
      with: ({ writes }) => ({
        a: writes(products, { ...STOCK, max: 1, ids: () => [one] }),
        b: writes(products, { ...STOCK, max: 1, ids: () => [other] }),
      }),
      decide: ({ a }) => ({ changes: {}, b: each(a, () => ({ available: 0 })) }),
    });

    expect((await ask(crossed, placed)).json.detail).toContain(`under '${one}', which is none of its ids`);
  });
});

describe('choosing', () => {
  const choosing = (ids: (on: { input: { ids: string[] }; actor: object }) => string[]) =>
    defineActionWith({
      ...ORDER,
      name: 'choose',
      scope: 'orders:choose',
      input: z.object({ ids: z.array(z.string()) }),
      with: ({ writes }) => ({ stock: writes(products, { ...STOCK, max: 5, ids }) }),
      decide: ({ stock }) => ({ changes: {}, stock: each(stock, () => ({ available: 0 })) }),
    });

  test('changes no input, which a next decision would see, and no actor', async () => {
    const { placed } = await ordered();
    const [{ id }, theirs] = [await product(5), await product(5, { tenant: 'other' })];
    const splices = choosing(({ input }) => input.ids.splice(0, 1));
    const moves = choosing(({ actor }) => {
      Object.assign(actor, { tenant: 'other' });
      return [theirs.id];
    });

    const answers = [
      await ask(splices, { ...placed, input: { ids: [id] } }),
      await ask(moves, { ...placed, input: { ids: [] } }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([500, 500]);
    expect(await of('products', id)).toMatchObject({ version: 1 });
  });

  test('none, where one that is not optional is to be chosen, is a fault', async () => {
    const { placed } = await ordered();
    const nobody = defineActionWith({
      ...ORDER,
      name: 'nobody',
      scope: 'orders:nobody',
      with: ({ writes }) => ({
        customer: writes(customers, {
          from: ['active'],
          to: 'same',
          sets: ['outstanding'],
          id: ({ current }) => current.placedBy as string,
        }),
      }),
      decide: ({ current }) => ({ changes: {}, customer: { outstanding: current.total } }),
    });

    expect((await ask(nobody, placed)).json.detail).toBe(
      "side 'customer' of 'nobody' chose none; say optional: true, or return an id",
    );
  });

  test('an id longer than any key is one that does not exist', async () => {
    const placed = await order((await customer(100)).id, 10, { productId: 'x'.repeat(3_000), quantity: 1 });

    expect((await ask(place, placed)).json.code).toBe('related-not-found');
  });
});

test('what a schema of a side refuses, of what never stood at one moment, is decided anew', async () => {
  const { stock, placed } = await ordered({ available: [9, 1] });
  const [{ id = '' } = {}, { id: to = '' } = {}] = stock;
  const rest = defineActionWith({
    ...ORDER,
    name: 'rest',
    scope: 'orders:rest',
    with: ({ writes }) => ({
      stock: writes(products, {
        ...STOCK,
        max: 2,
        ids: ({ current }) => current.lines.map((line) => line.productId),
      }),
    }),
    // Of ten in all, which they are at every moment, none is left; below zero nothing may be.
    decide: ({ stock: both }) => {
      const all = both.reduce((sum, { available }) => sum + available, 0);
      return { changes: {}, stock: each(both, () => ({ available: 10 - all })) };
    },
  });
  meets({
    call: `load products#acme#${to}`,
    happens: () => ask(move, { id, ifMatch: '*', input: { to, quantity: 1 } }),
  });

  expect((await ask(rest, placed)).status).toBe(200);
  expect(haveMet()).toBe(true);
});

test('a side that a later release has erased does not exist', async () => {
  const erased = new Set<string>();
  class Erasing extends MemoryStore {
    override async load(resource: Extendable, pk: string): Promise<Item | undefined> {
      const item = await super.load(resource, pk);
      return item && erased.has(pk) ? { ...item, isErased: true } : item;
    }
  }
  const askThere = counterOf(new Erasing());
  const [one, other] = [
    await askThere(createProduct, { input: { available: 5 } }),
    await askThere(createProduct, { input: { available: 5 } }),
  ];
  erased.add(`products#acme#${other.json.id}`);

  const answer = await askThere(move, {
    id: one.json.id,
    ifMatch: one.etag,
    input: { to: other.json.id, quantity: 1 },
  });

  expect(answer).toMatchObject({ status: 422, json: { code: 'related-not-found' } });
});

describe('what others may bring', () => {
  const placing = (choose: () => string) =>
    defineActionWith({
      ...ORDER,
      name: 'perhaps',
      scope: 'orders:perhaps',
      with: ({ reads }) => ({ buyer: reads(customers, { id: choose, optional: true }) }),
      decide: ({ buyer: known }) => ({
        changes: { placedBy: known === undefined ? 'nobody' : known.id },
      }),
    });

  test('a resource that comes to be while it is found missing has the decision made anew', async () => {
    const { placed } = await ordered();
    // An id follows from its key, so that it is known before the resource is there.
    const making = { key: 'later', input: { limit: 1 } };
    const { id } = (await counterOf(new MemoryStore())(createCustomer, making)).json;
    meets({ call: 'write', happens: () => ask(createCustomer, making) });

    const answer = await ask(
      placing(() => id),
      placed,
    );

    expect(answer).toMatchObject({ status: 200, json: { placedBy: id } });
  });

  test.each(['cu_short', 'pr_00000000000000000000000000', 'CU_00000000000000000000000000', '', '__proto__'])(
    'what is no id of the resource (%j) is nothing that is there',
    async (id) => {
      const { placed } = await ordered();

      const answer = await ask(
        placing(() => id),
        placed,
      );

      expect(answer).toMatchObject({ status: 200, json: { placedBy: 'nobody' } });
    },
  );
});
