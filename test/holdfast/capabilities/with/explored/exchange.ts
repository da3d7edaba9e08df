import { defineActionWith } from 'holdfast/with';
import * as z from 'zod';
import payouts from '../../../../../functions/actions/payouts/resource.ts';

/** Exchanges what two payouts are for: both change, or none. */
export default defineActionWith({
  resource: payouts,
  name: 'exchange',
  summary: 'Exchange references with another payout.',
  scope: 'payouts:exchange',
  from: ['draft'],
  to: 'draft',
  input: z.strictObject({ other: z.string() }),
  with: ({ writes }) => ({
    other: writes(payouts, {
      from: ['draft'],
      to: 'same',
      sets: ['reference'],
      id: ({ input }) => input.other,
    }),
  }),
  decide: ({ current, other }) => ({
    changes: { reference: other.reference },
    other: { reference: current.reference },
  }),
});
