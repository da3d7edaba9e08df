import { defineActionWith } from 'holdfast/with';
import * as z from 'zod';
import payouts from '../../../../../functions/actions/payouts/resource.ts';

/** Says of a payout what another one is for: what it says is true only while the other one stands as it was read. */
export default defineActionWith({
  resource: payouts,
  name: 'quote',
  summary: 'Refer to another payout.',
  scope: 'payouts:quote',
  from: ['draft'],
  to: 'draft',
  problems: ['separation-of-duties'],
  input: z.strictObject({ other: z.string() }),
  with: ({ reads }) => ({ other: reads(payouts, { id: ({ input }) => input.other }) }),
  // No two payouts are for the same here: a refusal that says so has read them at two moments.
  decide: ({ current, other, reject }) =>
    other.reference === current.reference
      ? reject('separation-of-duties')
      : { changes: { reference: `As ${other.reference}` } },
});
