import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { defineActionWith } from '../../../../lib/holdfast/capabilities/with/index.ts';
import type { Kinds, Sides } from '../../../../lib/holdfast/capabilities/with/sides.ts';
import { customers, orders, products } from './shop.ts';

const PLACE = {
  resource: orders,
  name: 'place',
  summary: 'Place it.',
  scope: 'orders:place',
  from: ['draft'],
  to: 'placed',
  input: z.object({}),
  decide: () => ({ changes: {} }),
} as const;

type With = Kinds<typeof orders, typeof PLACE.input>;

const id = () => 'cu_1';
const some = { from: ['active'], to: 'same', sets: ['outstanding'], id } as const;

describe('sides', () => {
  test.each<[string, (kinds: With) => Sides, string]>([
    [
      'named like what decide is given anyway',
      ({ reads }) => ({ current: reads(customers, { id }) }),
      "'current' is what decide is given anyway; call the side something else",
    ],
    [
      'in a state that there is not',
      ({ reads }) => ({ customer: reads(customers, { id, from: ['gone' as 'active'] }) }),
      "'customer' names the unknown state 'gone' of customers; choose from active, closed",
    ],
    [
      'that come to a state that there is not',
      ({ writes }) => ({ customer: writes(customers, { ...some, to: 'gone' as 'same' }) }),
      "'customer' leads to the unknown state 'gone' of customers; choose from active, closed, same",
    ],
    [
      'that set what is no member',
      ({ writes }) => ({ customer: writes(customers, { ...some, sets: ['debt' as 'limit'] }) }),
      "'customer' sets 'debt', which is no member of customers; name one",
    ],
    [
      'of no certain number',
      ({ reads }) => ({ stock: reads(products, { ids: () => [], max: Number.NaN }) }),
      "max of 'stock' is NaN; give a whole number",
    ],
    [
      'of more than a transaction takes',
      ({ reads }) => ({ stock: reads(products, { ids: () => [], max: 99 }) }),
      'a decision may write 101 items: the max of each side, and 2 of the action itself; a transaction takes 100, lower a max',
    ],
  ])('%s are refused', (_, of, fault) => {
    expect(() => defineActionWith({ ...PLACE, with: of })).toThrow(`action 'place' of 'orders': ${fault}`);
  });

  test('with what their rules keep of the members that are set are counted whole, and those that set no other', () => {
    const ruled = {
      ...products,
      extensions: [
        {
          capability: 'x',
          constraints: [{ name: 'available', says: '', members: ['available'], writes: 2 }],
        },
      ],
    };
    const withStock = (max: number, sets: readonly 'available'[]) =>
      defineActionWith({
        ...PLACE,
        with: ({ writes }) => ({
          stock: writes(ruled, { from: ['on-sale'], to: 'same', sets, ids: () => [], max }),
        }),
      });

    expect(() => withStock(33, ['available'])).toThrow(
      'may write 101 items: the max of each side with what its rules keep, and 2 of the action itself',
    );
    expect(withStock(32, ['available']).with?.touches).toHaveLength(1);
    expect(withStock(98, []).with?.touches).toHaveLength(1);
  });

  test('of as many as a transaction takes are taken', () => {
    const action = defineActionWith({
      ...PLACE,
      with: ({ reads }) => ({ stock: reads(products, { ids: () => [], max: 83 }) }),
    });

    expect(action.with?.touches).toMatchObject([{ name: 'stock', writes: false }]);
  });
});
