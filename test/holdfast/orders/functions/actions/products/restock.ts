import { defineAction } from 'holdfast';
import * as z from 'zod';
import products from './resource.ts';

export default defineAction({
  resource: products,
  name: 'restock',
  summary: 'Add a delivery to what there is.',
  scope: 'products:restock',
  from: ['on-sale', 'withdrawn'],
  to: 'same',
  anyVersion: true,
  input: z.object({ quantity: z.int().min(1).max(1_000) }),
  decide: ({ current: { available }, input: { quantity } }) => ({
    available: available + quantity,
    lastDelivery: quantity,
  }),
});
