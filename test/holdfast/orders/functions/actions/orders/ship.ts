import { defineAction } from 'holdfast';
import * as z from 'zod';
import shipOrder from '../../operations/ship-order.ts';
import orders from './resource.ts';

export default defineAction({
  resource: orders,
  name: 'ship',
  summary: 'Ship an order.',
  scope: 'orders:ship',
  from: ['placed'],
  to: 'shipping',
  input: z.object({}),
  operation: shipOrder,
  decide: () => ({}),
});
