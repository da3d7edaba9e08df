import { defineAction } from 'holdfast';
import * as z from 'zod';
import payouts from './payouts.ts';

/** Changes what has nothing to do with what a payout is for. */
export default defineAction({
  resource: payouts,
  name: 'note',
  summary: 'Note something.',
  scope: 'payouts:note',
  from: ['draft'],
  to: 'same',
  anyVersion: true,
  input: z.strictObject({ note: z.string() }),
  decide: ({ input }) => ({ note: input.note }),
});
