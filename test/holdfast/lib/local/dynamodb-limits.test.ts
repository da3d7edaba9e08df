import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { StackTemplate } from '../../../../lib/holdfast/cdk/templates/templates.ts';
import { Access } from '../../../../lib/holdfast/local/access/access.ts';
import { startAwsEndpoint } from '../../../../lib/holdfast/local/access/aws-endpoint.ts';
import { localClient, startDynamoDb } from '../../../../lib/holdfast/local/dynamodb/dynamodb.ts';
import { createTables, TABLE_TYPES } from '../../../../lib/holdfast/local/dynamodb/tables.ts';
import { resolveResources } from '../../../../lib/holdfast/template/template.ts';

const key = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' },
  { AttributeName: range, KeyType: 'RANGE' },
];

/** A table with an index, and a function that may do everything with both. */
const stack: StackTemplate = {
  name: 'service',
  template: {
    Resources: {
      Things: {
        Type: 'AWS::DynamoDB::GlobalTable',
        Properties: {
          AttributeDefinitions: ['pk', 'sk', 'list', 'order'].map((AttributeName) => ({
            AttributeName,
            AttributeType: 'S',
          })),
          KeySchema: key('pk', 'sk'),
          GlobalSecondaryIndexes: [
            {
              IndexName: 'by-order',
              KeySchema: key('list', 'order'),
              Projection: { ProjectionType: 'ALL' },
            },
          ],
        },
      },
      Role: { Type: 'AWS::IAM::Role' },
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          Roles: [{ Ref: 'Role' }],
          PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }] },
        },
      },
      Writer: {
        Type: 'AWS::Lambda::Function',
        Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } },
        Metadata: { holdfast: { name: 'writer', entry: 'action-entry.ts' } },
      },
    },
  },
};

const closing: (() => unknown)[] = [];
let dynamodb: DynamoDBClient;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-limits-'));
  const store = await startDynamoDb(folder);
  const admin = localClient(store.url);
  await createTables(admin, resolveResources([stack], TABLE_TYPES));
  const access = new Access(() => undefined);
  access.update([stack]);
  const services = { dynamodb: store.url, secretsmanager: '', states: '', sqs: '' };
  const endpoint = await startAwsEndpoint(services, access);
  dynamodb = new DynamoDBClient({
    endpoint: endpoint.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'Writer', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  closing.push(
    () => rm(folder, { recursive: true, force: true }),
    () => store.close(),
    () => endpoint.close(),
    () => admin.destroy(),
    () => dynamodb.destroy(),
  );
});
afterAll(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const TableName = 'Things';
const text = (length: number): AttributeValue => ({ S: 'x'.repeat(length) });
const Key = { pk: text(1), sk: text(1) };
const nested = (levels: number): AttributeValue =>
  levels === 0 ? text(1) : { M: { a: nested(levels - 1) } };
const values = (count: number) => Array.from({ length: count }, (_, i) => `:v${i}`);
const valuesOf = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, text(1)]));

const put = (item: Record<string, AttributeValue>, more = {}) =>
  new PutItemCommand({ TableName, Item: { ...Key, ...item }, ...more });
const update = (
  UpdateExpression: string,
  ExpressionAttributeValues: Record<string, AttributeValue>,
  more = {},
) => new UpdateItemCommand({ TableName, Key, UpdateExpression, ExpressionAttributeValues, ...more });
const query = (KeyConditionExpression: string, given: Record<string, AttributeValue>, more = {}) =>
  new QueryCommand({ TableName, KeyConditionExpression, ExpressionAttributeValues: given, ...more });
const transaction = (...items: Record<string, AttributeValue>[]) =>
  new TransactWriteItemsCommand({
    TransactItems: items.map((item, i) => ({
      Put: { TableName, Item: { pk: { S: `t${i}` }, sk: text(1), ...item } },
    })),
  });

type Call = PutItemCommand | UpdateItemCommand | QueryCommand | GetItemCommand | TransactWriteItemsCommand;

const send = (call: Call): Promise<unknown> => dynamodb.send(call as PutItemCommand);

const refusal = (call: Call) =>
  send(call).then(
    () => undefined,
    ({ name, message }: Error) => `${name}: ${message}`,
  );

const HASH = /^ValidationException: .*Size of hashkey has exceeded the maximum size limit of2048 bytes/;
const RANGE = /^ValidationException: .*range keys has exceeded the size limit of 1024 bytes/;
const EMPTY = /^ValidationException: .*cannot contain an empty string value/;

describe('C5: the local cloud refuses what DynamoDB refuses', () => {
  test.each<[string, Call, RegExp]>([
    ['a partition key of 2,049 bytes', put({ pk: text(2_049) }), HASH],
    ['a partition key of 1,025 characters of two bytes', put({ pk: { S: 'é'.repeat(1_025) } }), HASH],
    ['a sort key of 1,025 bytes', put({ sk: text(1_025) }), RANGE],
    ['an empty key', put({ pk: text(0) }), EMPTY],
    [
      'a key that is too long, in a read',
      new GetItemCommand({ TableName, Key: { ...Key, pk: text(2_049) } }),
      HASH,
    ],
    ['the partition key of an index, too long', put({ list: text(2_049), order: text(1) }), HASH],
    ['the sort key of an index, too long', put({ list: text(1), order: text(1_025) }), RANGE],
    [
      'the sort key of an index, too long, set by an update',
      update('SET #o = :o', { ':o': text(1_025) }, { ExpressionAttributeNames: { '#o': 'order' } }),
      RANGE,
    ],
    ['a condition on a partition key that is too long', query('pk = :p', { ':p': text(2_049) }), HASH],
    [
      'a condition on a sort key that is too long',
      query('pk = :p AND sk > :s', { ':p': text(1), ':s': text(1_025) }),
      RANGE,
    ],
    [
      'the end of a range that is too long',
      query('pk = :p AND sk BETWEEN :s AND :t', { ':p': text(1), ':s': text(1), ':t': text(1_025) }),
      RANGE,
    ],
    [
      'a beginning that is too long',
      query('pk = :p AND begins_with(sk, :s)', { ':p': text(1), ':s': text(1_025) }),
      RANGE,
    ],
    [
      'a condition on an index that is too long',
      query(
        '#l = :p',
        { ':p': text(2_049) },
        { IndexName: 'by-order', ExpressionAttributeNames: { '#l': 'list' } },
      ),
      HASH,
    ],
    ['a condition on an empty key', query('pk = :p', { ':p': text(0) }), EMPTY],
    [
      'a start key that is too long',
      query('pk = :p', { ':p': text(1) }, { ExclusiveStartKey: { ...Key, sk: text(1_025) } }),
      RANGE,
    ],
    [
      'a start key of an index that is too long',
      query(
        '#l = :p',
        { ':p': text(1) },
        {
          IndexName: 'by-order',
          ExpressionAttributeNames: { '#l': 'list' },
          ExclusiveStartKey: { ...Key, list: text(1), order: text(1_025) },
        },
      ),
      RANGE,
    ],
    ['an item over 400 KB', put({ data: text(409_600) }), /Item size has exceeded the maximum allowed size/],
    [
      'an item that an update makes larger than 400 KB',
      update('SET a = :a', { ':a': text(409_600) }),
      /Item size to update has exceeded/,
    ],
    [
      'an expression over 4 KB',
      put({}, { ConditionExpression: `attribute_not_exists(${'a'.repeat(4_097)})` }),
      /Expression size has exceeded the maximum allowed size/,
    ],
    [
      '301 operators',
      put(
        {},
        {
          ConditionExpression: Array(151).fill('a=:a').join(' OR '),
          ExpressionAttributeValues: { ':a': text(1) },
        },
      ),
      /^ValidationException: Invalid ConditionExpression: The expression contains too many operators; operator count: 301/,
    ],
    [
      'an IN of 101 operands',
      put(
        {},
        {
          ConditionExpression: `a IN (${values(101).join()})`,
          ExpressionAttributeValues: valuesOf(values(101)),
        },
      ),
      /too many operands; number of operands: 101/,
    ],
    ['a reserved word', update('SET state = :a', { ':a': text(1) }), /reserved keyword: state/],
    [
      'a value that no expression names',
      update('SET a = :a', { ':a': text(1), ':b': text(1) }),
      /^ValidationException: Value provided in ExpressionAttributeValues unused in expressions: keys: {:b}/,
    ],
    [
      'a name that no expression names',
      put({}, { ConditionExpression: 'attribute_not_exists(pk)', ExpressionAttributeNames: { '#a': 'a' } }),
      /unused in expressions: keys: {#a}/,
    ],
    ['33 levels', put({ data: nested(32) }), /nested levels beyond supported limit/],
    ['39 digits', put({ data: { N: '1'.repeat(39) } }), /more than 38 significant digits/],
    ['an empty set', put({ data: { SS: [] } }), /may not be empty/],
    ['101 operations', transaction(...Array(101).fill({})), /^ValidationException: /],
    [
      '4 MB in a transaction',
      transaction(...Array(12).fill({ data: text(380_000) })),
      /exceeding the 4MB limit/,
    ],
    [
      'one item twice in a transaction',
      transaction({ pk: text(1) }, { pk: text(1) }),
      /multiple operations on one item/,
    ],
  ])('%s', async (_, call, told) => {
    expect(await refusal(call)).toMatch(told);
  });

  test('a key of an index that is too long cancels its transaction, with the reason in its place', async () => {
    const cancelled = (await send(transaction({}, { list: text(1), order: text(1_025) })).catch(
      (error: unknown) => error,
    )) as TransactionCanceledException;
    const stored = await dynamodb.send(
      new GetItemCommand({ TableName, Key: { pk: { S: 't0' }, sk: text(1) } }),
    );

    expect(cancelled.name).toBe('TransactionCanceledException');
    expect(cancelled.CancellationReasons).toMatchObject([
      { Code: 'None' },
      { Code: 'ValidationError', Message: expect.stringMatching(/range keys has exceeded/) },
    ]);
    expect(stored.Item).toBeUndefined();
  });

  test('what is just within its limit passes', async () => {
    const calls = [
      put({ pk: text(2_048), sk: text(1_024), list: text(2_048), order: text(1_024) }),
      put({ data: nested(31) }),
      put({ data: text(409_000) }),
      put(
        {},
        {
          ConditionExpression: `${Array(150).fill('pk<>:a').join(' OR ')} OR sk = :b`.replace(
            ' OR pk<>:a',
            '',
          ),
          ExpressionAttributeValues: { ':a': text(9), ':b': text(1) },
        },
      ),
      query('pk = :p AND sk > :s', { ':p': text(2_048), ':s': text(1_024) }),
      transaction(...Array(100).fill({})),
    ];

    expect(await Promise.all(calls.map(refusal))).toEqual(Array(calls.length).fill(undefined));
  });
});
