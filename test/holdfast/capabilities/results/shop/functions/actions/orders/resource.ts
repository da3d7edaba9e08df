import { defineResource, text } from 'holdfast';
import * as z from 'zod';

export default defineResource({
  name: 'orders',
  singular: 'order',
  idPrefix: 'or',
  states: ['placed', 'shipping', 'shipped', 'returned'],
  members: z.object({
    address: text({ max: 100 }),
    trackingNumber: z.optional(text({ max: 40 })),
  }),
  internal: z.object({ label: z.optional(z.string()) }),
});
