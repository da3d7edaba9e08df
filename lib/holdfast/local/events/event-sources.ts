import { setTimeout as delay } from 'node:timers/promises';
import {
  type _Record,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { REGION, type ResolvedResource } from '../../template/template.ts';
import type { Invoke } from '../gateway/gateway.ts';
import { matchesFilter } from './event-pattern.ts';
import type { LocalSqs } from './queues.ts';

/** What event sources need of the local cloud. */
export interface EventSourcePlatform {
  readonly dynamodb: string;
  readonly sqs: LocalSqs;
  readonly invoke: Invoke;
  readonly print: (line: string) => void;
}

/** Lambda looks at a stream four times a second; on one machine it may look more often. */
const STREAM_POLL_MS = 50;

/** Of a stream in which nothing has happened for so many looks, since they cost an idle service most of its CPU time. */
const QUIET_POLL_MS = 250;
const QUIET_AFTER = 100;

/** After a read that failed, whose client has tried three times already. */
const STREAM_RETRY_MS = 1_000;

const BATCH_WAIT_SECONDS = 5;

/**
 * Serves the event source mappings of the template: batch size, filter, concurrency, partial failures, retries, bisecting
 * and the destination of what failed.
 * @returns ends them
 */
export function startEventSources(
  mappings: readonly ResolvedResource[],
  platform: EventSourcePlatform,
): () => Promise<void> {
  const ending = new AbortController();
  const running = mappings.flatMap((mapping) => {
    const arn = String(mapping.properties.EventSourceArn);
    if (arn.includes(':dynamodb:')) return [followStream(mapping, arn, platform, ending.signal)];
    const { MaximumConcurrency = 2 } = mapping.properties.ScalingConfig ?? {};
    return Array.from({ length: MaximumConcurrency }, () =>
      consumeQueue(mapping, arn, platform, ending.signal),
    );
  });
  return async () => {
    ending.abort();
    await Promise.allSettled(running);
  };
}

const nameOf = (arn: string) => arn.split(':').at(-1) ?? '';

async function consumeQueue(
  { properties }: ResolvedResource,
  arn: string,
  platform: EventSourcePlatform,
  signal: AbortSignal,
) {
  const { sqs, invoke, print } = platform;
  const QueueUrl = `${sqs.url}/000000000000/${nameOf(arn)}`;
  while (!signal.aborted) {
    try {
      const { Messages = [] } = await sqs.client.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: Number(properties.BatchSize ?? 10),
          WaitTimeSeconds: BATCH_WAIT_SECONDS,
          MessageSystemAttributeNames: ['All'],
          MessageAttributeNames: ['All'],
        }),
        { abortSignal: signal },
      );
      if (Messages.length === 0) continue;
      const answer = await invoke(
        String(properties.FunctionName),
        JSON.stringify({ Records: Messages.map((message) => sqsRecord(message, arn)) }),
      );
      const done = handled(Messages, answer);
      if (done.length === 0) continue;
      const Entries = done.map(({ MessageId, ReceiptHandle }) => ({ Id: MessageId, ReceiptHandle }));
      await sqs.client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    } catch (error) {
      if (signal.aborted) return;
      // What failed comes again when its visibility timeout is over, and goes to the dead-letter queue in the end.
      print(`${nameOf(arn)}: ${error instanceof Error ? error.message : error}`);
      await delay(STREAM_POLL_MS);
    }
  }
}

const sqsRecord = (message: Message, arn: string) => ({
  messageId: message.MessageId,
  receiptHandle: message.ReceiptHandle,
  body: message.Body,
  attributes: message.Attributes,
  messageAttributes: {},
  md5OfBody: message.MD5OfBody,
  eventSource: 'aws:sqs',
  eventSourceARN: arn,
  awsRegion: REGION,
});

/** The messages that a function has handled: all but those it names. An answer it may not give means that none was. */
function handled(messages: readonly Message[], answer: string): readonly Message[] {
  const failures = failedIdentifiers(answer);
  if (failures === undefined) return [];
  const ids = new Set(messages.map(({ MessageId }) => MessageId));
  if (failures.some((id) => !ids.has(id))) return [];
  return messages.filter(({ MessageId }) => !failures.includes(MessageId ?? ''));
}

/** Identifiers of a partial batch response; undefined for an answer of another form. */
function failedIdentifiers(answer: string): readonly string[] | undefined {
  const said: { batchItemFailures?: { itemIdentifier?: unknown }[] } = JSON.parse(answer) ?? {};
  const { batchItemFailures = [] } = said;
  if (!Array.isArray(batchItemFailures)) return undefined;
  const ids = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  return ids.every((id) => typeof id === 'string' && id !== '') ? ids.map(String) : undefined;
}

async function followStream(
  mapping: ResolvedResource,
  arn: string,
  platform: EventSourcePlatform,
  signal: AbortSignal,
) {
  const { print } = platform;
  const TableName = arn.split('/')[1] ?? '';
  const client = new DynamoDBStreamsClient({
    endpoint: platform.dynamodb,
    region: REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  let from: Reading | undefined;
  let empty = 0;
  while (!signal.aborted) {
    try {
      from ??= await startOf(client, TableName);
      const { shard, iterator } = from;
      const { Records = [], NextShardIterator } = await client.send(
        new GetRecordsCommand({ ShardIterator: iterator, Limit: 1000 }),
      );
      await deliver({ mapping, arn, shard, platform, signal }, Records);
      from = { shard, iterator: NextShardIterator };
      empty = Records.length === 0 ? empty + 1 : 0;
      await rest(empty, signal);
    } catch (error) {
      if (signal.aborted) break;
      // It is read on from where it was: what was delivered already may come once more, as on AWS.
      print(`stream of ${TableName}: ${error instanceof Error ? error.message : error}`);
      await delay(STREAM_RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
  client.destroy();
}

/** Until a stream is looked at again that was empty so many times in a row. */
async function rest(empty: number, signal: AbortSignal): Promise<void> {
  const ms = empty > QUIET_AFTER ? QUIET_POLL_MS : STREAM_POLL_MS;
  if (empty > 0) await delay(ms, undefined, { signal }).catch(() => undefined);
}

/** The only shard that a stream of the emulator has. */
interface Shard {
  readonly StreamArn: string;
  readonly ShardId: string;
}

async function shardOf(client: DynamoDBStreamsClient, TableName: string): Promise<Shard> {
  const { Streams = [] } = await client.send(new ListStreamsCommand({ TableName }));
  const StreamArn = Streams[0]?.StreamArn;
  if (StreamArn === undefined) throw new Error(`table ${TableName} has no stream; remove its --data folder`);
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
  return { StreamArn, ShardId: StreamDescription?.Shards?.[0]?.ShardId ?? '' };
}

/** Where a stream is read next. */
interface Reading {
  readonly shard: Shard;
  readonly iterator: string | undefined;
}

async function startOf(client: DynamoDBStreamsClient, TableName: string): Promise<Reading> {
  const shard = await shardOf(client, TableName);
  const { ShardIterator } = await client.send(
    new GetShardIteratorCommand({ ...shard, ShardIteratorType: 'TRIM_HORIZON' }),
  );
  return { shard, iterator: ShardIterator };
}

/** A mapping that follows a stream. */
interface Following {
  readonly mapping: ResolvedResource;
  readonly arn: string;
  readonly shard: Shard;
  readonly platform: EventSourcePlatform;
  readonly signal: AbortSignal;
}

/** Delivers records in their order, in batches, again where they fail, in halves at last. */
async function deliver(following: Following, records: readonly _Record[]): Promise<void> {
  const { mapping, arn } = following;
  const { FilterCriteria, BatchSize = 100 } = mapping.properties;
  const patterns = (FilterCriteria?.Filters ?? []).map(({ Pattern }) => Pattern);
  const changed = records.filter(
    ({ dynamodb }) => JSON.stringify(dynamodb?.OldImage) !== JSON.stringify(dynamodb?.NewImage),
  );
  const events = changed
    .map((record) => streamRecord(record, arn))
    .filter((event) => matchesFilter(event, patterns));
  for (let i = 0; i < events.length; i += BatchSize) {
    await deliverBatch(following, events.slice(i, i + BatchSize), 0);
  }
}

type StreamEvent = ReturnType<typeof streamRecord>;

async function deliverBatch(
  following: Following,
  batch: readonly StreamEvent[],
  attempt: number,
): Promise<void> {
  const { mapping, platform, signal } = following;
  if (batch.length === 0 || signal.aborted) return;
  const { FunctionName, MaximumRetryAttempts = 10_000, BisectBatchOnFunctionError } = mapping.properties;
  const failure = await firstFailure(
    platform.invoke(String(FunctionName), JSON.stringify({ Records: batch })),
    batch,
  );
  if (failure === undefined) return;
  const rest = batch.slice(failure);
  if (attempt >= Number(MaximumRetryAttempts)) {
    await setAside(following, rest);
    return;
  }
  await delay(STREAM_POLL_MS * 2 ** Math.min(attempt, 5), undefined, { signal }).catch(() => undefined);
  const half =
    BisectBatchOnFunctionError === true && rest.length > 1 ? Math.ceil(rest.length / 2) : rest.length;
  await deliverBatch(following, rest.slice(0, half), attempt + 1);
  await deliverBatch(following, rest.slice(half), 0);
}

/** Index of the first record that was not handled; undefined when all were. */
async function firstFailure(
  invocation: Promise<string>,
  batch: readonly StreamEvent[],
): Promise<number | undefined> {
  const failures = await invocation.then(failedIdentifiers, () => undefined);
  if (failures === undefined) return 0;
  if (failures.length === 0) return undefined;
  const indexes = failures.map((id) => batch.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === id));
  return Math.max(0, Math.min(...indexes));
}

/** Of what failed for good the mapping's destination is told where it is in the stream, and not what it holds. */
async function setAside(
  { mapping: { properties }, shard, platform: { sqs, print } }: Following,
  records: readonly StreamEvent[],
) {
  const { OnFailure } = properties.DestinationConfig ?? {};
  print(`${String(properties.FunctionName)}: ${records.length} stream records were set aside`);
  if (OnFailure === undefined) return;
  const QueueUrl = `${sqs.url}/000000000000/${nameOf(OnFailure.Destination)}`;
  const failure = {
    requestContext: { condition: 'RetryAttemptsExhausted', functionArn: properties.FunctionName },
    version: '1.0',
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId: shard.ShardId,
      startSequenceNumber: records[0]?.dynamodb?.SequenceNumber,
      endSequenceNumber: records.at(-1)?.dynamodb?.SequenceNumber,
      batchSize: records.length,
      streamArn: shard.StreamArn,
    },
  };
  await sqs.client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(failure) }));
}

const streamRecord = (record: _Record, arn: string) => ({
  eventID: record.eventID,
  eventName: record.eventName,
  eventSource: 'aws:dynamodb',
  eventSourceARN: arn,
  awsRegion: REGION,
  dynamodb: record.dynamodb,
});
