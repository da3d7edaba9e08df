import { beforeEach, describe, expect, test } from '@jest/globals';
import { ask, customer, of, open, order, product } from './floor.ts';
import { place, placeUnheld } from './shop.ts';

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
