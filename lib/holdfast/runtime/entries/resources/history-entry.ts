import { Logger } from '@aws-lambda-powertools/logger';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { writeHistory } from '../../records/history-writer.ts';

const logger = new Logger();

/** Follows the table's stream, and writes a row for each version there is. */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  for (const { dynamodb: change } of event.Records) {
    try {
      await writeHistory(change?.NewImage);
    } catch (error) {
      logger.error('failed', { sequenceNumber: change?.SequenceNumber, error: error as Error });
      return { batchItemFailures: [{ itemIdentifier: change?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}
