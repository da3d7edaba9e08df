import { describe, expect, test } from '@jest/globals';
import { decide, stored } from 'holdfast/testing';
import cancel from '../../../functions/actions/orders/cancel.ts';

const euros = (value: string) => ({ currency: 'EUR', value });

const lines = [{ productId: 'pr_1', quantity: 3 }];

describe('orders: cancel', () => {
  test.each(['placed', 'returned'])(
    'of one that is %s gives back what it took, and what is owed for it',
    (state) => {
      const order = stored({ customerId: 'cu_1', lines, total: euros('31.50') }, state, 'or_1');

      const { next, result } = decide(cancel, order, { note: 'too late' }, 'alice', {
        stock: [stored({ available: 2 }, 'on-sale', 'pr_1')],
        customer: stored({ outstanding: euros('100.00') }, 'active', 'cu_1'),
      });

      expect(next).toMatchObject({ state: 'cancelled', data: { note: 'too late' } });
      expect(result).toMatchObject({
        stock: { pr_1: { available: 5 } },
        customer: { outstanding: euros('68.50') },
      });
    },
  );
});
