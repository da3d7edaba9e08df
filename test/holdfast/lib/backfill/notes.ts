import * as z from 'zod';
import { defineResource } from '../../../../lib/holdfast/core/definitions/define-resource.ts';
import type { KeepingExtension } from '../../../../lib/holdfast/core/writes/keeping.ts';

/** Keeps the title of each note in an attribute of its item, and a guard for it. */
export const titled: KeepingExtension = {
  capability: 'titled',
  rules: { 'titled.title': 'the title, as it is' },
  keep: ({ next }) => ({ attributes: { l1: next.data.title ?? null } }),
};

export const guarded: KeepingExtension = {
  capability: 'guarded',
  keys: ['guards#notes'],
  rules: { 'guarded.title': 'one of each title' },
  keep({ pk, next, without = [] }) {
    const label = `guard:${next.data.title}`;
    if (without.includes(label)) return {};
    const put = { pk: `guards#notes#${next.data.title}`, owner: pk };
    return { derived: { guard: next.data.title }, writes: [{ label, put, of: pk }] };
  },
};

/** Notes with what these keep. */
export const notesWith = (...extensions: readonly KeepingExtension[]) =>
  defineResource(
    {
      name: 'notes',
      singular: 'note',
      idPrefix: 'no',
      states: ['open'],
      members: z.object({ title: z.string().optional() }),
    },
    ...extensions.map((extension) => () => extension),
  );

/** A note as a release without capabilities has left it. */
export const note = (n: number, title: string | undefined = `t${n}`) => ({
  pk: `notes#acme#no_${n}`,
  list: 'notes#acme',
  state: 'open',
  stateOrder: 'open#2026-11-30T08:00:00.000Z',
  version: 1,
  commit: 'c',
  createdAt: '2026-11-30T08:00:00.000Z',
  updatedAt: '2026-11-30T08:00:00.000Z',
  data: { title },
  last: { action: 'create', actor: 'alice', to: 'open', version: 1 },
});
