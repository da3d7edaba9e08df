import { defineAction } from 'holdfast';
import * as z from 'zod';
import payouts, { note } from './resource.ts';

export default defineAction({
  resource: payouts,
  name: 'reopen',
  summary: 'Take a cancelled or returned payout back to draft.',
  scope: 'payouts:reopen',
  from: ['cancelled', 'returned'],
  to: 'draft',
  input: z.object({ note: note.optional() }),
  decide: ({ input }) => ({
    submittedBy: null,
    submittedAt: null,
    approvedBy: null,
    approvedAt: null,
    cancelledBy: null,
    cancelReason: null,
    note: input.note ?? null,
  }),
});
