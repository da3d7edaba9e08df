import { defineAction, money } from 'holdfast';
import * as z from 'zod';
import payouts from './resource.ts';

export default defineAction({
  resource: payouts,
  name: 'change-amount',
  summary: 'Change the amount of a payout that is still a draft.',
  scope: 'payouts:change-amount',
  from: ['draft'],
  to: 'draft',
  input: z.object({ amount: money }),
  decide: ({ input }) => ({ amount: input.amount }),
});
