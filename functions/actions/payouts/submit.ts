import * as z from 'zod';
import { defineAction } from '../../core/define-action.ts';
import payouts from './resource.ts';

export default defineAction({
  resource: payouts,
  name: 'submit',
  summary: 'Submit a draft for approval.',
  scope: 'payouts:submit',
  from: ['draft'],
  to: 'submitted',
  input: z.object({ note: z.optional(z.string().max(500)) }),
  decide: ({ input, actor, now }) => ({ submittedBy: actor.id, submittedAt: now, note: input.note ?? null }),
});
