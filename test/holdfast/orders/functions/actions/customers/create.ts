import { amounts, defineAction } from 'holdfast';
import * as z from 'zod';
import customers, { fullName } from './resource.ts';

export default defineAction({
  resource: customers,
  name: 'create',
  summary: 'Take on a customer, with a limit to what they may owe.',
  scope: 'customers:create',
  to: 'active',
  input: z.object({ name: fullName, limit: amounts.orZero }),
  decide: ({ input }) => ({ ...input, outstanding: amounts.zero(input.limit.currency) }),
});
