import * as z from 'zod';
import { defineAction } from '../../core/define-action.ts';
import { money } from '../../core/money.ts';
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
