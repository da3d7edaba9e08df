import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { reviewRows } from '../../../lib/holdfast/cli/explain/review-rows.ts';
import { listCommand } from '../../../lib/holdfast/cli/list.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';
import { type Example, examplesOf } from '../../../lib/holdfast/testing/examples.ts';
import { provocables } from '../../../lib/holdfast/testing/provoke/provoke.ts';
import { Related } from '../../../lib/holdfast/testing/scene/related.ts';
import { Scene } from '../../../lib/holdfast/testing/scene/scene.ts';
import place from './functions/actions/orders/place.ts';
import service from './lib/service.ts';
import examples from './test/examples.ts';

const registry = await loadRegistry(join(import.meta.dirname));
const scene = new Scene(service, registry, examplesOf(registry, examples), true);

const CODES = ['related-not-found', 'too-many-related', 'related-state'];

describe('an example that names other resources', () => {
  const withExample = (name: string, example: Example) => () =>
    examplesOf(registry, { ...examples, [name]: example });

  test('is refused where a resource that it names is not there, and told which are', () => {
    const input: Example['input'] = (id) => ({ customerId: id('clients'), lines: [] });

    expect(withExample('orders.create', { input })).toThrow(
      "the example of 'orders.create': there is no resource 'clients' of which it has an id; choose from customers, orders, products",
    );
  });

  test('is refused where what it names is made only with one of its own kind', () => {
    const input: Example['input'] = (id) => ({
      sku: 'DESK',
      title: id('orders'),
      price: { currency: 'EUR', value: '1.00' },
      available: 1,
    });

    expect(withExample('products.create', { input })).toThrow(
      "the example of 'products.create' needs a product before there is one; let it name what can be made without it",
    );
  });

  test('is sent the same each time in a tenant, with another resource for each that it names twice', async () => {
    let made = 0;
    const related = new Related(async (name, tenant) => `${tenant}-${name}-${++made}`);
    const { input } = examples['orders.create'];

    const [first, again] = [await related.inputOf(input, 'a'), await related.inputOf(input, 'a')];
    const other = await related.inputOf(input, 'b');

    expect(again).toEqual(first);
    expect(first).toMatchObject({
      customerId: 'a-customers-1',
      lines: [{ productId: 'a-products-2' }, { productId: 'a-products-3' }],
    });
    expect(other).toMatchObject({ customerId: 'b-customers-4' });
  });
});

describe('an action that decides on other resources', () => {
  test('is listed with what it reads and writes besides, and with what it is refused with for that', () => {
    const listed = listCommand({ json: false }, registry);

    expect(listed).toMatch(/^ {2}action +route +from +to +also +scope +problems$/m);
    expect(listed).toMatch(
      /^ {2}place .* writes products, writes customers +orders:place .*, related-state, too-large$/m,
    );
    expect(listed).toMatch(
      /^ {2}restock +POST \S+ +on-sale, withdrawn +same +products:restock +already-exists, too-large$/m,
    );
  });

  test('has what is refused for them on its part of the review page', async () => {
    const rows = (await reviewRows(scene, place)).filter(({ when }) =>
      when.startsWith('Another resource that it decides on'),
    );

    expect(rows.map(({ gets }) => CODES.find((code) => gets.includes(code)))).toEqual(CODES);
    for (const { recovery, tell, check } of rows) expect([recovery, tell, check]).not.toContain('');
  });

  test.each(CODES)('is the only one on which %s may be provoked', (code) => {
    const { actions, whyNot } = provocables(scene).find(({ name }) => name === code) ?? {};

    expect(actions?.map(({ name }) => name)).toEqual(['place', 'cancel']);
    expect(whyNot?.(place)).toBeUndefined();
  });
});
