import { beforeEach, expect, test } from '@jest/globals';
import * as z from 'zod';
import { unique } from '../../../../lib/holdfast/capabilities/unique/index.ts';
import { defineAction } from '../../../../lib/holdfast/core/definitions/define-action.ts';
import { defineResource } from '../../../../lib/holdfast/core/definitions/define-resource.ts';
import { edit as change, guards, load, made, open } from './floor.ts';
import { edit } from './shop.ts';

// A release that has other capabilities, and not this one, changes values and leaves alone what is kept with them.

beforeEach(open);

const PRODUCTS = {
  name: 'products',
  singular: 'product',
  idPrefix: 'pr',
  states: ['on-sale', 'withdrawn'],
  members: z.object({ sku: z.string().optional(), note: z.string() }),
} as const;

const before = defineAction({
  resource: defineResource(PRODUCTS, () => ({ capability: 'another' })),
  name: 'edit',
  summary: 'Change some of it.',
  scope: 'products:edit',
  from: ['on-sale'],
  to: 'same',
  anyVersion: true,
  input: z.strictObject({ sku: z.string() }),
  decide: ({ input }) => input,
});

test('a value that is given up under a release with another capability is free once a release that knows the rule has written the resource', async () => {
  const one = await made({ sku: 'A' });
  expect((await change(before, one, { sku: 'B' })).status).toBe(200);
  const kept = (await load(one))?.derived;

  expect((await change(edit, one, { note: 'x' })).status).toBe(200);
  const other = await made({ sku: 'A' });

  expect(kept).toEqual({ guards: { sku: expect.stringMatching(/^unique#products#acme#sku#/) } });
  expect(guards().map(([, owner]) => owner)).toEqual([one, other]);
});

test('a resource that gives up its only value keeps nothing of it', async () => {
  const one = await made({ sku: 'A' });

  expect((await change(edit, one, { sku: null })).status).toBe(200);

  expect((await load(one))?.derived).toStrictEqual({});
});

test('rules are said at once: what one unique keeps, another one would overwrite', () => {
  expect(() => defineResource(PRODUCTS, unique(['sku']), unique(['note']))).toThrow(
    "resource 'products': it has unique twice; say all of it in one unique(…)",
  );
});
