import { defineAction } from 'holdfast';
import * as z from 'zod';
import payouts from './payouts.ts';

/** Says what a payout is for, and notes something of it or nothing. */
export default defineAction({
  resource: payouts,
  name: 'label',
  summary: 'Label it.',
  scope: 'payouts:label',
  from: ['draft'],
  to: 'draft',
  anyVersion: true,
  input: z.strictObject({ reference: z.string().optional(), note: z.string().nullable() }),
  decide: ({ input: { reference, note }, current }) => ({ reference: reference ?? current.reference, note }),
});
