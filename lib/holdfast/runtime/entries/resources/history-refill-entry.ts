import {
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { eachMessage } from '../../aws/batch.ts';
import { clientSettings } from '../../aws/client-settings.ts';
import { writeHistory } from '../../records/history-writer.ts';

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
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> =>
  eachMessage(event, refill, (body) => ({ body }));

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
      if (change !== undefined) await writeHistory(change);
      if (change?.SequenceNumber === batch.endSequenceNumber) return;
    }
    iterator = NextShardIterator;
  }
}
