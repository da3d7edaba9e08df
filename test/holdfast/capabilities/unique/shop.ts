import * as z from 'zod';
import { unique } from '../../../../lib/holdfast/capabilities/unique/index.ts';
import { changed } from '../../../../lib/holdfast/core/decisions/apply-decision.ts';
import { defineAction, extendedAction } from '../../../../lib/holdfast/core/definitions/define-action.ts';
import { defineResource } from '../../../../lib/holdfast/core/definitions/define-resource.ts';
import { partitionKey } from '../../../../lib/holdfast/core/store/keys.ts';
import type { PlannedWrite } from '../../../../lib/holdfast/core/store/store.ts';
import type { Extension } from '../../../../lib/holdfast/core/writes/extension.ts';

const sku = z.string().optional();
const members = z.object({ sku, maker: z.string().optional(), number: z.int().optional(), note: z.string() });

const PRODUCTS = {
  name: 'products',
  singular: 'product',
  idPrefix: 'pr',
  states: ['on-sale', 'withdrawn'],
  members,
} as const;

/** As the release has them that knows of uniqueness, and as one before it does. */
export const products = defineResource(PRODUCTS, unique(['sku'], ['maker', 'number']));
const productsBefore = defineResource(PRODUCTS);

const input = members.partial().strict();

const actionsOn = (resource: typeof products) => ({
  create: defineAction({
    resource,
    name: 'create',
    summary: 'Make one.',
    scope: 'products:create',
    to: 'on-sale',
    input,
    decide: ({ input: given }) => ({ ...given, note: given.note ?? '' }),
  }),
  edit: defineAction({
    resource,
    name: 'edit',
    summary: 'Change some of it.',
    scope: 'products:edit',
    from: ['on-sale'],
    to: 'same',
    anyVersion: true,
    input: z.strictObject({ ...input.shape, sku: sku.nullable() }),
    decide: ({ input: given, current }) => ({ ...given, note: given.note ?? current.note }),
  }),
});

export const { create, edit } = actionsOn(products);

/** The actions of a release that does not know of uniqueness. */
export const before = actionsOn(productsBefore);

/** Those of a release that has one of the two rules. */
export const lesser = actionsOn(defineResource(PRODUCTS, unique(['sku'])));

/** A decision on several, as a capability makes one: what becomes of each of the others, by its id. */
const others: Extension = {
  problems: {},
  touches: [{ name: 'others', resource: products, writes: true, states: [] }],
  async extend({ asked, input: { others: given }, store }) {
    const all = await Promise.all(
      Object.entries(z.record(z.string(), z.record(z.string(), z.unknown())).parse(given)).map(
        async ([id, changes]) => {
          const pk = partitionKey(products, asked.actor.tenant, id);
          const read = await store.load(products, pk);
          if (read === undefined) throw new Error(`${id} is not there`);
          return { id, pk, changes, read };
        },
      ),
    );
    return {
      items: new Map(all.map(({ pk, read }) => [pk, read])),
      given: {},
      own: (result) => result,
      writes: (_, { now, newCommit, event }): readonly PlannedWrite[] =>
        all.map(({ id, pk, changes, read }) => {
          const { stored: current } = read;
          const to = () => current.state;
          const decided = changed('it', products, changes, { id, now, commit: newCommit(), current, to });
          return { label: `side:${id}`, change: { resource: products, pk, read, decided, event } };
        }),
    };
  },
};

const EDIT_ALL = {
  resource: products,
  name: 'edit-all',
  summary: 'Change several.',
  scope: 'products:edit-all',
  from: ['on-sale'],
  to: 'same',
  anyVersion: true,
  input: z.strictObject({ own: input, others: z.record(z.string(), input) }),
} as const;

/** Changes several products at once. */
export const editAll = extendedAction({
  ...EDIT_ALL,
  decide: ({ input: { own } }: { readonly input: { readonly own: object } }) => own,
  with: others,
});
