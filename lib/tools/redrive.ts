import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';

/** The command's usage. */
export const REDRIVE_USAGE = `usage: npm run redrive -- [--queue NAME] [--filter TEXT] [--rate MESSAGES_PER_SECOND] [--yes]
without --queue it lists the dead-letter queues; without --yes it shows what it would do, and does nothing
for the local cloud set AWS_ENDPOINT_URL_SQS to the address that npm start prints; for AWS set AWS_REGION and credentials`;

interface Options {
  readonly queue: string | undefined;
  readonly filter: string;
  readonly rate: number;
  readonly yes: boolean;
}

/** While messages are looked at, nobody else sees them. */
const LOOK_SECONDS = 60;

/** Reads the command line. @throws Error with the usage */
export function redriveOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        queue: { type: 'string' },
        filter: { type: 'string', default: '' },
        rate: { type: 'string', default: '5' },
        yes: { type: 'boolean', default: false },
      },
    });
    const rate = Number(values.rate);
    if (!(rate > 0 && rate <= 1000))
      throw new Error(`--rate is '${values.rate}'; give messages per second, up to 1000`);
    return { queue: values.queue, filter: values.filter, rate, yes: values.yes };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n${REDRIVE_USAGE}`, { cause: error });
  }
}

interface DeadLetterQueue {
  readonly name: string;
  readonly url: string;
  readonly sourceUrl: string;
  readonly depth: number;
}

/**
 * Lists the dead-letter queues, shows what one of them holds, or sends that back to where it came from. Nothing is lost
 * on the way: a message is deleted when its copy has been taken.
 */
export async function redrive(options: Options, print: (line: string) => void): Promise<void> {
  const client = new SQSClient({ useQueueUrlAsEndpoint: false });
  const queues = await deadLetterQueues(client);
  if (options.queue === undefined) {
    for (const { name, depth } of queues) print(`${String(depth).padStart(6)}  ${name}`);
    return;
  }
  const queue = queues.find(({ name }) => name === options.queue);
  if (queue === undefined)
    throw new Error(`no dead-letter queue is named ${options.queue}; npm run redrive lists them`);
  await redriveQueue(client, queue, options, print);
}

async function redriveQueue(
  client: SQSClient,
  queue: DeadLetterQueue,
  { filter, rate, yes }: Options,
  print: (line: string) => void,
): Promise<void> {
  const messages = await receiveAll(client, queue);
  const matching = messages.filter(({ Body }) => Body?.includes(filter));
  for (const message of matching)
    print(`${yes ? 'redriving' : 'would redrive'} ${message.MessageId}: ${summary(message)}`);
  for (const message of messages) {
    if (yes && matching.includes(message)) await sendBack(client, queue, message, rate);
    else await release(client, queue, message);
  }
  print(
    `${matching.length} of ${messages.length} messages ${yes ? 'redriven' : 'would be redriven; --yes does it'}`,
  );
}

async function deadLetterQueues(client: SQSClient): Promise<readonly DeadLetterQueue[]> {
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand({ MaxResults: 1000 }));
  const all = await Promise.all(
    QueueUrls.map(async (url) => {
      const { Attributes = {} } = await client.send(
        new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
      );
      return { url, attributes: Attributes };
    }),
  );
  return all.flatMap(({ url: sourceUrl, attributes }) => {
    const { deadLetterTargetArn } = JSON.parse(attributes.RedrivePolicy ?? '{}');
    const target = all.find((each) => each.attributes.QueueArn === deadLetterTargetArn);
    if (target === undefined) return [];
    const depth = Number(target.attributes.ApproximateNumberOfMessages ?? 0);
    return [{ name: target.url.split('/').at(-1) ?? '', url: target.url, sourceUrl, depth }];
  });
}

async function receiveAll(client: SQSClient, { url }: DeadLetterQueue): Promise<readonly Message[]> {
  const messages: Message[] = [];
  for (;;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: LOOK_SECONDS,
        WaitTimeSeconds: 1,
      }),
    );
    if (Messages.length === 0) return messages;
    messages.push(...Messages);
  }
}

async function sendBack(
  client: SQSClient,
  { url, sourceUrl }: DeadLetterQueue,
  { Body, ReceiptHandle }: Message,
  rate: number,
) {
  await client.send(new SendMessageCommand({ QueueUrl: sourceUrl, MessageBody: Body }));
  await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
  await delay(1000 / rate);
}

const release = (client: SQSClient, { url }: DeadLetterQueue, { ReceiptHandle }: Message) =>
  client.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 }));

/** A command's ids; a token is nobody's business. */
function summary({ Body = '' }: Message): string {
  try {
    const { token: _, ...ids } = JSON.parse(Body);
    return JSON.stringify(ids);
  } catch {
    return JSON.stringify(Body.slice(0, 200));
  }
}
