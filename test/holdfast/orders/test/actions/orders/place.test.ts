import { describe, expect, test } from '@jest/globals';
import { decide, stored } from 'holdfast/testing';
import place from '../../../functions/actions/orders/place.ts';

const euros = (value: string) => ({ currency: 'EUR', value });

const desk = (available: number, price = euros('10.50')) =>
  stored({ title: 'Desk', price, available }, 'on-sale', 'pr_1');
const lamp = (available: number) =>
  stored({ title: 'Lamp', price: euros('0.30'), available }, 'on-sale', 'pr_2');
const customer = (outstanding: string) =>
  stored({ limit: euros('100.00'), outstanding: euros(outstanding) }, 'active', 'cu_1');

const lines = [
  { productId: 'pr_1', quantity: 2 },
  { productId: 'pr_2', quantity: 1 },
  { productId: 'pr_1', quantity: 1 },
];
const draft = stored({ customerId: 'cu_1', lines }, 'draft', 'or_1');

describe('orders: place', () => {
  test('takes of each product what all of its lines say, and adds the total to what the customer owes', () => {
    const { next, result } = decide(place, draft, {}, 'alice', {
      stock: [desk(3), lamp(9)],
      customer: customer('68.20'),
    });

    expect(next).toMatchObject({ state: 'placed', data: { total: euros('31.80'), placedBy: 'alice' } });
    expect(result).toMatchObject({
      stock: { pr_1: { available: 0 }, pr_2: { available: 8 } },
      customer: { outstanding: euros('100.00') },
    });
  });

  test.each([
    ['out-of-stock', [desk(2), lamp(9)], customer('0.00')],
    ['credit-limit', [desk(3), lamp(9)], customer('68.21')],
    ['other-currency', [desk(3, { currency: 'USD', value: '10.50' }), lamp(9)], customer('0.00')],
  ])('is refused with %s', (code, stock, owing) => {
    expect(() => decide(place, draft, {}, 'alice', { stock, customer: owing })).toThrow(
      expect.objectContaining({ code }),
    );
  });
});
