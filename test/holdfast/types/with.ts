import * as z from 'zod';
import { defineActionWith, each } from '../../../lib/holdfast/capabilities/with/index.ts';
import type { Kinds } from '../../../lib/holdfast/capabilities/with/sides.ts';
import { customers, orders, products } from '../capabilities/with/shop.ts';

// Decisions on several resources that are wrong, each of which the compiler refuses: see must-not-compile.ts.

const ids = ({ current }: { readonly current: { readonly lines: readonly { productId: string }[] } }) =>
  current.lines.map(({ productId }) => productId);

const stock = { from: ['on-sale'], to: 'same', sets: ['available'], max: 3, ids } as const;

const action = {
  resource: orders,
  name: 'place',
  summary: 'Place it.',
  scope: 'orders:place',
  from: ['draft'],
  to: 'placed',
  input: z.object({}),
} as const;

defineActionWith({
  ...action,
  decide: () => ({ changes: {} }),
  with: ({ reads, writes }) => ({
    // A state, a member and a member of one's own resource that are not there; many without a bound.
    // @ts-expect-error
    a: reads(customers, { id: () => 'cu_1', from: ['asleep'] }),
    // @ts-expect-error
    b: writes(products, { ...stock, sets: ['price'] }),
    // @ts-expect-error
    c: reads(customers, { id: ({ current }) => current.buyerId }),
    // @ts-expect-error
    d: reads(products, { ids }),
    // What is written says in which states, and what of it.
    // @ts-expect-error
    e: writes(customers, { id: () => 'cu_1' }),
    // One that may not be there says so.
    // @ts-expect-error
    f: reads(customers, { id: (): string | undefined => undefined }),
  }),
});

const touched = ({ reads, writes }: Kinds<typeof orders, typeof action.input>) => ({
  stock: writes(products, stock),
  customer: reads(customers, { id: ({ current }) => current.customerId }),
  perhaps: reads(customers, { id: ({ current }) => current.placedBy, optional: true }),
});

defineActionWith({
  ...action,
  with: touched,
  // A change of what is only read, and one of a member that is not among those set.
  // @ts-expect-error
  decide: () => ({ changes: {}, customer: { outstanding: 1 } }),
});

defineActionWith({
  ...action,
  with: touched,
  // @ts-expect-error
  decide: ({ stock: products }) => ({ changes: {}, stock: each(products, () => ({ price: 1 })) }),
});

defineActionWith({
  ...action,
  with: touched,
  // What it decides of its own resource is changes.
  // @ts-expect-error
  decide: () => ({ placedBy: 'alice' }),
});

defineActionWith({
  ...action,
  with: touched,
  decide({ stock: many, perhaps, current }) {
    // @ts-expect-error
    perhaps.limit;
    // @ts-expect-error
    many.available;
    return { changes: { placedBy: current.id } };
  },
});

const made = {
  resource: orders,
  name: 'order',
  summary: 'Make it.',
  scope: 'orders:order',
  to: 'placed',
  input: z.object({ customerId: z.string() }),
} as const;

defineActionWith({
  ...made,
  // What is made is not there to choose by, nor to decide on.
  // @ts-expect-error
  with: ({ reads }) => ({ customer: reads(customers, { id: ({ current }) => current.customerId }) }),
  decide: () => ({ changes: { customerId: 'cu_1', lines: [], total: 1 } }),
});

defineActionWith({
  ...made,
  with: ({ reads }) => ({ customer: reads(customers, { id: ({ input }) => input.customerId }) }),
  // @ts-expect-error
  decide: ({ current }) => ({ changes: { customerId: current.customerId, lines: [], total: 1 } }),
});

defineActionWith({
  ...made,
  with: ({ reads }) => ({ customer: reads(customers, { id: ({ input }) => input.customerId }) }),
  // It has all that is required.
  // @ts-expect-error
  decide: ({ customer }) => ({ changes: { customerId: customer.id } }),
});

defineActionWith({
  ...made,
  with: ({ reads }) => ({ customer: reads(customers, { id: ({ input }) => input.customerId }) }),
  decide: ({ customer }) => ({ changes: { customerId: customer.id, lines: [], total: 1 } }),
});
