import { defineAction } from 'holdfast';
import * as z from 'zod';
import payouts from '../../../../functions/actions/payouts/resource.ts';

/** The bug: a number that is counted in the memory of a function, of which there are many, and which decides again. */
let given = 0;

export default defineAction({
  resource: payouts,
  name: 'numbered',
  summary: 'Give a payout the next number.',
  scope: 'payouts:numbered',
  from: ['draft'],
  to: 'draft',
  anyVersion: true,
  input: z.object({}),
  decide: () => ({ reference: `Invoice ${++given}` }),
});
