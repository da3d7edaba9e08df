import { defineAction } from 'holdfast';
import * as z from 'zod';
import budgets, { cents } from './resource.ts';

export default defineAction({
  resource: budgets,
  name: 'spend',
  summary: 'Spend a part of a budget.',
  scope: 'budgets:spend',
  from: ['open'],
  to: 'same',
  anyVersion: true,
  input: z.object({ amount: cents }),
  problems: ['budget-exhausted'],
  decide({ current: { limit, spent }, input: { amount }, reject }) {
    if (spent + amount > limit) return reject('budget-exhausted', `${limit - spent} cents of it are left`);
    return { spent: spent + amount, amount };
  },
});
