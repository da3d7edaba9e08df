import { defineAction } from 'holdfast';
import * as z from 'zod';
import payouts, { cancelReason } from './resource.ts';

export default defineAction({
  resource: payouts,
  name: 'cancel',
  summary: 'Cancel a payout whose money has not been sent on its way.',
  scope: 'payouts:cancel',
  from: ['draft', 'submitted', 'approved'],
  to: 'cancelled',
  input: z.object({ reason: cancelReason }),
  decide: ({ input, actor }) => ({ cancelledBy: actor.id, cancelReason: input.reason }),
});
