import { defineAction } from 'holdfast';
import * as z from 'zod';
import payouts, { note } from './resource.ts';

export default defineAction({
  resource: payouts,
  name: 'submit',
  summary: 'Submit a draft for approval.',
  scope: 'payouts:submit',
  from: ['draft'],
  to: 'submitted',
  input: z.object({ note: note.optional() }),
  decide: ({ input, actor, now }) => ({ submittedBy: actor.id, submittedAt: now, note: input.note ?? null }),
});
