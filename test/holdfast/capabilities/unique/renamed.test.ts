import { beforeEach, describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { unique } from '../../../../lib/holdfast/capabilities/unique/index.ts';
import { defineAction } from '../../../../lib/holdfast/core/definitions/define-action.ts';
import { defineResource } from '../../../../lib/holdfast/core/definitions/define-resource.ts';
import type {
  ResourceExtension,
  StoredForm,
} from '../../../../lib/holdfast/core/definitions/resource-extension.ts';
import { ask, edit as change, guards, load, made, open } from './floor.ts';
import { create, edit } from './shop.ts';

// A member of a rule is called something else from this release on; the release before runs beside it, and comes back.

beforeEach(open);

const members = z.object({ code: z.string().optional(), note: z.string().optional() });

/** Keeps `code` as `sku`, as the release before does. */
const form: StoredForm = {
  reads: 2,
  writes: 1,
  read: ({ sku: code, ...rest }) => ({ ...rest, ...(code !== undefined && { code }) }),
  store: ({ code: sku, ...rest }) => ({ ...rest, ...(sku !== undefined && { sku }) }),
};

const kept = (): ResourceExtension => ({ capability: 'another', form });

const PRODUCTS = {
  name: 'products',
  singular: 'product',
  idPrefix: 'pr',
  states: ['on-sale', 'withdrawn'],
  members,
} as const;

const resource = defineResource(PRODUCTS, kept, unique({ members: ['code'], was: ['sku'] }));

const after = {
  create: defineAction({
    resource,
    name: 'create',
    summary: 'Make one.',
    scope: 'products:create',
    to: 'on-sale',
    input: members,
    decide: ({ input }) => ({ note: '', ...input }),
  }),
  edit: defineAction({
    resource,
    name: 'edit',
    summary: 'Change some of it.',
    scope: 'products:edit',
    from: ['on-sale'],
    to: 'same',
    anyVersion: true,
    input: members,
    decide: ({ input }) => input,
  }),
};

describe('two releases that call a member of a rule by two names', () => {
  test('give a value to one resource, whichever of them is asked', async () => {
    await made({ sku: 'A' });
    await made({ code: 'B' }, after.create);

    const taken = await ask(after.create, { input: { code: 'A' } });

    expect(taken).toMatchObject({ status: 409, json: { errors: [{ pointer: '/code' }] } });
    expect(await ask(create, { input: { sku: 'B' } })).toMatchObject({
      status: 409,
      json: { errors: [{ pointer: '/sku' }] },
    });
  });

  test('let go what the other one took', async () => {
    const one = await made({ sku: 'A' });
    expect((await change(after.edit, one, { code: 'B' })).status).toBe(200);
    const other = await made({ sku: 'A' });
    expect((await change(edit, one, { sku: 'C' })).status).toBe(200);
    const third = await made({ code: 'B' }, after.create);

    expect(guards().map(([, owner]) => owner)).toEqual([other, one, third]);
    expect((await load(one))?.stored.data).toEqual({ sku: 'C', note: '' });
  });
});

test('the order in which the members of a rule are said makes no other rule of it', () => {
  const shop = { ...PRODUCTS, members: z.object({ maker: z.string(), number: z.int() }) };

  const [one, other] = [
    defineResource(shop, unique(['maker', 'number'])),
    defineResource(shop, unique(['number', 'maker'])),
  ].map(({ extensions }) => extensions?.[0]?.rules);

  expect(one).toEqual({ 'unique.maker+number': 'maker, number' });
  expect(other).toEqual(one);
});

describe('what a member was called', () => {
  test.each([
    [['code'], [], 'a rule of unique is over code and was over nothing; say one name before for each member'],
    [
      ['code', 'note'],
      ['sku', 'sku'],
      'a rule of unique is over code, note and was over sku, sku; say one name before for each member',
    ],
  ] as const)('is said once for each member: %j was %j', (names, was, fault) => {
    expect(() => defineResource(PRODUCTS, unique({ members: names, was }))).toThrow(
      `resource 'products': ${fault}`,
    );
  });

  test('is no other rule', () => {
    expect(() => defineResource(PRODUCTS, unique(['code'], { members: ['note'], was: ['code'] }))).toThrow(
      "two rules of unique were over code, and would share their guards; say another 'was' for one",
    );
  });
});
