import { defineAction } from 'holdfast';
import * as z from 'zod';
import payouts from './payouts.ts';

/** Says that a payout is for something else. */
export default defineAction({
  resource: payouts,
  name: 'rename',
  summary: 'Say what it is for.',
  scope: 'payouts:rename',
  from: ['draft'],
  to: 'draft',
  anyVersion: true,
  input: z.strictObject({ reference: z.string() }),
  decide: ({ input }) => ({ reference: input.reference }),
});
