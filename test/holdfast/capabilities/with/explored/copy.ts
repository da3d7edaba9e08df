import { defineActionWith } from 'holdfast/with';
import * as z from 'zod';
import payouts from '../../../../../functions/actions/payouts/resource.ts';

/** Makes a payout like another one: it is like what that is when the copy is made. */
export default defineActionWith({
  resource: payouts,
  name: 'copy',
  summary: 'Make one like another.',
  scope: 'payouts:copy',
  to: 'draft',
  input: z.strictObject({ other: z.string() }),
  with: ({ reads }) => ({ other: reads(payouts, { id: ({ input }) => input.other }) }),
  decide: ({ other: { amount, beneficiary, reference, createdBy } }) => ({
    changes: { amount, beneficiary, reference, createdBy },
  }),
});
