import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CONSUMER, proof, STAGES } from '../orders/programs.ts';
import { commandsOf, ordersProject } from '../orders/project.ts';
import { refusals } from '../orders/refusals.ts';
import { shipping } from '../orders/shipping.ts';
import { euros, placeAll, type Shop, shopAt } from '../orders/shop.ts';
import type { Copy } from '../support/copy.ts';
import { jestIn } from '../support/empty-project.ts';
import { eventually } from '../support/eventually.ts';
import { grantsOf } from '../support/least-privilege.ts';
import { type Service, startService } from '../support/service.ts';

// A second service, which decides on several resources, from HTTP to its roles.

let copy: Copy;
let service: Service;
let shop: Shop;
let project: ReturnType<typeof commandsOf>;
beforeAll(async () => {
  copy = await ordersProject();
  project = commandsOf(copy);
  service = await startService({ root: copy.root });
  shop = await shopAt(service.url);
});
afterAll(async () => {
  await service?.end();
  await copy?.remove();
});

describe('an order that is placed', () => {
  test('takes its products from stock and adds to what its customer owes, in one write that each of their histories tells', async () => {
    const [desk, lamp] = [await shop.product(5, euros('10.50')), await shop.product(9, euros('0.30'))];
    const customer = await shop.customer('100.00');
    const order = await shop.order(customer, [
      { productId: String(desk.json.id), quantity: 3 },
      { productId: String(lamp.json.id), quantity: 1 },
    ]);

    const placed = await shop.act('orders.place', order);

    expect(placed).toMatchObject({ status: 200, json: { state: 'placed', total: euros('31.80') } });
    expect(await shop.read('products', desk)).toMatchObject({ available: 2, version: 2 });
    expect(await shop.read('customers', customer)).toMatchObject({ outstanding: euros('31.80'), version: 2 });
    for (const [name, side] of [
      ['products', lamp],
      ['customers', customer],
    ] as const)
      expect(await shop.historyOf(name, side, 2)).toContainEqual(
        expect.objectContaining({
          action: 'orders.place',
          actor: 'alice',
          version: 2,
          cause: { type: 'orders', id: order.json.id, version: 2 },
        }),
      );

    const cancelled = await shop.act('orders.cancel', placed, { body: { note: 'too late' } });

    expect(cancelled).toMatchObject({ status: 200, json: { state: 'cancelled' } });
    expect(await shop.read('products', desk)).toMatchObject({ available: 5, version: 3 });
    expect(await shop.read('customers', customer)).toMatchObject({ outstanding: euros('0.00') });
  });
});

test('64 orders at once of a product of which there are 20 place 20, and no piece that is not there', async () => {
  const product = await shop.product(20);
  const customers = await Promise.all(Array.from({ length: 64 }, () => shop.customer('1.00')));
  const orders = await Promise.all(customers.map((customer) => shop.orderOf(customer, [product])));

  const answers = await placeAll(shop, orders);
  const placed = answers.filter(({ status }) => status === 200);

  expect(answers.map(({ status }) => status).filter((status) => ![200, 409, 503].includes(status))).toEqual(
    [],
  );
  expect(placed).toHaveLength(20);
  expect(await shop.read('products', product)).toMatchObject({ available: 0, version: 21 });
});

test('50 orders at once of three products each, named in different orders, place what there is', async () => {
  const products = await Promise.all([30, 30, 40].map((available) => shop.product(available)));
  const customers = await Promise.all(Array.from({ length: 50 }, () => shop.customer('3.00')));
  const orders = await Promise.all(
    customers.map((customer, i) => {
      const turned = [...products.slice(i % 3), ...products.slice(0, i % 3)];
      return shop.orderOf(customer, i % 2 === 0 ? turned : turned.toReversed());
    }),
  );

  const answers = await placeAll(shop, orders);

  expect(answers.map(({ status }) => status).filter((status) => ![200, 409, 503].includes(status))).toEqual(
    [],
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(30);
  expect(
    await Promise.all(products.map(async (each) => (await shop.read('products', each)).available)),
  ).toEqual([0, 0, 10]);
});

describe('an order is refused', () => refusals(() => ({ service, shop })));

describe('a placed order that is shipped', () => shipping(() => ({ service, shop })));

test('a second product with the SKU of another is refused with already-exists, which points to the member', async () => {
  const { json } = await shop.product(5);
  const body = { sku: json.sku, title: 'Lamp', price: euros('0.30'), available: 9 };

  const refused = await shop.create('products', body);

  expect(refused).toMatchObject({
    status: 409,
    json: { code: 'already-exists', recovery: 'fix-request', errors: [{ pointer: '/sku' }] },
  });
});

test('the list of a customer shows the orders of that customer in every state, and no other', async () => {
  const [product, ada, bob] = [
    await shop.product(5),
    await shop.customer('9.00'),
    await shop.customer('9.00'),
  ];
  const [first, second] = [await shop.orderOf(ada, [product]), await shop.orderOf(ada, [product])];
  await shop.orderOf(bob, [product]);
  await shop.act('orders.place', first);

  const listed = await eventually(
    'the index to have both orders, as they are now',
    () => shop.get(`/orders?customerId=${ada.json.id}`),
    ({ text }) => text.includes('placed') && text.includes('draft'),
  );

  expect(listed).toMatchObject({
    status: 200,
    json: {
      items: [
        { id: second.json.id, state: 'draft' },
        { id: first.json.id, state: 'placed' },
      ],
    },
  });
});

test.each(['related-not-found', 'too-many-related', 'credit-limit', 'out-of-stock'])(
  'npm run provoke brings %s about by an order that was drafted for it',
  async (code) => {
    const printed = await project.kit('provoke', code, '--action', 'orders.place', '--url', service.url);

    expect(printed).toContain(`"code": "${code}"`);
  },
);

const DECIDING = ['/orders/{orderId}/cancel', '/orders/{orderId}/place'];

const CODES = ['related-not-found', 'related-state', 'too-many-related'];

test('the document tells at which actions other resources decide, which they are, and what is refused for them', async () => {
  const { json } = await shop.get('/openapi.json');
  const document = Object(json);
  const naming = (text: string) =>
    Object.keys(document.paths).filter((path) =>
      JSON.stringify(document.paths[path].post ?? null).includes(text),
    );

  for (const code of [...CODES, 'x-holdfast-touches']) expect(naming(code).sort()).toEqual(DECIDING);
  expect(document.paths['/orders/{orderId}/place'].post['x-holdfast-touches']).toEqual([
    'products',
    'customers',
  ]);
  expect(document.components.schemas.Related.required).toEqual(['name', 'type']);
  expect((await shop.get('/problems/related-state')).json).toMatchObject({
    code: 'related-state',
    status: 409,
  });
});

test('the recorded client knows the problems of several resources where they can be answered', async () => {
  await project.kit('record');
  await copy.write('test/consumer.ts', CONSUMER);

  expect(await project.command('tsc', '--singleThreaded').catch(({ stdout }) => stdout)).toBe('');
  expect(await readFile(join(copy.root, 'lib/recorded/client.ts'), 'utf8')).toContain(
    'Reserve what is ordered',
  );
});

test('in every stage, an action may read, check and change the resources that it decides on, and no other may', async () => {
  const stages: Readonly<Record<string, Parameters<typeof grantsOf>[0]>> = JSON.parse(
    await project.script(STAGES),
  );

  expect(Object.keys(stages)).toEqual(['local', 'emulated', 'acceptance', 'dev', 'production']);
  for (const stacks of Object.values(stages)) {
    const granted = Object.entries(grantsOf(stacks));
    const on = (action: string, name: string) =>
      granted.flatMap(([owner, grants]) =>
        grants.some((each) => each.startsWith(`dynamodb:${action} on `) && each.endsWith(`keys ${name}#*`))
          ? [owner]
          : [],
      );

    expect(on('ConditionCheckItem', 'products')).toEqual(['orders-cancel', 'orders-place']);
    expect(on('ConditionCheckItem', 'customers')).toEqual(['orders-cancel', 'orders-place']);
    expect(on('UpdateItem', 'customers')).toEqual(['orders-cancel', 'orders-place']);
    expect(on('UpdateItem', 'products').sort()).toEqual([
      'orders-cancel',
      'orders-place',
      'products-restock',
      'products-withdraw',
    ]);
    expect(on('GetItem', 'products')).toEqual(expect.arrayContaining(['orders-place', 'products-get']));
    expect(on('GetItem', 'products')).not.toContain('orders-create');
  }
});

describe('a service that decides on several resources', () => {
  test('holds each of its orders to the contract, and needs no line besides its examples', async () => {
    const facts = [
      "orders.place leads from 'draft' to 'placed', and what it was told can be read again",
      "orders.cancel is refused in 'draft', with what stands",
      'of six requests for orders.place at once that saw the same version, one is done',
      'a list of orders is newest first',
    ];
    await copy.write('test/contract.test.ts', proof('contractSuite'));

    const env = { BASE_URL: service.url, PARTNERS_URL: service.partners };
    const { code, told } = await jestIn(copy, 'test/contract.test.ts', { named: 'orders', env });

    expect({ code, told: code === 0 ? '' : told }).toEqual({ code: 0, told: '' });
    for (const fact of facts) expect(told).toContain(`✓ ${fact}`);
  });

  test('has one answer and one effect on all of them, whatever befalls the function that places an order', async () => {
    await copy.write('test/crash.test.ts', proof('crashProof', ', { points: 28 }'));

    const { code, told } = await jestIn(copy, 'test/crash.test.ts', { named: 'orders.place' });

    expect({ code, told: code === 0 ? '' : told }).toEqual({ code: 0, told: '' });
    expect(told).toContain('✓ orders.place has one answer and one effect');
  });

  test('places and cancels two orders of the same products as if one came after the other', async () => {
    await copy.write('test/explore.test.ts', proof('exploreProof', ', { faults: 0 }'));

    const { code, told } = await jestIn(copy, 'test/explore.test.ts');

    expect({ code, told: code === 0 ? '' : told }).toEqual({ code: 0, told: '' });
    for (const name of ['orders.cancel', 'orders.place', 'products.restock'])
      expect(told).toContain(`✓ ${name} comes out as if one was sent after the other`);
  });
});
