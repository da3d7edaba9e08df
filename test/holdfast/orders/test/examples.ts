import type { Examples } from 'holdfast/testing';

const euros = (value: string) => ({ currency: 'EUR', value });

/** A valid input for each action. */
export default {
  'customers.create': { input: { name: 'Lovelace Ltd', limit: euros('100000.00') } },
  'products.create': { input: { title: 'Desk', price: euros('10.50'), available: 10_000 } },
  'products.restock': { input: { quantity: 12 } },
  'products.withdraw': { input: { reason: 'sold by another' } },
  'orders.create': {
    input: (id) => ({
      customerId: id('customers'),
      lines: [
        { productId: id('products'), quantity: 2 },
        { productId: id('products'), quantity: 1 },
      ],
    }),
  },
  'orders.place': { input: {} },
  'orders.cancel': { input: { reason: 'too late' } },
} satisfies Examples;
