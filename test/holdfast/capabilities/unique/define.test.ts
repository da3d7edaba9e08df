import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { unique } from '../../../../lib/holdfast/capabilities/unique/index.ts';
import { defineResource } from '../../../../lib/holdfast/core/definitions/define-resource.ts';
import { money } from '../../../../lib/holdfast/core/money/money.ts';
import { text } from '../../../../lib/holdfast/core/values/text.ts';

const resource = {
  name: 'products',
  singular: 'product',
  idPrefix: 'pr',
  states: ['on-sale'],
  members: z.object({
    sku: text({ max: 40 }),
    number: z.int().nullable().optional(),
    isNew: z.boolean(),
    kind: z.enum(['a', 'b']).readonly(),
    code: z.union([z.int(), z.literal('none')]),
    price: money,
    tags: z.array(z.string()),
    either: z.union([z.int(), z.record(z.string(), z.int())]),
  }),
  internal: z.object({ cost: z.int() }),
} as const;

type Member = keyof typeof resource.members.shape;

describe('rules', () => {
  test.each<[string, readonly (readonly string[])[], string]>([
    ['of which there is none', [], "unique() has no rule; name members, as unique(['sku']), or leave it out"],
    ['over no member', [[]], 'a rule of unique names no member; name one, or remove it'],
    ['over one member twice', [['sku', 'sku']], "a rule of unique names 'sku' twice; name it once"],
    [
      'that are the same, in whichever order',
      [
        ['sku', 'number'],
        ['number', 'sku'],
      ],
      'two rules of unique are over number, sku; remove one',
    ],
    [
      'over what is no member',
      [['code', 'colour']],
      "unique names 'colour', which is no member of products; choose from sku, number, isNew, kind, code, price, tags, either",
    ],
    [
      'over an internal member',
      [['cost']],
      "unique names 'cost', which is internal, and a refusal would tell of it; name a member that is shown",
    ],
    [
      'over money',
      [['price']],
      "unique names 'price', which may be an object; name members that are texts, numbers or booleans",
    ],
    ['over a list', [['tags']], "unique names 'tags', which may be of type array; name members that are"],
    [
      'over what may be more than one value',
      [['either']],
      "unique names 'either', which may be of type record; name",
    ],
  ])('%s are refused', (_, rules, fault) => {
    const given = rules as unknown as readonly (readonly Member[])[];
    expect(() => defineResource(resource, unique(...given))).toThrow(`resource 'products': ${fault}`);
  });

  test('over single values are taken, and say what they hold', () => {
    const { extensions } = defineResource(resource, unique(['sku'], ['number', 'isNew', 'kind', 'code']));

    expect(extensions?.[0]).toMatchObject({
      capability: 'unique',
      keys: ['unique#products'],
      rules: { 'unique.sku': 'sku' },
      constraints: [
        { name: 'sku', says: 'No two products of a tenant have the same sku.' },
        { name: 'number+isNew+kind+code', writes: 2 },
      ],
    });
  });
});
