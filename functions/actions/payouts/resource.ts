import { actorId, defineResource, money, text, timestamp } from 'holdfast';
import * as z from 'zod';
import { iban } from '../../values/iban.ts';

/** Who receives the money: a name of at most 70 characters, as SEPA carries it, and an IBAN. */
export const beneficiary = z.strictObject({ name: text({ max: 70 }), iban });

/** What a payout is for, as the beneficiary's bank shows it: at most 140 characters, as SEPA carries it. */
export const reference = text({ max: 140 });

/** What a person says of an action. */
export const note = text({ min: 0, max: 500, multiline: true });

/** Why a payout was cancelled. */
export const cancelReason = text({ max: 500, multiline: true });

/** Money that leaves to a beneficiary, once. */
export default defineResource({
  name: 'payouts',
  singular: 'payout',
  idPrefix: 'po',
  states: ['draft', 'submitted', 'approved', 'disbursing', 'paid', 'returned', 'cancelled'],
  members: z.object({
    amount: money,
    beneficiary,
    reference,
    createdBy: actorId,
    submittedBy: actorId.optional(),
    submittedAt: timestamp.optional(),
    approvedBy: actorId.optional(),
    approvedAt: timestamp.optional(),
    cancelledBy: actorId.optional(),
    cancelReason: cancelReason.optional(),
    note: note.optional(),
  }),
  problems: {
    'separation-of-duties': {
      status: 403,
      title: 'A payout cannot be approved by the person who submitted it',
      category: 'authorization',
      recovery: 'stop',
      tell: 'You submitted this payout, so someone else must approve it.',
      check: 'submittedBy of the payout is the subject of the token.',
    },
  },
});
