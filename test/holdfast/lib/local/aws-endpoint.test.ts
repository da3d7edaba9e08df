import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { StackTemplate } from '../../../../lib/holdfast/cdk/templates/templates.ts';
import { Access } from '../../../../lib/holdfast/local/access/access.ts';
import { startAwsEndpoint } from '../../../../lib/holdfast/local/access/aws-endpoint.ts';
import { localClient, startDynamoDb } from '../../../../lib/holdfast/local/dynamodb/dynamodb.ts';
import { createTables, TABLE_TYPES } from '../../../../lib/holdfast/local/dynamodb/tables.ts';
import { createQueues, startSqs } from '../../../../lib/holdfast/local/events/queues.ts';
import { LocalStepFunctions } from '../../../../lib/holdfast/local/step-functions/step-functions.ts';
import { resolveResources } from '../../../../lib/holdfast/template/template.ts';

const allow = (Action: string, Resource: unknown, more = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

const table = { 'Fn::GetAtt': ['Records', 'Arn'] };
const payouts = {
  Condition: {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['payouts#*'] },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  },
};

/** A function that may read and write payouts, send commands and start `pay`; and a state machine that may do nothing. */
const stack: StackTemplate = {
  name: 'service',
  template: {
    Resources: {
      Records: {
        Type: 'AWS::DynamoDB::GlobalTable',
        Properties: {
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        },
      },
      Commands: { Type: 'AWS::SQS::Queue' },
      Others: { Type: 'AWS::SQS::Queue' },
      Role: { Type: 'AWS::IAM::Role' },
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          Roles: [{ Ref: 'Role' }],
          PolicyDocument: {
            Statement: [
              allow('dynamodb:GetItem', table, payouts),
              allow('dynamodb:PutItem', table, payouts),
              allow('dynamodb:Scan', table),
              allow('sqs:SendMessage', { 'Fn::GetAtt': ['Commands', 'Arn'] }),
              allow('states:StartExecution', { Ref: 'Machine' }),
              {
                Effect: 'Deny',
                Action: 'dynamodb:PutItem',
                Resource: table,
                Condition: {
                  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['payouts#frozen#*'] },
                  Null: { 'dynamodb:LeadingKeys': 'false' },
                },
              },
            ],
          },
        },
      },
      Writer: {
        Type: 'AWS::Lambda::Function',
        Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } },
        Metadata: { holdfast: { name: 'payouts-approve', entry: 'action-entry.ts' } },
      },
      MachineRole: { Type: 'AWS::IAM::Role' },
      Machine: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          RoleArn: { 'Fn::GetAtt': ['MachineRole', 'Arn'] },
          DefinitionString: JSON.stringify({
            StartAt: 'call',
            States: {
              call: {
                Type: 'Task',
                Resource: 'arn:aws:lambda:us-east-1:000000000000:function:Writer',
                End: true,
              },
            },
          }),
        },
      },
    },
  },
};

const lines: string[] = [];
const printed = new EventEmitter();
const closing: (() => unknown)[] = [];
let endpoint: string;
let stepFunctions: LocalStepFunctions;
let dynamodb: DynamoDBClient;

const client = (accessKeyId: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId, secretAccessKey: 'local' },
  maxAttempts: 1,
});

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-endpoint-'));
  const store = await startDynamoDb(folder);
  const sqs = await startSqs();
  const access = new Access((line) => {
    lines.push(line);
    printed.emit('line');
  });
  access.update([stack]);
  stepFunctions = new LocalStepFunctions({ invoke: async () => '{}', sqs, access });
  stepFunctions.update(resolveResources([stack], ['AWS::StepFunctions::StateMachine']));
  const states = await stepFunctions.listen();
  const admin = localClient(store.url);
  await createTables(admin, resolveResources([stack], TABLE_TYPES));
  await createQueues(sqs, resolveResources([stack], ['AWS::SQS::Queue']));
  const started = await startAwsEndpoint(
    { dynamodb: store.url, secretsmanager: '', states, sqs: sqs.url },
    access,
  );
  endpoint = started.url;
  dynamodb = new DynamoDBClient(client('Writer'));
  closing.push(
    () => rm(folder, { recursive: true, force: true }),
    () => store.close(),
    () => sqs.close(),
    () => stepFunctions.close(),
    () => admin.destroy(),
    () => started.close(),
    () => dynamodb.destroy(),
  );
});
afterAll(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
beforeEach(() => {
  lines.length = 0;
});

const refused = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: Error) => error,
  );

const user = 'arn:aws:sts::000000000000:assumed-role/Role/Writer';
const records = 'arn:aws:dynamodb:us-east-1:000000000000:table/Records';

const item = (pk: string) => ({ TableName: 'Records', Item: { pk: { S: pk } } });

describe('the endpoint of AWS', () => {
  test('lets through what the role of the caller allows', async () => {
    await dynamodb.send(new PutItemCommand(item('payouts#acme#1')));

    const { Item } = await dynamodb.send(
      new GetItemCommand({ TableName: 'Records', Key: { pk: { S: 'payouts#acme#1' } } }),
    );

    expect(Item).toEqual({ pk: { S: 'payouts#acme#1' } });
    expect(lines).toEqual([]);
  });

  test('refuses what it does not allow as AWS does, and tells whoever runs it what to do', async () => {
    const error = await refused(
      dynamodb.send(new GetItemCommand({ TableName: 'Records', Key: { pk: { S: 'operations#acme#1' } } })),
    );

    expect(error).toMatchObject({
      name: 'AccessDeniedException',
      message: `User: ${user} is not authorized to perform: dynamodb:GetItem on resource: ${records} because no identity-based policy allows the dynamodb:GetItem action`,
      $fault: 'client',
      $metadata: { httpStatusCode: 400 },
    });
    expect(lines).toEqual([
      `DENIED payouts-approve: dynamodb:GetItem on ${records} under key operations#acme#1: its role does not allow it, here as on AWS; declare it in lib/holdfast/cdk/bundles/function-entry.ts`,
    ]);
  });

  test('refuses what is denied, although it is allowed as well', async () => {
    const error = await refused(dynamodb.send(new PutItemCommand(item('payouts#frozen#1'))));

    expect(error?.message).toBe(
      `User: ${user} is not authorized to perform: dynamodb:PutItem on resource: ${records} with an explicit deny in an identity-based policy`,
    );
  });

  test('refuses a transaction for one of its members, and stores none of them', async () => {
    const error = await refused(
      dynamodb.send(
        new TransactWriteItemsCommand({
          TransactItems: [{ Put: item('payouts#acme#2') }, { Put: item('operations#acme#2') }],
        }),
      ),
    );
    const { Item } = await dynamodb.send(
      new GetItemCommand({ TableName: 'Records', Key: { pk: { S: 'payouts#acme#2' } } }),
    );

    expect(error?.name).toBe('AccessDeniedException');
    expect(Item).toBeUndefined();
  });

  test('refuses an operation that it cannot read, granted or not', async () => {
    const error = await refused(dynamodb.send(new ScanCommand({ TableName: 'Records' })));

    expect(error?.message).toContain('dynamodb:Scan on resource: * the local cloud cannot tell');
    expect(lines).toEqual([
      expect.stringContaining('teach it to lib/holdfast/local/access/access-request.ts'),
    ]);
  });

  test('knows no other caller', async () => {
    const stranger = new DynamoDBClient(client('local'));

    const error = await refused(
      stranger.send(new GetItemCommand({ TableName: 'Records', Key: { pk: { S: 'payouts#acme#1' } } })),
    );
    stranger.destroy();

    expect(error?.name).toBe('UnrecognizedClientException');
  });

  test('is that of every queue', async () => {
    const sqs = new SQSClient(client('Writer'));
    const to = (name: string) =>
      sqs.send(new SendMessageCommand({ QueueUrl: `${endpoint}/000000000000/${name}`, MessageBody: 'x' }));

    const sent = await to('Commands');
    const error = await refused(to('Others'));
    sqs.destroy();

    expect(sent.MessageId).toBeTruthy();
    expect(error?.name).toBe('AccessDeniedException');
  });

  test('is that of every state machine, which in its turn does what its own role allows', async () => {
    const sfn = new SFNClient(client('Writer'));
    const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:Machine';

    const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'a' }));
    const error = await refused(
      sfn.send(new StartExecutionCommand({ stateMachineArn: `${stateMachineArn}2`, name: 'a' })),
    );
    sfn.destroy();

    while (lines.length < 2) await once(printed, 'line');

    expect(executionArn).toContain(':execution:Machine:a');
    expect(error?.name).toBe('AccessDeniedException');
    expect(lines).toContainEqual(
      expect.stringMatching(/^DENIED state machine Machine: lambda:InvokeFunction on .*:function:Writer: /),
    );
  });
});
