import { expect } from '@jest/globals';
import type { Action } from '../../../../lib/holdfast/core/definitions/define-action.ts';
import { differences } from '../../../../lib/holdfast/core/writes/differences.ts';
import { MemoryStore } from '../../../../lib/holdfast/testing/memory-store.ts';
import { type Answered, type Asking, counterOf } from '../../support/counter.ts';
import { create, products } from './shop.ts';

/** What happens just before the next write; once. */
let meeting: (() => Promise<unknown>) | undefined;

const newStore = () =>
  new MemoryStore(async (call) => {
    const happens = meeting;
    if (call !== 'write' || happens === undefined) return;
    meeting = undefined;
    await happens();
  });

let store = newStore();

/** Rules that did not hold for what was written. */
export let spared: string[] = [];

/** A shop in which there is nothing yet. */
export function open(): void {
  meeting = undefined;
  spared = [];
  store = newStore();
}

/** Has something happen just before the next write. */
export function meets(happens: () => Promise<unknown>): void {
  meeting = happens;
}

export const ask = (action: Action, asking: Asking): Promise<Answered> =>
  counterOf(store, { spared: (rule) => spared.push(rule) })(action, asking);

/** Changes a product, whatever its version. */
export const edit = (action: Action, id: string, input: object): Promise<Answered> =>
  ask(action, { id, ifMatch: '*', input });

/** Makes one. @returns its id */
export async function made(input: object, action: Action = create): Promise<string> {
  const { status, json } = await ask(action, { input });
  expect(status).toBe(201);
  return String(json.id);
}

const pkOf = (id: string) => `products#acme#${id}`;

export const load = (id: string) => store.load(products, pkOf(id));

/** Which product holds the guard of each value, by the rule: what else there is beside them. */
export const guards = () =>
  [...store.others].map(([pk, { owner }]) => [
    pk.split('#').slice(2, 4).join(' '),
    String(owner).split('#')[2],
  ]);

/** How many versions were written. */
export const versions = () => store.kept.length;

/**
 * Puts right what a release before has left behind, as a backfill does: on condition that the product stands as it was read, and
 * as the same version.
 * @returns labels of guards that others own
 */
export async function backfill(id: string, without: readonly string[] = []): Promise<readonly string[]> {
  const [pk, read] = [pkOf(id), await load(id)];
  const [receipt] = read?.receipts ?? [];
  if (read === undefined || receipt === undefined) throw new Error(`${id} is not there`);
  const { derived } = read;
  const { attributes, writes } = differences({
    resource: products,
    pk,
    item: read,
    attributes: { derived },
    without,
  });
  const written = await store.write({
    resource: products,
    pk,
    list: 'products#acme',
    read,
    decided: { next: read.stored, changes: {}, hidden: {} },
    receipt,
    event: { action: '', actor: '', key: '', to: '', version: 0, ...read.last },
    attributes,
    beside: writes,
  });
  if (written.done) return without;
  if (!('refused' in written)) throw new Error(`${id} has moved`);
  return backfill(id, [...without, ...written.refused.keys()]);
}
