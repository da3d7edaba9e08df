import { amounts } from 'holdfast';
import { defineActionWith, each } from 'holdfast/with';
import * as z from 'zod';
import { productsOf, quantityOf } from '../../values/lines.ts';
import customers from '../customers/resource.ts';
import products from '../products/resource.ts';
import orders, { note } from './resource.ts';

export default defineActionWith({
  resource: orders,
  name: 'cancel',
  summary: 'Give back what an order has reserved that is not shipped.',
  scope: 'orders:cancel',
  from: ['placed', 'returned'],
  to: 'cancelled',
  input: z.object({ note: note.optional() }),
  with: ({ writes }) => ({
    stock: writes(products, {
      from: ['on-sale', 'withdrawn'],
      to: 'same',
      sets: ['available'],
      max: 20,
      ids: ({ current }) => productsOf(current.lines),
    }),
    customer: writes(customers, {
      from: ['active'],
      to: 'same',
      sets: ['outstanding'],
      id: ({ current }) => current.customerId,
    }),
  }),
  decide: ({ current: { lines, total }, stock, customer, input }) => ({
    changes: { note: input.note ?? null },
    stock: each(stock, ({ id, available }) => ({ available: available + quantityOf(lines, id) })),
    customer: {
      outstanding: total ? amounts.subtract(customer.outstanding, total) : customer.outstanding,
    },
  }),
});
