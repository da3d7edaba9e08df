import * as z from 'zod';
import { defineResource } from '../../core/define-resource.ts';
import { iban } from '../../core/iban.ts';
import { money } from '../../core/money.ts';

/** Who receives the money: a name of at most 70 characters, as SEPA carries it, and an IBAN. */
export const beneficiary = z.strictObject({ name: z.string().trim().min(1).max(70), iban });

/** Money that leaves to a beneficiary, once. */
export default defineResource({
  name: 'payouts',
  singular: 'payout',
  idPrefix: 'po',
  states: ['draft', 'submitted', 'approved', 'disbursing', 'paid', 'returned', 'cancelled'],
  members: z.object({
    amount: money,
    beneficiary,
    reference: z.string(),
    createdBy: z.string(),
    submittedBy: z.string().optional(),
    submittedAt: z.string().optional(),
    approvedBy: z.string().optional(),
    approvedAt: z.string().optional(),
    cancelledBy: z.string().optional(),
    cancelReason: z.string().optional(),
    note: z.string().optional(),
  }),
  problems: {
    'separation-of-duties': {
      status: 403,
      title: 'A payout is not approved by the person who submitted it',
      category: 'authorization',
      recovery: 'stop',
      tell: 'You submitted this payout, so that someone else has to approve it.',
      check: 'submittedBy of the payout is the subject of the token.',
    },
  },
});
