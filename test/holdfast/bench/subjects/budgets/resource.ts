import { defineResource } from 'holdfast';
import * as z from 'zod';

/** Cents. */
export const cents = z.int().min(1).max(1_000_000_000);

const centsOrNone = z.int().min(0).max(1_000_000_000);

/** What may be spent, and what has been. A large one is several of these, its shards, each with a part of the limit. */
export default defineResource({
  name: 'budgets',
  singular: 'budget',
  idPrefix: 'bu',
  states: ['open', 'closed'],
  members: z.object({
    limit: cents,
    spent: centsOrNone,
    /** What was spent last. */
    amount: cents.optional(),
  }),
  problems: {
    'budget-exhausted': {
      status: 409,
      title: 'The amount is more than what is left of the budget',
      category: 'conflict',
      recovery: 'refresh',
      tell: 'There is not enough left of this budget.',
      check: 'limit and spent of the budget.',
    },
  },
});
