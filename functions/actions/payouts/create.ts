import { defineAction, money } from 'holdfast';
import * as z from 'zod';
import payouts, { beneficiary, reference } from './resource.ts';

export default defineAction({
  resource: payouts,
  name: 'create',
  summary: 'Draft a payout.',
  scope: 'payouts:create',
  to: 'draft',
  input: z.object({ amount: money, beneficiary, reference }),
  decide: ({ input, actor }) => ({ ...input, createdBy: actor.id }),
});
