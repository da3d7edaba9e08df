import * as z from 'zod';
import { defineAction } from '../../../../../lib/holdfast/core/definitions/define-action.ts';
import orders from './orders.ts';
import shipOrder from './ship-order.ts';

export default defineAction({
  resource: orders,
  name: 'ship',
  summary: 'Have an order sent.',
  scope: 'orders:ship',
  from: ['placed'],
  to: 'shipping',
  operation: shipOrder,
  input: z.object({}),
  decide: () => ({}),
});
