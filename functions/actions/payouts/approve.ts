import { defineAction } from 'holdfast';
import * as z from 'zod';
import payouts, { note } from './resource.ts';

export default defineAction({
  resource: payouts,
  name: 'approve',
  summary: 'Approve a submitted payout, so that it can be disbursed.',
  scope: 'payouts:approve',
  from: ['submitted'],
  to: 'approved',
  input: z.object({ note: note.optional() }),
  problems: ['separation-of-duties'],
  decide({ current, input, actor, now, reject }) {
    if (current.submittedBy === actor.id) return reject('separation-of-duties');
    return { approvedBy: actor.id, approvedAt: now, note: input.note ?? null };
  },
});
