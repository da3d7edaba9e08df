import { defineAction, text } from 'holdfast';
import * as z from 'zod';
import products from './resource.ts';

export default defineAction({
  resource: products,
  name: 'withdraw',
  summary: 'Withdraw a product.',
  scope: 'products:withdraw',
  from: ['on-sale'],
  to: 'withdrawn',
  input: z.object({ note: text({ min: 0, max: 500, multiline: true }).optional() }),
  decide: ({ input }) => ({ note: input.note ?? null }),
});
