import * as z from 'zod';
import { defineAction } from '../../../../../lib/holdfast/core/definitions/define-action.ts';
import { text } from '../../../../../lib/holdfast/core/values/text.ts';
import orders from './orders.ts';

export default defineAction({
  resource: orders,
  name: 'create',
  summary: 'Place an order.',
  scope: 'orders:create',
  to: 'placed',
  input: z.object({ address: text({ max: 100 }) }),
  decide: ({ input }) => input,
});
