import type { Examples } from 'holdfast/testing';

const euros = (value: string) => ({ currency: 'EUR', value });

type Id = (resource: string) => string;

/** What an order is drafted with, that is then placed. */
const drafted = (lines: (id: Id) => readonly object[]) => ({
  'orders.create': (id: Id) => ({ customerId: id('customers'), lines: lines(id) }),
});

/** A valid input for each action. */
export default {
  'customers.create': { input: { name: 'Lovelace Ltd', limit: euros('100000.00') } },
  'products.create': {
    input: (_id, fresh) => ({
      sku: `DESK-${fresh}`,
      title: 'Desk',
      price: euros('10.50'),
      available: 10_000,
    }),
  },
  'products.restock': { input: { quantity: 12 } },
  'products.withdraw': { input: { note: 'sold by another' } },
  'orders.create': {
    input: (id) => ({
      customerId: id('customers'),
      lines: [
        { productId: id('products'), quantity: 2 },
        { productId: id('products'), quantity: 1 },
      ],
    }),
  },
  'orders.place': {
    input: {},
    refused: {
      'out-of-stock': { after: drafted((id) => [{ productId: id('products'), quantity: 10_001 }]) },
      'credit-limit': { after: drafted((id) => [{ productId: id('products'), quantity: 9_900 }]) },
      'related-not-found': { after: drafted(() => [{ productId: `pr_${'0'.repeat(26)}`, quantity: 1 }]) },
      'too-many-related': {
        after: drafted(() => Array.from({ length: 21 }, (_, i) => ({ productId: `pr_${i}`, quantity: 1 }))),
      },
    },
  },
  'orders.cancel': { input: { note: 'too late' } },
  'orders.ship': { input: { note: 'by noon' } },
} satisfies Examples;
