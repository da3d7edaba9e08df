import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { UsageError } from '../../../lib/holdfast/cli/command/command.ts';
import { redrive } from '../../../lib/holdfast/cli/deploy/redrive.ts';

const silent = () => undefined;

const before = { ...process.env };
const closing: (() => unknown)[] = [];
afterEach(() => {
  process.env = { ...before };
  for (const close of closing.splice(0)) close();
});

/** Queues of an account by their names: the dead-letter queue of each that has one. */
const QUEUES: Readonly<Record<string, string | undefined>> = {
  'holdfast-dev-service-bank': 'holdfast-dev-service-bankDead',
  'holdfast-dev-service-bankDead': undefined,
  'holdfast-staging-service-bank': 'holdfast-staging-service-bankDead',
  'holdfast-staging-service-bankDead': undefined,
  billing: 'billing-dead',
  'billing-dead': undefined,
};

/** An account that has two stages and another system: CloudFormation and SQS, as far as redrive asks them. */
async function account(): Promise<string> {
  const server = createServer(async (request, response) => {
    const body = (await request.toArray()).join('');
    const target = String(request.headers['x-amz-target'] ?? '').split('.')[1];
    response.setHeader('Content-Type', target === undefined ? 'text/xml' : 'application/x-amz-json-1.0');
    if (target === undefined) response.end(stackOf(new URLSearchParams(body)));
    else if (target === 'ListQueues')
      response.end(JSON.stringify({ QueueUrls: Object.keys(QUEUES).map(url) }));
    else response.end(JSON.stringify(attributes(JSON.parse(body).QueueUrl)));
  });
  closing.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const url = (name: string) => `https://sqs.eu-west-1.amazonaws.com/123456789012/${name}`;

const arn = (name: string) => `arn:aws:sqs:eu-west-1:123456789012:${name}`;

function stackOf(asked: URLSearchParams): string {
  const stack = asked.get('StackName') ?? '';
  const members = Object.keys(QUEUES)
    .filter((name) => name.startsWith(`${stack}-`))
    .map(
      (name) =>
        `<member><LogicalResourceId>${name}</LogicalResourceId><PhysicalResourceId>${url(name)}</PhysicalResourceId><ResourceType>AWS::SQS::Queue</ResourceType></member>`,
    );
  return `<ListStackResourcesResponse><ListStackResourcesResult><StackResourceSummaries>${members.join('')}</StackResourceSummaries></ListStackResourcesResult></ListStackResourcesResponse>`;
}

function attributes(queueUrl: string) {
  const name = queueUrl.split('/').at(-1) ?? '';
  const dead = QUEUES[name];
  return {
    Attributes: {
      QueueArn: arn(name),
      ApproximateNumberOfMessages: '3',
      ...(dead !== undefined && { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn(dead) }) }),
    },
  };
}

const options = { queue: undefined, filter: undefined, rate: '5', yes: false };

async function inAccount(): Promise<void> {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: await account(),
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
  });
}

test('B13: redrive offers the queues of its own stage, and neither another stage’s nor another system’s', async () => {
  await inAccount();
  const lines: string[] = [];

  await redrive({ ...options, stage: 'dev' }, process.env, (line) => lines.push(line));

  expect(lines).toEqual(['     3  holdfast-dev-service-bankDead']);
});

test('B13: a dead-letter queue of another system cannot be sent back by its name', async () => {
  await inAccount();

  const asked = redrive({ ...options, stage: 'dev', queue: 'billing-dead', yes: true }, process.env, silent);

  await expect(asked).rejects.toThrow(
    'no dead-letter queue of stage dev is named billing-dead; npm run redrive -- --stage dev lists them',
  );
});

test('redrive asks whose queues it is to read, before it asks the account', async () => {
  const asked = redrive({ ...options, stage: undefined }, {}, silent);

  await expect(asked).rejects.toThrow(UsageError);
});

test('redrive says of a stage that is not deployed how to deploy it', async () => {
  await inAccount();

  const asked = redrive({ ...options, stage: 'production' }, process.env, silent);

  await expect(asked).rejects.toThrow(
    'stage production is not deployed here; npm run deploy -- --stage production',
  );
});
