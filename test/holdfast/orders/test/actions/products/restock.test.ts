import { expect, test } from '@jest/globals';
import { decide, stored } from 'holdfast/testing';
import restock from '../../../functions/actions/products/restock.ts';

test.each(['on-sale', 'withdrawn'])('a delivery is added to a product that stays %s', (state) => {
  const { next } = decide(restock, stored({ available: 3 }, state), { quantity: 12 });

  expect(next).toMatchObject({ state, data: { available: 15, lastDelivery: 12 } });
});
