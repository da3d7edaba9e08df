import type { Ground } from '../crash/ground.ts';
import { isOver, type Journey, nothing, type Stage, until } from '../crash/journeys.ts';
import type { Answer } from '../support/client.ts';
import { impatient, type LedgerEntry } from '../support/operations.ts';
import customers from './functions/actions/customers/resource.ts';
import orders from './functions/actions/orders/resource.ts';
import products from './functions/actions/products/resource.ts';
import { ordersProject } from './project.ts';
import { euros } from './shop.ts';

// What people do in the shop, whatever befalls its functions: values that one product alone may have, lists that orders move
// through, decisions on several resources, and an operation that sets what a partner told.

/** An action that gives up one value of a product and takes another one. */
const RENAME = `import { defineAction } from 'holdfast';
import * as z from 'zod';
import products, { sku } from './resource.ts';

export default defineAction({
  resource: products,
  name: 'rename',
  summary: 'Give a product another SKU.',
  scope: 'products:rename',
  from: ['on-sale'],
  to: 'same',
  input: z.object({ sku }),
  decide: ({ input }) => ({ ...input }),
});
`;

const acts = ({ alice }: Stage, name: string, on: Answer, body: object = {}): Promise<Answer> =>
  alice.post(`/${name.replace('.', `/${on.json.id}/`)}`, { ifMatch: on.etag, body });

const product = ({ alice }: Stage, sku: string): Promise<Answer> =>
  alice.post('/products', { body: { sku, title: 'Desk', price: euros('10.50'), available: 9 } });

/** Whoever reads changes nothing. */
async function lookedAt({ alice }: Stage, name: string, { json: { id } }: Answer): Promise<void> {
  await alice.get(`/${name}/${id}`);
  await alice.get(`/${name}/${id}/history`);
}

/** An order of two pieces of a product, by a customer of its own. */
async function order(stage: Stage, { json }: Answer): Promise<Answer> {
  const { alice } = stage;
  const customer = await alice.post('/customers', { body: { name: 'Lovelace Ltd', limit: euros('100.00') } });
  await lookedAt(stage, 'customers', customer);
  const lines = [{ productId: json.id, quantity: 2 }];
  return alice.post('/orders', { body: { customerId: customer.json.id, lines } });
}

const read = ({ alice }: Stage, { json }: Answer) => alice.get(`/orders/${json.id}`);

/** Ships a placed order, and waits for what becomes of it. */
async function shipped(stage: Stage, placed: Answer): Promise<Answer> {
  await until(stage, await acts(stage, 'orders.ship', placed), isOver);
  return read(stage, placed);
}

const placed = async (stage: Stage): Promise<Answer> =>
  acts(stage, 'orders.place', await order(stage, await product(stage, 'DESK')));

const JOURNEYS: readonly Journey[] = [
  {
    name: 'shipped',
    before: nothing,
    async run(stage) {
      const made = await product(stage, 'DESK');
      const desk = await acts(stage, 'products.rename', made, { sku: 'DESK-2' });
      // It is free again.
      const other = await acts(stage, 'products.restock', await product(stage, 'DESK'), { quantity: 3 });
      await acts(stage, 'products.withdraw', other);
      await lookedAt(stage, 'products', desk);
      return shipped(stage, await acts(stage, 'orders.place', await order(stage, desk)));
    },
    comesTo: 'shipped',
  },
  {
    name: 'refused by the carrier',
    faults: { carrier: { reject: 1 } },
    before: placed,
    async run(stage, on) {
      return acts(stage, 'orders.cancel', await shipped(stage, on), { note: 'too heavy' });
    },
    comesTo: 'cancelled',
  },
  {
    name: 'cancelled while it is printed',
    faults: { printer: { booksLateMs: 4_000 } },
    before: placed,
    async run(stage, on) {
      const accepted = await acts(stage, 'orders.ship', on);
      await until(stage, accepted, (state) => state === 'running' || state === 'waiting');
      await stage.alice.post(`/operations/${accepted.json.id}/cancel`);
      await until(stage, accepted, isOver);
      return read(stage, on);
    },
    comesTo: 'placed',
  },
];

interface Listed {
  readonly state: string;
  readonly version: number;
  readonly available?: number;
  readonly outstanding?: object;
  readonly sku?: string;
}

const itemsOf = ({ json }: Answer): readonly Listed[] => Object(json).items;

/** The shop, in which an order is in another list in each of its states. */
export const GROUND: Ground = {
  async copy() {
    const copy = await impatient(await ordersProject(), { printer: false, carrier: true });
    await copy.write('functions/actions/products/rename.ts', RENAME);
    await copy.edit(
      'functions/actions/orders/resource.ts',
      "byCustomer: ['customerId']",
      "byCustomer: ['customerId'], byCustomerAndState: ['customerId', 'state']",
    );
    return copy;
  },
  subject: orders,
  idPrefixes: [orders, products, customers].map(({ idPrefix }) => idPrefix),
  partners: ['printer', 'carrier'],
  scopes: 'orders:* products:* customers:*',
  journeys: JOURNEYS,
  async own(alice, { json: { id, customerId, state, trackingNumber, total } }) {
    const listed = await alice.get(`/orders?customerId=${customerId}&state=${state}`);
    const stock = itemsOf(await alice.get('/products'));
    const [customer] = itemsOf(await alice.get('/customers'));
    return {
      total,
      trackingNumber: String(trackingNumber).replace(String(id), ''),
      listed: itemsOf(listed).map((each) => `${each.version} ${each.state}`),
      stock: stock.map(({ sku, version, available }) => `${sku} ${version} ${available}`).sort(),
      outstanding: customer?.outstanding,
    };
  },
  // The printer does `a1`, and makes that void as `A1`; whatever is asked twice is told of.
  standing(ledger) {
    const once = ledger
      .filter(({ asked, done }) => asked === 1 && done === 1)
      .map(({ reference }) => reference);
    const isVoid = ({ partner, reference }: LedgerEntry) =>
      partner === 'printer' &&
      ['-a$1', '-A$1'].every((as) => once.includes(reference.replace(/-a(\d+)$/i, as)));
    return ledger.filter((entry) => !isVoid(entry));
  },
};
