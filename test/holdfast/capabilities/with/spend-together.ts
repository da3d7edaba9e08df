import * as z from 'zod';
import { defineActionWith } from '../../../../lib/holdfast/capabilities/with/index.ts';
import budgets, { cents } from '../../bench/subjects/budgets/resource.ts';

/** What many spend at once, each of a budget of their own and all of one that they share. */
export default defineActionWith({
  resource: budgets,
  name: 'spend',
  summary: 'Spend a part of a budget, and of the one above it.',
  scope: 'budgets:spend',
  from: ['open'],
  to: 'same',
  anyVersion: true,
  input: z.object({ amount: cents, above: z.string() }),
  problems: ['budget-exhausted'],
  with: ({ writes }) => ({
    above: writes(budgets, { from: ['open'], to: 'same', sets: ['spent'], id: ({ input }) => input.above }),
  }),
  decide({ current, input: { amount }, above, reject }) {
    if (Math.min(current.limit - current.spent, above.limit - above.spent) < amount)
      return reject('budget-exhausted');
    return { changes: { spent: current.spent + amount, amount }, above: { spent: above.spent + amount } };
  },
});
