import {
  CreateTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { localClient } from '../../../lib/holdfast/local/dynamodb/dynamodb.ts';
import { type ProxiedTable, startProxiedTable } from '../support/proxied-table.ts';
import { type Index, touches, unitsOf } from './capacity.ts';

const INDEX: Index = { keys: ['list', 'stateOrder'], projected: ['state'] };

let emulator: ProxiedTable;
let client: DynamoDBClient;
beforeAll(async () => {
  emulator = await startProxiedTable();
  client = localClient(emulator.emulator);
  const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
  await client.send(
    new CreateTableCommand({
      TableName: 'RecordsTable',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', ...INDEX.keys].map(attribute),
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-state',
          KeySchema: INDEX.keys.map((AttributeName, i) => ({
            AttributeName,
            KeyType: i === 0 ? ('HASH' as const) : ('RANGE' as const),
          })),
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [...INDEX.projected] },
        },
      ],
    }),
  );
});
afterAll(async () => {
  client.destroy();
  await emulator.close();
});

const Key = { pk: { S: 'payouts#acme#po_1' } };
const Item = (bytes: number, state = 'draft', at = '1') => ({
  ...Key,
  list: { S: 'payouts#acme' },
  stateOrder: { S: `${state}#${at}` },
  state: { S: state },
  data: { M: { reference: { S: 'x'.repeat(bytes) }, all: { L: [{ BOOL: true }, { N: '12' }] } } },
});
const TableName = 'RecordsTable';
const read = async () =>
  (await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item;

describe('the units of a call', () => {
  test.each([
    ['of an item under a kilobyte', 300, 300, 1],
    ['of one that has grown over it', 300, 1_100, 2],
    ['of one that has shrunk: the larger counts', 3_500, 300, 4],
  ])('are those that the emulator reports: a write %s', async (_, before, after, expected) => {
    await client.send(new PutItemCommand({ TableName, Item: Item(before) }));
    const input = { TableName, Item: Item(after) };
    const [touch] = touches('PutItem', input);
    const stood = await read();

    const { ConsumedCapacity } = await client.send(
      new PutItemCommand({ ...input, ReturnConsumedCapacity: 'INDEXES' }),
    );
    const units = touch && unitsOf(touch, { before: stood, after: await read() }, []);

    expect(units?.writes).toBe(expected);
    expect(ConsumedCapacity?.Table?.CapacityUnits).toBe(expected);
  });

  test.each([
    ['of a write', 'Update', { UpdateExpression: 'SET note = :note' }],
    ['of a check of what is only read', 'ConditionCheck', { ConditionExpression: 'note <> :note' }],
  ])('are doubled in a transaction: those %s', async (_, kind, expression) => {
    await client.send(new PutItemCommand({ TableName, Item: Item(1_500) }));
    const each = { TableName, Key, ExpressionAttributeValues: { ':note': { S: 'x' } }, ...expression };
    const input = { TransactItems: [{ [kind]: each }] };
    const [touch] = touches('TransactWriteItems', input);
    const before = await read();

    const { ConsumedCapacity } = await client.send(
      new TransactWriteItemsCommand({ ...input, ReturnConsumedCapacity: 'TOTAL' }),
    );
    const units = touch && unitsOf(touch, { before, after: await read() }, []);

    expect(units?.writes).toBe(4);
    expect(ConsumedCapacity?.[0]?.CapacityUnits).toBe(4);
  });

  test('of a strongly consistent read are one for each four kilobytes', async () => {
    await client.send(new PutItemCommand({ TableName, Item: Item(5_000) }));
    const input = { TableName, Key, ConsistentRead: true };
    const [touch] = touches('GetItem', input);
    const before = await read();

    const { ConsumedCapacity } = await client.send(
      new GetItemCommand({ ...input, ReturnConsumedCapacity: 'TOTAL' }),
    );
    const units = touch && unitsOf(touch, { before, after: before }, []);

    expect(units?.reads).toBe(2);
    expect(ConsumedCapacity?.CapacityUnits).toBe(2);
  });

  test.each([
    ['where what it carries has changed', 'state', 1],
    ['twice where its key has changed', 'stateOrder', 2],
    ['not at all where neither has', 'note', 0],
  ])('of an index are those that the emulator reports: %s', async (_, name, expected) => {
    await client.send(new PutItemCommand({ TableName, Item: Item(300) }));
    const input = {
      TableName,
      Key,
      UpdateExpression: 'SET #name = :value',
      ExpressionAttributeNames: { '#name': name },
      ExpressionAttributeValues: { ':value': { S: 'kept' } },
    };
    const [touch] = touches('UpdateItem', input);
    const before = await read();

    const { ConsumedCapacity } = await client.send(
      new UpdateItemCommand({ ...input, ReturnConsumedCapacity: 'INDEXES' }),
    );
    const units = touch && unitsOf(touch, { before, after: await read() }, [INDEX]);

    expect(units?.indexWrites).toBe(expected);
    expect(ConsumedCapacity?.GlobalSecondaryIndexes?.['by-state']?.CapacityUnits ?? 0).toBe(expected);
  });
});
