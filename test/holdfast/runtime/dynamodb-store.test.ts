import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Plan } from '../../../lib/holdfast/core/store/store.ts';
import { planOf } from '../support/plans.ts';
import { tasks } from '../support/tasks.ts';

const stored = (version: number) => ({
  pk: 'payouts#acme#po_1',
  state: 'approved',
  version,
  commit: 'AAAA',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  data: {},
});

/** What stands for DynamoDB: reasons of each transaction in their turn, and the version that is read after it. */
let script: { reasons: readonly string[] | undefined; version: number }[] = [];
let standing = 3;
let transactions = 0;
let server: Server;

beforeAll(async () => {
  server = createServer((request, response) => {
    const isTransaction = String(request.headers['x-amz-target']).endsWith('TransactWriteItems');
    request.resume().on('end', () => {
      const say = (status: number, body: object) =>
        response
          .writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
          .end(JSON.stringify(body));
      if (!isTransaction) return say(200, { Item: marshall(stored(standing)) });
      transactions += 1;
      const next = script.shift();
      if (next === undefined) return say(200, {});
      standing = next.version;
      say(400, {
        __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
        message: 'cancelled',
        ...(next.reasons && { CancellationReasons: next.reasons.map((Code) => ({ Code })) }),
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    RECORDS_TABLE: 'records',
    IDEMPOTENCY_TABLE: 'idempotency',
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
});
afterAll(async () => {
  const { dynamodb } = await import('../../../lib/holdfast/runtime/aws/dynamodb.ts');
  dynamodb.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const FAILED = 'ConditionalCheckFailed';
const CONFLICT = 'TransactionConflict';

/** Commits a move that starts an operation, while the main item and the operation refuse in these ways. */
async function committed(
  steps: readonly (readonly [reasons: readonly string[] | undefined, version: number])[],
  patienceMs = 5_000,
) {
  script = steps.map(([reasons, version]) => ({ reasons, version }));
  transactions = 0;
  const { dynamodbStore } = await import('../../../lib/holdfast/runtime/records/dynamodb-store.ts');
  const { readItem } = await import('../../../lib/holdfast/runtime/records/item.ts');
  const read = readItem({}, marshall(stored(3)));
  const writing = {
    resource: tasks,
    pk: 'payouts#acme#po_1',
    list: 'payouts#acme',
    read,
    decided: { next: { ...read.stored, version: 4 }, changes: {}, hidden: {} },
    receipt: { key: 'k', sent: 's', apiVersion: '2026-05-01', at: 1, status: 202, etag: '"4"', body: '{}' },
    event: { action: 'disburse', actor: 'alice', key: 'k', to: 'disbursing', version: 4 },
    attributes: { operations: 1 },
    beside: [{ label: 'operation', put: { pk: 'operations#acme#op_1' } }],
  } as unknown as Plan;
  const outcome = await dynamodbStore
    .write(writing, Date.now() + patienceMs)
    .catch((error: { code?: string }) => error.code);
  return { outcome, transactions };
}

test('a create with a side whose twin has landed shows the twin, though only what it would keep beside is told to stand in its way', async () => {
  script = [{ reasons: ['None', 'None', FAILED], version: 1 }];
  const { dynamodbStore } = await import('../../../lib/holdfast/runtime/records/dynamodb-store.ts');
  const plan = planOf('tasks#acme#ta_1', {
    beside: [
      { label: 'side', check: { pk: 'tasks#acme#ta_2', read: undefined } },
      { label: 'guard', put: { pk: 'unique#tasks#acme#x', owner: 'tasks#acme#ta_1' }, of: 'tasks#acme#ta_1' },
    ],
  });

  const written = await dynamodbStore.write(plan, Date.now() + 5_000);

  expect(written).toMatchObject({ done: false, standing: { stored: { version: 1 } } });
});

describe('a transaction of a resource and its operation that is cancelled', () => {
  test('by an operation of the same id, the resource being free, is taken', async () => {
    expect(await committed([[['None', FAILED], 3]])).toEqual({
      outcome: { done: false, refused: new Map([['operation', undefined]]) },
      transactions: 1,
    });
  });

  test.each([CONFLICT, 'ThrottlingError'])(
    'by an operation of the same id while the resource was not judged (%s) is made again: a twin may be landing',
    async (reason) => {
      const { outcome, transactions: made } = await committed([
        [[reason, FAILED], 3],
        [[FAILED, FAILED], 4],
      ]);

      expect(made).toBe(2);
      expect(outcome).toMatchObject({ done: false, standing: { stored: { version: 4 } } });
    },
  );

  test('by an operation of the same id, and a resource that has moved since, shows what stands there', async () => {
    const { outcome } = await committed([[[CONFLICT, FAILED], 4]]);

    expect(outcome).toMatchObject({ done: false, standing: { stored: { version: 4 } } });
  });

  test.each([[[CONFLICT, 'None']], [['None', CONFLICT]], [[CONFLICT, CONFLICT]]])(
    'by contention alone (%j) is made again',
    async (reasons) => {
      expect(await committed([[reasons, 3]])).toEqual({ outcome: { done: true }, transactions: 2 });
    },
  );

  test.each([[[FAILED, 'None']], [[FAILED, CONFLICT]], [[FAILED, 'ThrottlingError']], [[FAILED, FAILED]]])(
    'by the resource (%j), whatever stood in the way of the operation, shows what stands there',
    async (reasons) => {
      const { outcome } = await committed([[reasons, 5]]);

      expect(outcome).toMatchObject({ done: false, standing: { stored: { version: 5 } } });
    },
  );

  test('by a fault of the resource itself beside a failed condition is not made again: no time mends it', async () => {
    const { transactions: made } = await committed([
      [['ValidationError', FAILED], 3],
      [['ValidationError', FAILED], 3],
    ]);

    expect(made).toBe(1);
  });

  test('for no reason that is told has written nothing, and may be sent again by its client', async () => {
    expect((await committed([[undefined, 3]])).outcome).toBe('temporarily-unavailable');
  });

  test('by what does not pass in the time that there is, may be sent again by its client', async () => {
    const outcomes = [
      await committed([[[CONFLICT, FAILED], 3]], -1),
      await committed([[[CONFLICT, 'None'], 3]], -1),
      await committed([[['ThrottlingError', 'None'], 3]]),
      await committed([[['None', 'ThrottlingError'], 3]]),
    ].map(({ outcome }) => outcome);

    expect(outcomes).toEqual(Array.from({ length: 4 }, () => 'temporarily-unavailable'));
  });
});
