import { defineAction } from 'holdfast';
import * as z from 'zod';
import products, { reason } from './resource.ts';

export default defineAction({
  resource: products,
  name: 'withdraw',
  summary: 'Sell no more of a product.',
  scope: 'products:withdraw',
  from: ['on-sale'],
  to: 'withdrawn',
  input: z.object({ reason }),
  decide: ({ input }) => ({ reason: input.reason }),
});
