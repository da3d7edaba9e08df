import { defineAction, text } from 'holdfast';
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
  input: z.object({ note: text({ min: 0, max: 500, multiline: true }).optional() }),
  operation: shipOrder,
  decide: ({ input }) => ({ note: input.note ?? null }),
});
