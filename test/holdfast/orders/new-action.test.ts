import { describe, expect, test } from '@jest/globals';
import { action } from '../../../lib/holdfast/scaffold/action.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';

const registry = await loadRegistry(import.meta.dirname);

/** What `npm run new -- action` writes: the definition, its test, and its example. */
function made(resource: string, options: Readonly<Record<string, string>>) {
  const { files, example, told } = action.plan({ resource, name: 'try', ...options }, registry);
  const [definition = '', test = ''] = Object.values(files);
  return { definition, test, example, told: told.join('\n') };
}

describe('npm run new -- action with --writes and --reads', () => {
  test('finds what the action decides on by the ids that its resource keeps, alone and in a list', () => {
    const { definition, test, example } = made('orders', { writes: 'products', reads: 'customers' });

    expect(definition).toContain(`  with: ({ reads, writes }) => ({
    products: writes(products, {
      from: ['on-sale', 'withdrawn'],
      to: 'same',
      sets: [],
      max: 20,
      ids: ({ current }) => current.lines.map(({ productId }) => productId),
    }),
    customer: reads(customers, {
      id: ({ current }) => current.customerId,
    }),
  }),
`);
    expect(test).toContain("products: [stored({}, 'on-sale', 'pr_1')],\n      customer: stored({}, 'active'");
    expect(example).toEqual(['orders.try', "{ note: 'as agreed' }"]);
  });

  test('lets whoever asks name what its resource keeps no id of, and makes one for its example', () => {
    const { definition, test, example, told } = made('customers', { reads: 'products' });

    expect(definition).toContain('input: z.object({ productId: text({ max: 64 }) })');
    expect(definition).toContain('id: ({ input }) => input.productId');
    expect(test).toContain("{ productId: 'pr_1' }, 'bob', {");
    expect(example).toEqual(['customers.try', "(id) => ({ productId: id('products') })"]);
    expect(told).toContain(`-d '{"productId":"pr_…"}'`);
  });

  test('changes nothing of a resource in a state that an operation holds', () => {
    const { definition } = made('customers', { writes: 'orders' });

    expect(definition).toContain("from: ['draft', 'placed', 'shipped', 'returned', 'cancelled']");
  });

  test.each([
    [{ reads: 'clients' }, "unknown resource 'clients'; choose from customers, orders, products"],
    [{ reads: 'orders' }, "--reads names 'orders', which the action decides on already"],
    [{ writes: 'products', reads: 'products' }, "--reads names 'products', which the action decides on"],
  ])('refuses %j, and says why', (options, why) => {
    expect(() => made('orders', options)).toThrow(why);
  });
});
