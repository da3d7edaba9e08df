import { amounts } from 'holdfast';
import { defineActionWith, each } from 'holdfast/with';
import * as z from 'zod';
import { productsOf, quantityOf, totalOf } from '../../values/lines.ts';
import customers from '../customers/resource.ts';
import products from '../products/resource.ts';
import orders from './resource.ts';

export default defineActionWith({
  resource: orders,
  name: 'place',
  summary: 'Reserve what is ordered, within what the customer may owe.',
  scope: 'orders:place',
  from: ['draft'],
  to: 'placed',
  input: z.object({}),
  problems: ['out-of-stock', 'credit-limit', 'other-currency'],
  with: ({ writes }) => ({
    stock: writes(products, {
      from: ['on-sale'],
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
  decide({ current: { lines }, stock, customer, actor, reject }) {
    const { currency } = customer.limit;
    if (stock.some(({ price }) => price.currency !== currency)) return reject('other-currency');
    const left = each(stock, ({ id, available }) => ({ available: available - quantityOf(lines, id) }));
    if (Object.values(left).some(({ available }) => available < 0)) return reject('out-of-stock');
    const total = totalOf(lines, stock, currency);
    const outstanding = amounts.add(customer.outstanding, total);
    if (amounts.compare(outstanding, customer.limit) > 0) return reject('credit-limit');
    return { changes: { total, placedBy: actor.id }, stock: left, customer: { outstanding } };
  },
});
