import { defineAction } from 'holdfast';
import * as z from 'zod';
import payouts from './payouts.ts';

/** Makes a payout that is for something, of which nothing is noted. */
export default defineAction({
  resource: payouts,
  name: 'file',
  summary: 'Make one.',
  scope: 'payouts:file',
  to: 'draft',
  input: z.strictObject({ reference: z.string() }),
  decide: ({ input: { reference }, actor }) => ({
    amount: { currency: 'EUR', value: '1.00' },
    beneficiary: { name: 'Lovelace Ltd', iban: 'DE89370400440532013000' },
    reference,
    createdBy: actor.id,
  }),
});
