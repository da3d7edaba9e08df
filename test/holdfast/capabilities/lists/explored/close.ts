import { defineAction } from 'holdfast';
import * as z from 'zod';
import payouts from './payouts.ts';

/** The same, and moves it. */
export default defineAction({
  resource: payouts,
  name: 'close',
  summary: 'Label it.',
  scope: 'payouts:close',
  from: ['draft'],
  to: 'cancelled',
  anyVersion: true,
  input: z.strictObject({ reference: z.string().optional(), note: z.string().nullable() }),
  decide: ({ input: { reference, note }, current }) => ({ reference: reference ?? current.reference, note }),
});
