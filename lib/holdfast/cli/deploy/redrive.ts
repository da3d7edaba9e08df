import { setTimeout as delay } from 'node:timers/promises';
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
import { REGION } from '../../template/template.ts';
import { UsageError } from '../command/command.ts';

interface Options {
  /** @default the local cloud */
  readonly stage: string | undefined;
  readonly queue: string | undefined;
  readonly filter: string | undefined;
  /** Messages a second. */
  readonly rate: string;
  readonly yes: boolean;
}

/** While messages are looked at, nobody else sees them. */
const LOOK_SECONDS = 60;

interface DeadLetterQueue {
  readonly name: string;
  readonly url: string;
  readonly sourceUrl: string;
  readonly depth: number;
}

/**
 * Lists the dead-letter queues of a stage, shows what one of them holds, or sends that back to where it came from. Nothing is lost
 * on the way: a message is deleted when its copy has been taken.
 * @throws UsageError for a rate that is not allowed, or where nobody says whose queues
 */
export async function redrive(
  options: Options,
  environment: NodeJS.ProcessEnv,
  print: (line: string) => void,
): Promise<void> {
  const rate = Number(options.rate);
  if (!(rate >= 0.001 && rate <= 1000))
    throw new UsageError(`--rate is '${options.rate}'; give messages per second, from 0.001 to 1000`);
  const client = new SQSClient({ useQueueUrlAsEndpoint: false, ...(isLocal(environment) && LOCAL) });
  const queues = await deadLetterQueues(client, await queueUrls(client, options.stage, environment));
  if (options.queue === undefined) {
    for (const { name, depth } of queues) print(`${String(depth).padStart(6)}  ${name}`);
    return;
  }
  const queue = queues.find(({ name }) => name === options.queue);
  if (queue === undefined)
    throw new Error(
      `no dead-letter queue${options.stage === undefined ? '' : ` of stage ${options.stage}`} is named ${options.queue}; npm run redrive${options.stage === undefined ? '' : ` -- --stage ${options.stage}`} lists them`,
    );
  await redriveQueue(client, queue, { ...options, rate }, print);
}

/** Queues of the local cloud take any credentials, and know one region. */
const LOCAL = { region: REGION, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

const isLocal = ({ AWS_ENDPOINT_URL_SQS: url = '' }: NodeJS.ProcessEnv) =>
  URL.canParse(url) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);

async function redriveQueue(
  client: SQSClient,
  queue: DeadLetterQueue,
  { filter = '', rate, yes }: Omit<Options, 'rate'> & { readonly rate: number },
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

/**
 * The queues of the local cloud, or those that are resources of the stage's service stack: an account has queues of other
 * stages and of other systems too, and theirs are not ours to send back.
 */
async function queueUrls(
  client: SQSClient,
  stage: string | undefined,
  environment: NodeJS.ProcessEnv,
): Promise<readonly string[]> {
  if (stage === undefined) {
    if (!isLocal(environment))
      throw new UsageError(
        'redrive needs --stage STAGE; or, for the local cloud, AWS_ENDPOINT_URL_SQS as npm start prints it',
      );
    const { QueueUrls = [] } = await client.send(new ListQueuesCommand({ MaxResults: 1000 }));
    return QueueUrls;
  }
  const [{ CloudFormationClient }, { stackResources }, { stackNames }] = await Promise.all([
    import('@aws-sdk/client-cloudformation'),
    import('../account/deployed.ts'),
    import('./release-plan.ts'),
  ]);
  const resources = await stackResources(new CloudFormationClient({}), stackNames(stage).service);
  const queues = resources.filter(
    ({ type, physicalId }) => type === 'AWS::SQS::Queue' && physicalId.startsWith('http'),
  );
  if (resources.length === 0)
    throw new Error(`stage ${stage} is not deployed here; npm run deploy -- --stage ${stage}`);
  return queues.map(({ physicalId }) => physicalId);
}

async function deadLetterQueues(
  client: SQSClient,
  urls: readonly string[],
): Promise<readonly DeadLetterQueue[]> {
  const all = await Promise.all(
    urls.map(async (url) => {
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
