import { defineAction, money } from 'holdfast';
import * as z from 'zod';
import products, { pieces, sku, title } from './resource.ts';

export default defineAction({
  resource: products,
  name: 'create',
  summary: 'Put a product on sale.',
  scope: 'products:create',
  to: 'on-sale',
  input: z.object({ sku, title, price: money, available: pieces }),
  decide: ({ input }) => ({ ...input }),
});
