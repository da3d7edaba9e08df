import { defineResource, money, text } from 'holdfast';
import { unique } from 'holdfast/unique';
import * as z from 'zod';

export const sku = text({ max: 40 });

export const title = text({ max: 140 });

/** Pieces of a product. */
export const pieces = z.int().min(0);

/** What a person says of an action. */
export const note = text({ min: 0, max: 500, multiline: true });

/** What is sold, and how many of it there are to sell. */
export default defineResource(
  {
    name: 'products',
    singular: 'product',
    idPrefix: 'pr',
    states: ['on-sale', 'withdrawn'],
    members: z.object({
      sku,
      title,
      price: money,
      available: pieces,
      lastDelivery: pieces.optional(),
      note: note.optional(),
    }),
  },
  unique(['sku']),
);
