import { defineAction, money } from 'holdfast';
import * as z from 'zod';
import payouts from '../../../../functions/actions/payouts/resource.ts';

/** As `change-amount`, on whichever version there is: decided again when another came first. */
export default defineAction({
  resource: payouts,
  name: 'change-any',
  summary: 'Change the amount, whatever it is now.',
  scope: 'payouts:change-any',
  from: ['draft'],
  to: 'draft',
  anyVersion: true,
  input: z.object({ amount: money }),
  decide: ({ input }) => ({ amount: input.amount }),
});
