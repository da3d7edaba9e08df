import { randomBytes } from 'node:crypto';
import { type DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as z from 'zod';
import { walked } from '../../../lib/holdfast/cli/audit/table.ts';
import { encodeReceipts, type Receipt } from '../../../lib/holdfast/core/decisions/receipts.ts';
import { defineAction } from '../../../lib/holdfast/core/definitions/define-action.ts';
import { defineResource } from '../../../lib/holdfast/core/definitions/define-resource.ts';
import { Problem } from '../../../lib/holdfast/core/problems/problem.ts';
import { keyHash } from '../../../lib/holdfast/core/requests/idempotency-key.ts';
import { partitionKey } from '../../../lib/holdfast/core/store/keys.ts';
import type { Item, PlannedWrite, Store } from '../../../lib/holdfast/core/store/store.ts';
import { ApiVersions } from '../../../lib/holdfast/core/versions/api-version.ts';
import { planExtended } from '../../../lib/holdfast/core/writes/extended-plan.ts';
import type { KeepingExtension } from '../../../lib/holdfast/core/writes/keeping.ts';
import { RECORDS } from '../support/items.ts';
import { DAY, decided } from '../support/plans.ts';
import { startStoreTable } from '../support/store-table.ts';

// The largest write that there can be: a full list of answers that all leave, an operation, and twenty other resources with
// two items kept beside each.

let store: Store;
let client: DynamoDBClient;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ store, client, close } = await startStoreTable());
});
afterAll(() => close());

/** Keeps two items with each version. */
const twofold: KeepingExtension = {
  capability: 'twofold',
  keep: ({ pk, next: { version } }) => ({
    writes: [
      { label: `new:${pk}`, put: { pk: `kept#${pk}#${version}`, owner: pk } },
      { label: `old:${pk}`, remove: { pk: `kept#${pk}#${version - 1}`, of: pk } },
    ],
  }),
};

const resource = defineResource(
  {
    name: 'reports',
    singular: 'report',
    idPrefix: 're',
    states: ['open'],
    members: z.object({ text: z.string() }),
  },
  () => twofold,
);

const action = defineAction({
  resource,
  name: 'act',
  summary: 'Act.',
  scope: 'reports:act',
  from: ['open'],
  to: 'open',
  input: z.object({}),
  decide: () => ({}),
});

const versions = new ApiVersions([], '2026-11-01');
const view = { transitions: [], version: versions.newest, versions };

const receipt = (key: string, body: string, pinned: object = {}): Receipt => ({
  key,
  sent: 's',
  apiVersion: '2026-11-01',
  at: DAY,
  status: 200,
  etag: '"1"',
  body,
  ...pinned,
});

/** A report that stands in the table. */
async function standing(n: number, text: string, receipts: readonly Receipt[] = []): Promise<Item> {
  const pk = partitionKey(resource, 'acme', `re_${n}`);
  const { next } = decided(pk, undefined, { text });
  const { id: _, ...stored } = next;
  const Item = marshall(
    { pk, ...stored, receipts: encodeReceipts(receipts) },
    { removeUndefinedValues: true },
  );
  await client.send(new PutItemCommand({ TableName: RECORDS, Item }));
  return { stored: next, receipts, spilledUntil: 0, operations: 0, last: undefined };
}

/** What one action of a report writes that changes others as well, and starts an operation. */
function planned(main: Item, others: readonly Item[]) {
  const pk = partitionKey(resource, 'acme', main.stored.id);
  const beside: readonly PlannedWrite[] = [
    { label: 'operation', put: { pk: 'operations#acme#op_1', data: {} } },
    ...others.map((read): PlannedWrite => {
      const at = partitionKey(resource, 'acme', read.stored.id);
      const event = { action: 'reports.act', actor: 'alice', key: 'new', to: 'open', version: 2 };
      return { label: at, change: { resource, pk: at, read, decided: decided(at, read, {}), event } };
    }),
  ];
  return planExtended(
    {
      action,
      actor: { id: 'alice', tenant: 'acme' },
      id: main.stored.id,
      pk,
      attempt: { key: 'new', sent: 's', apiVersion: '2026-11-01' },
    },
    {
      view,
      input: {},
      read: main,
      decided: { ...decided(pk, main, { text: randomBytes(90_000).toString('base64') }), result: {} },
      now: DAY + 1,
      extended: { items: new Map(), given: {}, own: (result) => result, writes: () => beside },
    },
    () => 'c',
  );
}

test('the largest write that a definition allows is stored, and one of too many bytes is refused before it is sent', async () => {
  // Alike, so that they fit into the item; the answer that comes next is like none of them, and all of them have to go.
  const body = randomBytes(22_000).toString('base64');
  const held = Array.from({ length: 16 }, (_, i) =>
    receipt(keyHash(`k${i}`), body, i === 0 ? { pinned: true } : {}),
  );
  const main = await standing(0, '', held);
  const others = await Promise.all(
    Array.from({ length: 20 }, (_, i) => standing(i + 1, 'x'.repeat(150_000))),
  );

  const plan = planned(main, others);
  const written = await store.write(plan, Date.now() + 5_000);

  expect(written).toEqual({ done: true });
  const { Items: left = [] } = await client.send(new ScanCommand({ TableName: 'IdempotencyTable' }));
  // All that have to go are kept as one.
  expect(left).toHaveLength(1);
  expect(plan.beside).toHaveLength(1 + 20 + 2 * 21);

  const larger = others.map((read) => ({
    ...read,
    stored: { ...read.stored, data: { text: 'x'.repeat(210_000) } },
  }));
  const refused = () => planned(main, larger);
  expect(refused).toThrow(Problem);
  expect(refused).toThrow(/^all that is written would take 4,\d\d\d KB/);
});

test('a walk over a table of many pages sees each record once', async () => {
  const { Count } = await client.send(new ScanCommand({ TableName: RECORDS, Select: 'COUNT' }));
  const seen: string[] = [];
  for await (const { pk } of walked(client, RECORDS, []).all()) seen.push(pk?.S ?? '');

  // One page has 1 MB, and those of the other test have more than 3.
  expect(Count).toBeLessThan(seen.length);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toHaveLength(1 + 1 + 20 + 21);
});
