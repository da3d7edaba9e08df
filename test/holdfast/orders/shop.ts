import { type Answer, freshKey } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { signIn } from '../support/service.ts';

/** What one order takes of one product. */
interface Line {
  readonly productId: string;
  readonly quantity: number;
}

const SCOPES = 'orders:* products:* customers:* operations:*';

export const euros = (value: string) => ({ currency: 'EUR', value });

const made = (what: string, answer: Answer): Answer => {
  if (answer.status !== 201) throw new Error(`${what} was answered ${answer.status} ${answer.text}`);
  return answer;
};

/** Somebody who may do everything in the shop. */
export async function shopAt(url: string, tenant = 'acme') {
  const { post, get } = await signIn(url, { scopes: SCOPES, tenant });
  const send = (name: string, body: object) => post(`/${name}`, { key: freshKey(), body });
  const create = async (name: string, body: object) => made(name, await send(name, body));
  return {
    get,
    /** Asks for one to be made. */
    create: send,
    read: async (name: string, { json: { id } }: Answer) => (await get(`/${name}/${id}`)).json,
    /** What has happened to it, once all of it is told. */
    async historyOf(name: string, { json: { id } }: Answer, version: number) {
      const { json } = await eventually(
        'the history to be complete',
        () => get(`/${name}/${id}/history`),
        (answer) => answer.json.completeToVersion === version,
      );
      return json.items;
    },
    /** A product, under a SKU of its own. */
    product: (available: number, price = euros('1.00')) =>
      create('products', { sku: freshKey(), title: 'Desk', price, available }),
    customer: (limit: string) => create('customers', { name: 'Lovelace Ltd', limit: euros(limit) }),
    order: (customer: Answer, lines: readonly Line[]) =>
      create('orders', { customerId: customer.json.id, lines }),
    /** An order of one piece of each product. */
    orderOf: (customer: Answer, products: readonly Answer[]) =>
      create('orders', {
        customerId: customer.json.id,
        lines: products.map(({ json }) => ({ productId: json.id, quantity: 1 })),
      }),
    cancel: ({ json: { id } }: Answer) => post(`/operations/${id}/cancel`, { key: freshKey() }),
    /** Until an operation is over. */
    async ended({ json: { id } }: Answer): Promise<Answer> {
      const answer = await get(`/operations/${id}`, { Prefer: 'wait=20' });
      if (['accepted', 'running', 'waiting'].includes(String(answer.json.state)))
        throw new Error(`operation ${id} is not over: ${answer.text}`);
      return answer;
    },
    act: (name: string, on: Answer, { key = freshKey(), body = {} }: { key?: string; body?: object } = {}) =>
      post(`/${name.replace('.', `/${on.json.id}/`)}`, { key, ifMatch: on.etag, body }),
  };
}

export type Shop = Awaited<ReturnType<typeof shopAt>>;

/**
 * Places all of the orders at once, and each that is answered 503 again under its key, until none is.
 * @returns every answer that there was
 */
export async function placeAll(shop: Shop, orders: readonly Answer[]): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  let left = orders.map((order) => ({ order, key: freshKey() }));
  while (left.length > 0) {
    const came = await Promise.all(left.map(({ order, key }) => shop.act('orders.place', order, { key })));
    answers.push(...came);
    left = left.filter((_, i) => came[i]?.status === 503);
  }
  return answers;
}
