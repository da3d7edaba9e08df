import { amounts, defineResource, text } from 'holdfast';
import * as z from 'zod';

export const fullName = text({ max: 140 });

/** Who orders, and how much they may owe in all. */
export default defineResource({
  name: 'customers',
  singular: 'customer',
  idPrefix: 'cu',
  states: ['active'],
  members: z.object({
    name: fullName,
    limit: amounts.orZero,
    outstanding: amounts.orZero,
  }),
});
