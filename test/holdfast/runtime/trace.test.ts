import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { traced } from '../../../lib/holdfast/runtime/aws/trace.ts';

/** What takes traces on Lambda. */
const daemon = createSocket('udp4').bind(0, '127.0.0.1');
await once(daemon, 'listening');
afterAll(() => {
  daemon.close();
});

const received: Record<string, unknown>[] = [];
daemon.on('message', (message) => {
  const [header, document = ''] = message.toString().split('\n');
  expect(JSON.parse(header ?? '')).toEqual({ format: 'json', version: 1 });
  received.push(JSON.parse(document));
});

beforeEach(() => {
  answer = { status: 200, body: '{}' };
  received.length = 0;
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${daemon.address().port}`,
    _X_AMZN_TRACE_ID:
      'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a:0',
  });
});

/** DynamoDB, which answers everything so. */
let answer = { status: 200, body: '{}' };
const server = createServer((_, response) => {
  const { status, body } = answer;
  response
    .writeHead(status, { 'x-amzn-requestid': 'r-1', 'content-type': 'application/x-amz-json-1.0' })
    .end(body);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const dynamodb = traced(
  new DynamoDBClient({
    region: 'eu-central-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    maxAttempts: 1,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  }),
  'DynamoDB',
);
afterAll(() => dynamodb.destroy());

const get = new GetItemCommand({ TableName: 'Records', Key: { pk: { S: 'x' } } });

const next = () => once(daemon, 'message');

test('B13: a call of DynamoDB is a subsegment of the function’s trace', async () => {
  const told = next();

  await dynamodb.send(get);
  await told;

  expect(received).toEqual([
    expect.objectContaining({
      type: 'subsegment',
      trace_id: '1-5759e988-bd862e3fe1be46a994272793',
      parent_id: '53995c3f42cd8ad8',
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      name: 'DynamoDB',
      namespace: 'aws',
      aws: { operation: 'GetItem', region: 'eu-central-1', request_id: 'r-1', retries: 0 },
      http: { response: { status: 200 } },
    }),
  ]);
  const { start_time: start, end_time: end } = received[0] as { start_time: number; end_time: number };
  expect(end).toBeGreaterThanOrEqual(start);
});

test.each([
  [400, 'error'],
  [500, 'fault'],
])(
  'B13: a call that is answered %d is shown as the %s that it is, and fails as before',
  async (status, kind) => {
    const told = next();

    answer = { status, body: '{"__type":"com.amazonaws.dynamodb.v20120810#Odd","message":"secret"}' };
    await expect(dynamodb.send(get)).rejects.toMatchObject({ name: 'Odd' });
    await told;

    expect(received).toEqual([expect.objectContaining({ [kind]: true, http: { response: { status } } })]);
    expect(JSON.stringify(received)).not.toContain('secret');
  },
);

test('B13: a call of a request that is not sampled is shown nowhere', async () => {
  process.env._X_AMZN_TRACE_ID = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0';
  await dynamodb.send(get);
  process.env._X_AMZN_TRACE_ID = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
  const told = next();

  await dynamodb.send(get);
  await told;

  expect(received).toHaveLength(1);
});
