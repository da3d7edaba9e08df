import { describe, expect, test } from '@jest/globals';
import { partitionKeys, readAccess } from '../../../../lib/holdfast/local/access/access-request.ts';
import { taskToken } from '../../../../lib/holdfast/local/access/task-token.ts';

const hash = (AttributeName: string) => [{ AttributeName, KeyType: 'HASH' as const }];

const keys = partitionKeys([
  {
    logicalId: 'Records',
    type: 'AWS::DynamoDB::GlobalTable',
    metadata: {},
    properties: {
      KeySchema: hash('pk'),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-time',
          KeySchema: [...hash('list'), { AttributeName: 'at', KeyType: 'RANGE' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    },
  },
  {
    logicalId: 'Receipts',
    type: 'AWS::DynamoDB::GlobalTable',
    metadata: {},
    properties: { KeySchema: hash('id') },
  },
]);

const table = 'arn:aws:dynamodb:us-east-1:000000000000:table';
const machine = 'arn:aws:states:us-east-1:000000000000:stateMachine:pay';
const queue = 'arn:aws:sqs:us-east-1:000000000000:Commands';

const asked = (action: string, resource: string, ...leadingKeys: string[]) => ({
  action,
  resource,
  ...(leadingKeys.length > 0 && { leadingKeys }),
});

describe('what a call asks to do', () => {
  test.each([
    [
      'GetItem',
      { TableName: 'Records', Key: { pk: { S: 'a' } } },
      [asked('dynamodb:GetItem', `${table}/Records`, 'a')],
    ],
    [
      'PutItem',
      { TableName: 'Receipts', Item: { pk: { S: 'no key here' }, id: { S: 'r' } } },
      [asked('dynamodb:PutItem', `${table}/Receipts`, 'r')],
    ],
    [
      'UpdateItem',
      { TableName: 'Records', Key: { pk: { S: 'a' } }, UpdateExpression: 'SET pk = :x' },
      [asked('dynamodb:UpdateItem', `${table}/Records`, 'a')],
    ],
    ['DeleteItem', { TableName: 'Records', Key: {} }, [asked('dynamodb:DeleteItem', `${table}/Records`)]],
    [
      'Query',
      {
        TableName: 'Records',
        KeyConditionExpression: 'pk = :pk AND sk > :sk',
        ExpressionAttributeValues: { ':pk': { S: 'a' }, ':sk': { S: 'b' } },
      },
      [asked('dynamodb:Query', `${table}/Records`, 'a')],
    ],
    [
      'Query',
      {
        TableName: 'Records',
        IndexName: 'by-time',
        KeyConditionExpression: 'at = :at AND #list=:list',
        ExpressionAttributeNames: { '#list': 'list' },
        ExpressionAttributeValues: { ':at': { S: 't' }, ':list': { S: 'payouts#acme' } },
      },
      [asked('dynamodb:Query', `${table}/Records/index/by-time`, 'payouts#acme')],
    ],
    [
      'Query',
      { TableName: 'Records', IndexName: 'by-time', KeyConditionExpression: 'pk = :pk' },
      [asked('dynamodb:Query', `${table}/Records/index/by-time`)],
    ],
    [
      'TransactWriteItems',
      {
        TransactItems: [
          { Update: { TableName: 'Records', Key: { pk: { S: 'a' } } } },
          { Put: { TableName: 'Receipts', Item: { id: { S: 'r' } } } },
          { Delete: { TableName: 'Records', Key: { pk: { S: 'b' } } } },
          { ConditionCheck: { TableName: 'Records', Key: { pk: { S: 'c' } } } },
        ],
      },
      [
        asked('dynamodb:UpdateItem', `${table}/Records`, 'a'),
        asked('dynamodb:PutItem', `${table}/Receipts`, 'r'),
        asked('dynamodb:DeleteItem', `${table}/Records`, 'b'),
        asked('dynamodb:ConditionCheckItem', `${table}/Records`, 'c'),
      ],
    ],
  ])('of DynamoDB, %s of %j', (operation, input, requests) => {
    expect(readAccess(`dynamodb:${operation}`, input, keys)).toEqual(requests);
  });

  test.each([
    ['states:StartExecution', { stateMachineArn: machine }, [asked('states:StartExecution', machine)]],
    ['states:StopExecution', { executionArn: 'e' }, [asked('states:StopExecution', 'e')]],
    ['states:SendTaskSuccess', { taskToken: taskToken(machine) }, [asked('states:SendTaskSuccess', machine)]],
    [
      'sqs:SendMessageBatch',
      { QueueUrl: 'http://127.0.0.1:1/000000000000/Commands' },
      [asked('sqs:SendMessage', queue)],
    ],
    ['sqs:GetQueueUrl', { QueueName: 'Commands' }, [asked('sqs:GetQueueUrl', queue)]],
  ])('of other services, %s', (operation, input, requests) => {
    expect(readAccess(operation, input, keys)).toEqual(requests);
  });

  test.each(['dynamodb:Scan', 'dynamodb:ExecuteStatement', 's3:GetObject', ':undefined'])(
    '%s is not known, and so not allowed',
    (operation) => {
      expect(readAccess(operation, {}, keys)).toBeUndefined();
    },
  );
});
