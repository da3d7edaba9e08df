import { defineAction, text } from 'holdfast';
import * as z from 'zod';
import orders from './resource.ts';

export default defineAction({
  resource: orders,
  name: 'create',
  summary: 'Place an order.',
  scope: 'orders:create',
  to: 'placed',
  input: z.object({ address: text({ max: 100 }) }),
  decide: ({ input }) => input,
});
