import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Backfilling, backfill } from '../../../../lib/holdfast/backfill/backfill.ts';
import { completeLocally } from '../../../../lib/holdfast/backfill/complete-locally.ts';
import { completedRules, forgetGone } from '../../../../lib/holdfast/backfill/completed.ts';
import { localClient, startDynamoDb } from '../../../../lib/holdfast/local/dynamodb/dynamodb.ts';
import { read, write } from '../../../../lib/holdfast/runtime/aws/attributes.ts';
import { note, notesWith, titled } from './notes.ts';

// What a run of a backfill has done counts as long as nothing has written by other rules.

const TableName = 'RecordsTable';

const COUNT = 100;

let url: string;
let close: () => Promise<void>;
let client: DynamoDBClient;
/** Told of each request before it is made, by its name. */
let asked: (command: string) => unknown = () => undefined;
const names: string[] = [];
beforeAll(async () => {
  const data = await mkdtemp(join(tmpdir(), 'holdfast-backfill-'));
  const emulator = await startDynamoDb(data);
  url = emulator.url;
  client = clientOf();
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        names.push(commandName);
        await asked(commandName);
        return next(args);
      },
    { step: 'initialize' },
  );
  close = async () => {
    client.destroy();
    await emulator.close();
    await rm(data, { recursive: true });
  };
});
afterAll(() => close());

const clientOf = () => localClient(url);

beforeEach(async () => {
  asked = () => undefined;
  await client.send(new DeleteTableCommand({ TableName })).catch(() => undefined);
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    }),
  );
  for (let from = 0; from < COUNT; from += 25)
    await client.send(
      new BatchWriteItemCommand({
        RequestItems: {
          [TableName]: Array.from({ length: 25 }, (_, i) => ({
            PutRequest: { Item: write(note(from + i)) },
          })),
        },
      }),
    );
  names.length = 0;
});

const get = async (pk: string): Promise<Readonly<Record<string, unknown>>> => {
  const { Item = {} } = await client.send(new GetItemCommand({ TableName, Key: write({ pk }) }));
  return read(Item);
};

const put = (item: object) => client.send(new PutItemCommand({ TableName, Item: write(item) }));

const notes = notesWith(titled);
const table = () => ({ client, TableName });
const through = (more: Partial<Backfilling> = {}) =>
  backfill({ ...table(), resources: [notes], rate: Number.POSITIVE_INFINITY, ...more });

const countOf = (command: string) => names.filter((name) => name === command).length;

describe('a backfill', () => {
  test('that is interrupted is begun anew once a release has come that writes by other rules', async () => {
    asked = (command) => {
      if (command === 'ScanCommand' && countOf('ScanCommand') > 40) throw new Error('the connection broke');
    };
    await expect(through({ page: 2 })).rejects.toThrow('the connection broke');
    asked = () => undefined;
    // Rolled back, and forth again: what was written between has none of the keys.
    await forgetGone(table(), ['notes'], {});
    for (let n = 0; n < COUNT; n++) await put({ ...note(n), version: 2, commit: 'b' });

    expect(await through()).toMatchObject({ looked: COUNT, written: COUNT });
    expect(await get(note(7).pk)).toMatchObject({ version: 2, l1: 't7' });
  });

  test('that is interrupted is gone on with once the same rules are deployed again', async () => {
    asked = (command) => {
      if (command === 'ScanCommand' && countOf('ScanCommand') > 40) throw new Error('the connection broke');
    };
    await expect(through({ page: 2 })).rejects.toThrow('the connection broke');
    asked = () => undefined;
    await forgetGone(table(), ['notes'], { notes: titled.rules ?? {} });

    expect((await through()).looked).toBeLessThan(COUNT);
  });

  test('completes nothing where a release with other rules came and went while it ran', async () => {
    const comesAndGoes = () => forgetGone({ client: other, TableName }, ['notes'], {});
    const other = clientOf();
    asked = async (command) => {
      if (command === 'ScanCommand' && countOf('ScanCommand') === 20) await comesAndGoes();
    };

    await expect(through({ page: 2 })).rejects.toThrow(
      /a release came meanwhile.*run npm run backfill again/,
    );
    other.destroy();
    expect(await completedRules(table(), notes)).toEqual({});
  });

  // Fails: where it is forgotten in one write and recorded in another, the release comes between the two.
  test('completes nothing where such a release came just before it would be recorded', async () => {
    const other = clientOf();
    asked = async (command) => {
      if (['PutItemCommand', 'TransactWriteItemsCommand'].includes(command) && countOf('ScanCommand') > 0)
        await forgetGone({ client: other, TableName }, ['notes'], {});
    };

    expect((await through()).completed).toEqual([]);
    other.destroy();
    expect(await completedRules(table(), notes)).toEqual({});
  });

  test('that runs twice at once is complete, and one of the two says so', async () => {
    const both = await Promise.allSettled([through({ page: 5 }), through({ page: 5 })]);

    expect(both.some((each) => each.status === 'fulfilled' && each.value.completed.length > 0)).toBe(true);
    expect(await completedRules(table(), notes)).toEqual(titled.rules);
    for (const n of [0, 50, 99]) expect(await get(note(n).pk)).toEqual({ ...note(n), l1: `t${n}` });
  });
});

describe('on this machine', () => {
  const template = (rules: object | undefined) => [
    { name: 'x-service', template: { Resources: {}, Metadata: { holdfast: Object(rules && { rules }) } } },
  ];
  const serve = (rules?: object) => completeLocally(clientOf(), template(rules), () => undefined);

  test('what is served without a rule is not complete once the rule comes back, though no other is left', async () => {
    await through();

    await serve({ notes: titled.rules });
    expect(await completedRules(table(), notes)).toEqual(titled.rules);
    await serve();

    expect(await completedRules(table(), notes)).toEqual({});
  });
});
