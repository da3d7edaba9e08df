import { expect } from '@jest/globals';
import type { Action } from '../../../../lib/holdfast/core/definitions/define-action.ts';
import { MemoryStore } from '../../../../lib/holdfast/testing/memory-store.ts';
import { type Answered, type Asking, counterOf } from '../../support/counter.ts';
import { createCustomer, createOrder, createProduct } from './shop.ts';

/** What happens just before the next call of a kind; once. */
let before: { readonly call: string; readonly happens: () => Promise<unknown> } | undefined;

/** Each call, when it is made and when it is done. */
let calls: string[] = [];

/** A store in which two requests can be made to meet. */
const newStore = () =>
  new MemoryStore(async (call) => {
    if (before !== undefined && call.startsWith(before.call)) {
      const { happens } = before;
      before = undefined;
      await happens();
    }
    calls.push(`> ${call}`);
    await new Promise((resolve) => setImmediate(resolve));
    calls.push(`< ${call}`);
  });

let store = newStore();

/** A shop in which there is nothing yet. */
export function open(): void {
  before = undefined;
  store = newStore();
}

/** Has something happen just before the next call of a kind. */
export function meets(meeting: NonNullable<typeof before>): void {
  before = meeting;
}

export const haveMet = (): boolean => before === undefined;

export const ask = (
  action: Action,
  asking: Asking,
  pace?: Parameters<typeof counterOf>[1],
): Promise<Answered> => counterOf(store, pace)(action, asking);

/** What calls a request makes: each line is made before any of the next line is. */
export async function callsOf(asking: () => Promise<unknown>): Promise<readonly string[]> {
  calls = [];
  await asking();
  return calls
    .join('\n')
    .split(/(?<=<.*)\n(?=>)/)
    .map((group) =>
      [...group.matchAll(/> (\w+)(?: (\w+))?/g)]
        .map(([, ...words]) => words.filter(Boolean).join(' '))
        .join(', '),
    );
}

/** Every version that was written. */
export const kept = () => store.kept;

const made = async (answer: Promise<Answered>) => {
  const { status, json, etag } = await answer;
  expect(status).toBe(201);
  return { id: String(json.id), ifMatch: etag };
};

export const product = (available: number, asking: Asking = {}) =>
  made(ask(createProduct, { ...asking, input: { available } }));

export const customer = (limit: number) => made(ask(createCustomer, { input: { limit } }));

export const order = (
  customerId: string,
  total: number,
  ...lines: { productId: string; quantity: number }[]
) => made(ask(createOrder, { input: { customerId, total, lines } }));

export const of = async (type: string, id: string) => (await store.load({}, `${type}#acme#${id}`))?.stored;

/** An order of one piece of each product, and whom and what it is of. */
export async function ordered({ limit = 100, available = [5], total = 10 } = {}) {
  const buyer = await customer(limit);
  const stock = await Promise.all(available.map((each) => product(each)));
  const lines = stock.map(({ id }) => ({ productId: id, quantity: 1 }));
  return { buyer, stock, placed: await order(buyer.id, total, ...lines) };
}
