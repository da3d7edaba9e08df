import * as z from 'zod';
import { defineAction } from '../../core/define-action.ts';
import { money } from '../../core/money.ts';
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
