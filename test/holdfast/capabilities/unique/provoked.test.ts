import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { reviewRows } from '../../../../lib/holdfast/cli/explain/review-rows.ts';
import { type Action, defineAction } from '../../../../lib/holdfast/core/definitions/define-action.ts';
import { service } from '../../../../lib/holdfast/service/project.ts';
import { examplesOf, freshOf, inputWith } from '../../../../lib/holdfast/testing/examples.ts';
import { provocables } from '../../../../lib/holdfast/testing/provoke/provoke.ts';
import { Scene } from '../../../../lib/holdfast/testing/scene/scene.ts';
import { create, edit, products } from './shop.ts';

const withdraw = defineAction({
  resource: products,
  name: 'withdraw',
  summary: 'Sell no more of it.',
  scope: 'products:withdraw',
  from: ['on-sale'],
  to: 'withdrawn',
  input: z.object({}),
  decide: () => ({}),
});

const actions = [create, edit, withdraw];

const registry = {
  resources: [
    { definition: products, file: '', actions: actions.map((definition) => ({ definition, file: '' })) },
  ],
  operations: [],
  versions: [],
};

const examples = examplesOf(registry, {
  'products.create': { input: (_, fresh) => ({ sku: `SKU-${fresh}` }) },
  'products.edit': { input: { note: 'x' } },
  'products.withdraw': { input: {} },
});

const scene = new Scene(service, registry, examples, true);

const rowOf = async (action: Action) =>
  (await reviewRows(scene, action)).find(({ gets }) => gets.includes('already-exists'));

describe('what another resource has', () => {
  test('is provoked where an action surely takes a value', () => {
    const found = provocables(scene).find(({ name }) => name === 'already-exists');

    expect(found?.actions).toEqual(actions);
    expect(actions.map((action) => found?.unsure?.(action))).toEqual([
      undefined,
      undefined,
      'if the action sets sku or maker or number, and its input says what to',
    ]);
  });

  test('is on the review page of each action, with a command where that surely brings it about', async () => {
    expect(await rowOf(create)).toMatchObject({
      when: 'Another resource that has what it takes',
      provoke: {
        command: 'npm run provoke -- already-exists --action products.create',
        curl: expect.stringContaining('"sku":"SKU-1"'),
      },
    });
    expect(await rowOf(withdraw)).not.toHaveProperty('provoke');
  });
});

describe('an example of what only one resource may have', () => {
  test('has another value in each request, and the same one in a retry, however its key is written', () => {
    const input = examples.get('products.create')?.input ?? {};
    const sent = (key: string) => inputWith(input, String, freshOf(key)).sku;

    expect(sent('"k"')).toBe(sent('k'));
    expect(sent('l')).not.toBe(sent('k'));
    expect(sent('k')).toMatch(/^SKU-\d+$/);
  });
});
