import * as z from 'zod';
import { defineActionWith, each } from '../../../../lib/holdfast/capabilities/with/index.ts';
import { defineAction } from '../../../../lib/holdfast/core/definitions/define-action.ts';
import { defineResource } from '../../../../lib/holdfast/core/definitions/define-resource.ts';

// A shop: orders of products by customers, who have a limit.

const conflict = {
  status: 409,
  category: 'conflict',
  recovery: 'refresh',
  tell: 'No.',
  check: 'Why?',
} as const;

export const products = defineResource({
  name: 'products',
  singular: 'product',
  idPrefix: 'pr',
  states: ['on-sale', 'withdrawn'],
  members: z.object({ available: z.int().min(0) }),
});

export const customers = defineResource({
  name: 'customers',
  singular: 'customer',
  idPrefix: 'cu',
  states: ['active', 'closed'],
  members: z.object({ limit: z.int(), outstanding: z.int() }),
});

const line = z.strictObject({ productId: z.string(), quantity: z.int().min(1) });

export const orders = defineResource({
  name: 'orders',
  singular: 'order',
  idPrefix: 'or',
  states: ['draft', 'placed'],
  members: z.object({
    customerId: z.string(),
    lines: z.array(line),
    total: z.int(),
    placedBy: z.optional(z.string()),
  }),
  problems: {
    'out-of-stock': { ...conflict, title: 'There is not enough of a product' },
    'credit-limit': { ...conflict, title: 'The customer would owe more than is allowed' },
  },
});

const create = <R extends typeof products | typeof customers | typeof orders>(resource: R) => ({
  resource,
  name: 'create',
  summary: 'Make one.',
});

export const createProduct = defineAction({
  ...create(products),
  scope: 'products:create',
  to: 'on-sale',
  input: z.object({ available: z.int() }),
  decide: ({ input }) => ({ ...input }),
});

export const withdraw = defineAction({
  resource: products,
  name: 'withdraw',
  summary: 'Sell no more of it.',
  scope: 'products:withdraw',
  from: ['on-sale'],
  to: 'withdrawn',
  input: z.object({}),
  decide: () => ({}),
});

export const createCustomer = defineAction({
  ...create(customers),
  scope: 'customers:create',
  to: 'active',
  input: z.object({ limit: z.int() }),
  decide: ({ input }) => ({ ...input, outstanding: 0 }),
});

export const createOrder = defineAction({
  ...create(orders),
  scope: 'orders:create',
  to: 'draft',
  input: z.object({ customerId: z.string(), lines: z.array(line), total: z.int() }),
  decide: ({ input }) => ({ ...input }),
});

const PLACE = {
  resource: orders,
  summary: 'Reserve what is ordered.',
  from: ['draft'],
  to: 'placed',
  input: z.object({}),
  problems: ['out-of-stock', 'credit-limit'],
} as const;

/** What is left of a product once an order has taken its part. */
const left = (lines: z.output<typeof line>[], product: { id: string; available: number }) =>
  lines
    .filter(({ productId }) => productId === product.id)
    .reduce((available, { quantity }) => available - quantity, product.available);

/** Takes stock, and holds the customer's limit against what is owed in all. */
export const place = defineActionWith({
  ...PLACE,
  name: 'place',
  scope: 'orders:place',
  with: ({ writes }) => ({
    stock: writes(products, {
      from: ['on-sale'],
      to: 'same',
      sets: ['available'],
      max: 20,
      ids: ({ current }) => current.lines.map(({ productId }) => productId),
    }),
    customer: writes(customers, {
      from: ['active'],
      to: 'same',
      sets: ['outstanding'],
      id: ({ current }) => current.customerId,
    }),
  }),
  decide({ current, stock, customer, actor, reject }) {
    const outstanding = customer.outstanding + current.total;
    if (outstanding > customer.limit) return reject('credit-limit');
    if (stock.some((product) => left(current.lines, product) < 0)) return reject('out-of-stock');
    return {
      changes: { placedBy: actor.id },
      stock: each(stock, (product) => ({ available: left(current.lines, product) })),
      customer: { outstanding },
    };
  },
});

/** Makes an order, and takes its stock at once. */
export const order = defineActionWith({
  resource: orders,
  name: 'order',
  summary: 'Order and reserve.',
  scope: 'orders:order',
  to: 'placed',
  input: z.object({ customerId: z.string(), productId: z.string(), quantity: z.int().min(1) }),
  problems: ['out-of-stock'],
  with: ({ reads, writes }) => ({
    customer: reads(customers, { from: ['active'], id: ({ input }) => input.customerId }),
    product: writes(products, {
      from: ['on-sale'],
      to: 'same',
      sets: ['available'],
      id: ({ input }) => input.productId,
    }),
  }),
  decide({ input: { productId, quantity }, customer, product, actor, reject }) {
    if (product.available < quantity) return reject('out-of-stock');
    return {
      changes: {
        customerId: customer.id,
        lines: [{ productId, quantity }],
        total: quantity,
        placedBy: actor.id,
      },
      product: { available: product.available - quantity },
    };
  },
});

/** Moves some of one product to another. */
export const move = defineActionWith({
  resource: products,
  name: 'move',
  summary: 'Move some to another product.',
  scope: 'products:move',
  from: ['on-sale'],
  to: 'on-sale',
  anyVersion: true,
  input: z.object({ to: z.string(), quantity: z.int() }),
  with: ({ writes }) => ({
    other: writes(products, {
      from: ['on-sale'],
      to: 'same',
      sets: ['available'],
      id: ({ input }) => input.to,
    }),
  }),
  decide: ({ current, other, input: { quantity } }) => ({
    changes: { available: current.available - quantity },
    other: { available: other.available + quantity },
  }),
});

/** Places an order only where there are ten of its products in all. */
export const placeOfTen = defineActionWith({
  ...PLACE,
  name: 'place-of-ten',
  scope: 'orders:place-of-ten',
  with: ({ reads }) => ({
    stock: reads(products, { max: 2, ids: ({ current }) => current.lines.map(({ productId }) => productId) }),
  }),
  decide: ({ stock, reject }) =>
    stock.reduce((sum, { available }) => sum + available, 0) === 10
      ? { changes: {} }
      : reject('out-of-stock'),
});

/** The same, but for the limit: it is held against what the customer owed when it was read, and nothing is added there. */
export const placeUnheld = defineActionWith({
  ...PLACE,
  name: 'place-unheld',
  scope: 'orders:place-unheld',
  with: ({ reads }) => ({
    customer: reads(customers, { from: ['active'], id: ({ current }) => current.customerId }),
  }),
  decide({ current, customer, reject }) {
    if (current.total > customer.limit) return reject('credit-limit');
    return { changes: {} };
  },
});
