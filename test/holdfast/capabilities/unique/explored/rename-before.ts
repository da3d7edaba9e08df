import { defineAction } from 'holdfast';
import * as z from 'zod';
import payouts from '../../../../../functions/actions/payouts/resource.ts';

/** The same, of the release before, to which a payout may be for what another one is for. */
export default defineAction({
  resource: payouts,
  name: 'rename-before',
  summary: 'Say what it is for.',
  scope: 'payouts:rename-before',
  from: ['draft'],
  to: 'draft',
  anyVersion: true,
  input: z.strictObject({ reference: z.string() }),
  decide: ({ input }) => ({ reference: input.reference }),
});
