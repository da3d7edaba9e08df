import { Logger } from '@aws-lambda-powertools/logger';
import {
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { clientSettings } from '../../aws/client-settings.ts';
import { writeHistory } from '../../records/history-writer.ts';

const logger = new Logger();

const streams = new DynamoDBStreamsClient(clientSettings);

/**
 * What Lambda tells of records that a function could not handle: where they are in the stream, and not what they hold.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
interface Failure {
  readonly DDBStreamBatchInfo: {
    readonly streamArn: string;
    readonly shardId: string;
    readonly startSequenceNumber: string;
    readonly endSequenceNumber: string;
  };
}

/**
 * Fills the gaps of histories: reads the records that were set aside from the stream again, which keeps them for a day, and
 * writes their rows. What fails stays in the queue, and is tried again as long as the stream keeps it.
 */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const batchItemFailures = [];
  for (const { messageId, body } of event.Records) {
    try {
      await refill(JSON.parse(body) as Failure);
    } catch (error) {
      logger.error('failed', { messageId, body, error: error as Error });
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

/** @throws TrimmedDataAccessException for records of more than a day ago */
async function refill({ DDBStreamBatchInfo: batch }: Failure): Promise<void> {
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({
      StreamArn: batch.streamArn,
      ShardId: batch.shardId,
      ShardIteratorType: 'AT_SEQUENCE_NUMBER',
      SequenceNumber: batch.startSequenceNumber,
    }),
  );
  for (let iterator = ShardIterator; iterator !== undefined; ) {
    const { Records = [], NextShardIterator } = await streams.send(
      new GetRecordsCommand({ ShardIterator: iterator }),
    );
    for (const { dynamodb: change } of Records) {
      if (BigInt(change?.SequenceNumber ?? 0) > BigInt(batch.endSequenceNumber)) return;
      await writeHistory(change?.NewImage);
      if (change?.SequenceNumber === batch.endSequenceNumber) return;
    }
    iterator = NextShardIterator;
  }
}
