import { defineAction } from 'holdfast';
import * as z from 'zod';
import budgets, { cents } from './resource.ts';

export default defineAction({
  resource: budgets,
  name: 'open',
  summary: 'Open a budget.',
  scope: 'budgets:open',
  to: 'open',
  input: z.object({ limit: cents }),
  decide: ({ input: { limit } }) => ({ limit, spent: 0 }),
});
