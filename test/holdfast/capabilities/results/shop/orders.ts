import * as z from 'zod';
import { defineResource } from '../../../../../lib/holdfast/core/definitions/define-resource.ts';
import { text } from '../../../../../lib/holdfast/core/values/text.ts';

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
