import { execFileSync } from 'node:child_process';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { tearsIn } from '../../../lib/holdfast/cli/audit/walk.ts';
import { encodeReceipts } from '../../../lib/holdfast/core/decisions/receipts.ts';
import { defineResource } from '../../../lib/holdfast/core/definitions/define-resource.ts';
import type { Values } from '../../../lib/holdfast/core/store/store.ts';
import type { KeepingExtension } from '../../../lib/holdfast/core/writes/keeping.ts';
import type { Attributes } from '../../../lib/holdfast/runtime/aws/attributes.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';

/** Holds a name in a record of its own. */
const named: KeepingExtension = {
  capability: 'named',
  keys: ['names#products'],
  keep({ pk, read, next: { data } }) {
    const held = read?.derived?.name;
    const put = { label: 'put', put: { pk: `names#products#${data.name}`, owner: pk } };
    const left = { label: 'left', remove: { pk: `names#products#${held}`, of: pk } };
    return {
      derived: { name: data.name },
      writes: held === data.name ? [] : [put, ...(held === undefined ? [] : [left])],
    };
  },
};

const members = z.object({ name: z.string() });
const products = defineResource(
  { name: 'products', singular: 'product', idPrefix: 'pr', states: ['on-sale'], members },
  () => named,
);
const orders = defineResource({
  name: 'orders',
  singular: 'order',
  idPrefix: 'or',
  states: ['draft'],
  members,
});

const sample = await loadRegistry();
const resources = [
  ...[products, orders].map((definition) => ({ definition, file: '', actions: [] })),
  ...sample.resources,
];

/** All that there is, by its key. */
let table: Map<string, Attributes>;
beforeEach(() => {
  table = new Map();
});

const put = (pk: string, item: Values) =>
  table.set(pk, marshall({ pk, ...item }, { removeUndefinedValues: true }));

const stands = (pk: string, version: number, state: string, data: Values, more: Values = {}) =>
  put(pk, {
    state,
    version,
    commit: 'c',
    createdAt: '2026-11-30T00:00:00.000Z',
    updatedAt: '2026-11-30T00:00:00.000Z',
    data,
    receipts: encodeReceipts([]),
    ...more,
  });

/** A product, and its name in a record of its own. */
function product(id: string, name: string, more: Values = {}) {
  const pk = `products#acme#${id}`;
  stands(pk, 2, 'on-sale', { name }, { derived: { name }, ...more });
  put(`names#products#${name}`, { owner: pk });
  return pk;
}

const order = (version: number) => stands('orders#acme#or_1', version, 'draft', { name: '' });

const taken = { last: { action: 'orders.place', cause: { type: 'orders', id: 'or_1', version: 2 } } };

const payout = (state: string, operation = 'op_1') =>
  stands('payouts#acme#po_1', 4, state, { operation: { id: operation, href: '' } });

const operation = (state: string) =>
  stands(
    'operations#acme#op_1',
    1,
    state,
    {},
    {
      hidden: { subject: { resource: { type: 'payouts', id: 'po_1' }, held: 'disbursing' } },
    },
  );

async function* all() {
  yield* table.values();
}

/** What is found, in sentences. */
async function found(get = async (pk: string) => table.get(pk)) {
  const whats: string[] = [];
  for await (const { what } of tearsIn({ resources, table: 'records', get, all })) whats.push(what);
  return whats;
}

describe('a table', () => {
  test('in which all fits has no tears', async () => {
    product('pr_1', 'A', taken);
    order(2);
    payout('disbursing');
    operation('running');

    expect(await found()).toEqual([]);
  });

  test('that was restored in the middle of a write has each pair told of once, before traffic', async () => {
    product('pr_1', 'A', taken);
    order(1);
    put('names#products#B', { owner: 'products#acme#pr_2' });
    payout('disbursing');

    expect(await found()).toEqual([
      'products#acme#pr_1 was changed by orders.place in version 2 of orders#acme#or_1, which is at version 1',
      'names#products#B is held by products#acme#pr_2, which does not have its value, or is not there',
      "payouts#acme#po_1 is 'disbursing' until operations#acme#op_1 ends, which is not there",
    ]);
  });

  test('tells of a change whose cause is not there', async () => {
    product('pr_1', 'A', taken);

    expect(await found()).toEqual([expect.stringContaining('of orders#acme#or_1, which is not there')]);
  });

  test.each([
    [
      'that has ended',
      'succeeded',
      "payouts#acme#po_1 is 'disbursing' until operations#acme#op_1 ends, which has ended: succeeded",
    ],
    [
      'of another',
      'running',
      "payouts#acme#po_1 is 'disbursing' until operations#acme#op_2 ends, which is not there",
    ],
  ])('tells of a resource that is held by an operation %s', async (_, state, what) => {
    payout('disbursing', state === 'succeeded' ? 'op_1' : 'op_2');
    operation(state);

    expect(await found()).toContain(what);
  });

  test.each([
    ['is elsewhere', () => payout('approved'), "which is 'approved', and of op_1"],
    ['is of another', () => payout('disbursing', 'op_2'), "which is 'disbursing', and of op_2"],
    ['is not there', () => undefined, 'which is not there'],
  ])('tells of an operation that goes on while its resource %s', async (_, stand, what) => {
    stand();
    operation('needs-attention');

    expect(await found()).toContain(
      `operations#acme#op_1 goes on (needs-attention), and does not hold payouts#acme#po_1, ${what}`,
    );
  });

  test('has an operation that has ended hold nothing', async () => {
    operation('failed');
    payout('approved');

    expect(await found()).toEqual([]);
  });

  test('tells of what is kept with a resource by no release, by one before, and for another one', async () => {
    product('pr_1', 'A');
    const other = product('pr_2', 'B');
    table.delete('names#products#B');
    stands('products#acme#pr_3', 1, 'on-sale', { name: 'A' });
    product('pr_4', 'C', { derived: { name: 'D' } });
    put('names#products#D', { owner: 'products#acme#pr_4' });

    expect(await found()).toEqual([
      `${other} does not hold names#products#B, and nobody does`,
      'products#acme#pr_3 has the same value as products#acme#pr_1, which holds names#products#A',
      'products#acme#pr_4 has derived as a release before has left it',
      'names#products#D is held by products#acme#pr_4, which does not have its value, or is not there',
    ]);
  });

  test('that is written meanwhile tells of nothing that only seemed so', async () => {
    product('pr_1', 'A', taken);
    order(1);
    let reads = 0;

    const tears = await found(async (pk) => {
      if (reads++ === 1) order(2);
      return table.get(pk);
    });

    expect(tears).toEqual([]);
  });

  test('has a record that this release cannot read told of, and all others looked at', async () => {
    stands('orders#acme#or_1', 2, 'draft', { '#shape': 9 });
    stands('products#acme#pr_1', 2, 'on-sale', { '#shape': 9 });
    put('names#products#A', { owner: 'products#acme#pr_1' });
    put('names#products#B', { owner: 'products#acme#pr_2' });

    expect(await found()).toEqual([
      expect.stringMatching(/^orders#acme#or_1 is kept in shape 9/),
      expect.stringMatching(/^products#acme#pr_1 is kept in shape 9/),
      expect.stringMatching(/^names#products#B is held by/),
    ]);
  });

  test('has each record that was torn by hand told of, whatever it lacks, and all others looked at', async () => {
    product('pr_1', 'A', taken);
    order(2);
    payout('disbursing');
    operation('running');
    const whole = [...table];
    const torn = ['state', 'version', 'commit', 'createdAt', 'updatedAt', 'data', 'hidden'];

    for (const [pk, item] of whole)
      for (const name of torn.filter((each) => each in item))
        for (const left of [{}, { [name]: { NULL: true } }, { [name]: { SS: ['x'] } }]) {
          const { [name]: _, ...rest } = item;
          table = new Map([...whole, [pk, { ...rest, ...left }]]);
          put('names#products#B', { owner: 'products#acme#pr_2' });

          const whats = await found();

          expect(whats).toContainEqual(
            expect.stringMatching(`^${pk} lacks ${name}(.subject)?, or has it in another type`),
          );
          expect(whats).toContainEqual(expect.stringMatching(/^names#products#B is held by/));
        }
  });

  test('has a record that is to be deleted named so that a shell hands it on, whatever its tenant is called', async () => {
    const [key, owner] = ["names#products#o'brien", "products#o'brien#pr_1"];
    put(key, { owner });
    const get = async (pk: string) => table.get(pk);
    let command = '';

    for await (const { repair } of tearsIn({ resources, table: 'records', get, all }))
      command = repair.replace(/^.* aws /, "printf '%s\\n' ");
    const words = execFileSync('sh', ['-c', command], { encoding: 'utf8' }).split('\n');

    expect(words).toEqual(
      expect.arrayContaining([JSON.stringify({ pk: { S: key } }), JSON.stringify({ ':o': { S: owner } })]),
    );
  });
});
