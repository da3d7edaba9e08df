import { defineAction } from 'holdfast';
import * as z from 'zod';
import { id, lines } from '../../values/lines.ts';
import orders from './resource.ts';

export default defineAction({
  resource: orders,
  name: 'create',
  summary: 'Draft an order.',
  scope: 'orders:create',
  to: 'draft',
  input: z.object({ customerId: id, lines }),
  decide: ({ input }) => ({ ...input }),
});
