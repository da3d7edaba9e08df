import { defineAction } from 'holdfast';
import * as z from 'zod';
import payouts from '../../../../../functions/actions/payouts/resource.ts';

/** As `label`, of the release before, which has no lists. */
export default defineAction({
  resource: payouts,
  name: 'label-before',
  summary: 'Label it.',
  scope: 'payouts:label-before',
  from: ['draft'],
  to: 'draft',
  anyVersion: true,
  input: z.strictObject({ reference: z.string().optional(), note: z.string().nullable() }),
  decide: ({ input: { reference, note }, current }) => ({ reference: reference ?? current.reference, note }),
});
