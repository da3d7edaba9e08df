import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { DeployedStack } from '../../../../lib/holdfast/cli/account/deployed.ts';
import { standsAgainst } from '../../../../lib/holdfast/cli/backfill/stands-against.ts';

/** What AWS tells of a stage. */
let aws: { weights: object; begun: readonly string[]; index: string };
let server: Server;
let clients: Parameters<typeof standsAgainst>[1];
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request
      .on('data', (chunk) => (body += chunk))
      .on('end', () => {
        const { executionArn = '0' } = JSON.parse(body || '{}');
        const answers: Readonly<Record<string, object>> = {
          DescribeStateMachine: { definition: 'now' },
          ListExecutions: { executions: aws.begun.map((_, i) => ({ executionArn: String(i) })) },
          DescribeStateMachineForExecution: { definition: aws.begun[Number(executionArn)] },
          DescribeTable: {
            Table: { GlobalSecondaryIndexes: [{ IndexName: 'list-1', IndexStatus: aws.index }] },
          },
          '/2015-03-31/functions/x-dev-orders-place/aliases/live': {
            RoutingConfig: { AdditionalVersionWeights: aws.weights },
          },
        };
        const target = request.headers['x-amz-target'];
        const asked = target === undefined ? String(request.url) : String(target).split('.').at(-1);
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify(answers[asked ?? '']));
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const settings = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  };
  clients = {
    dynamodb: new DynamoDBClient(settings),
    lambda: new LambdaClient(settings),
    stepFunctions: new SFNClient(settings),
  };
});
afterAll(async () => {
  for (const client of Object.values(clients)) client.destroy();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  aws = { weights: {}, begun: ['now'], index: 'ACTIVE' };
});

const rules = { orders: { 'lists.byCustomer': 'list-1: customerId; createdAt, highest first' } };

const resource = (type: string, physicalId: string) => ({
  logicalId: 'X',
  type,
  physicalId,
  status: 'CREATE_COMPLETE',
});

const stack = (more: Partial<DeployedStack> = {}): DeployedStack => ({
  name: 'x-dev-service',
  status: 'UPDATE_COMPLETE',
  template: { Resources: {}, Metadata: { holdfast: { rules } } },
  resources: [
    resource('AWS::StepFunctions::StateMachine', 'arn:aws:states:eu-central-1:0:stateMachine:x-dev-ship'),
    resource('AWS::Lambda::Alias', 'arn:aws:lambda:eu-central-1:0:function:x-dev-orders-place:live'),
  ],
  ...more,
});

const reasons = (deployed = stack(), own: typeof rules | undefined = rules) =>
  standsAgainst({ stage: 'dev', deployed: [deployed], rules: own, TableName: 'x-table' }, clients);

test('nothing stands against a backfill of a stage whose one release keeps what the checkout does', async () => {
  expect(await reasons()).toEqual([]);
});

test('a release that keeps something else stands against a backfill, and both are told in words', async () => {
  expect(await reasons(stack({ template: { Resources: {} } }))).toEqual([
    'stage dev keeps nothing that a backfill completes, and this checkout lists.byCustomer of orders (list-1: customerId; createdAt, highest first); check the deployed release out, or deploy this one',
  ]);
});

test('a deployment that has not ended stands against a backfill', async () => {
  expect(await reasons(stack({ status: 'UPDATE_IN_PROGRESS' }))).toEqual([
    expect.stringMatching(/^stack x-dev-service is UPDATE_IN_PROGRESS; wait until it has come to an end/),
  ]);
});

test('an alias that leads to two versions stands against a backfill: the older one writes by its own rules', async () => {
  aws = { ...aws, weights: { 7: 0.1 } };

  expect(await reasons()).toEqual([
    'traffic is being shifted from the release before (x-dev-orders-place); run it again when the deployment has ended',
  ]);
});

test('an execution that began with an older release stands against a backfill: it ends what it began by older code', async () => {
  aws = { ...aws, begun: ['now', 'before'] };

  expect(await reasons()).toEqual([
    expect.stringMatching(/^executions of x-dev-ship run that began with an older release/),
  ]);
});

test('an index that DynamoDB is still making stands against a backfill: a list that is complete is read at once', async () => {
  aws = { ...aws, index: 'CREATING' };

  expect(await reasons()).toEqual([
    'DynamoDB is still making index list-1 of table x-table; run it again when it has',
  ]);
});
