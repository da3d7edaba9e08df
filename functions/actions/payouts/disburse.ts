import { defineAction } from 'holdfast';
import * as z from 'zod';
import disbursePayout from '../../operations/disburse-payout.ts';
import payouts, { note } from './resource.ts';

export default defineAction({
  resource: payouts,
  name: 'disburse',
  summary:
    'Send the money of an approved payout on its way; the answer names the operation that carries it out.',
  scope: 'payouts:disburse',
  from: ['approved'],
  to: 'disbursing',
  input: z.object({ note: note.optional() }),
  operation: disbursePayout,
  decide: ({ input }) => ({ note: input.note ?? null }),
});
