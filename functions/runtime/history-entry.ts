import { Logger } from '@aws-lambda-powertools/logger';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { dynamodb } from './dynamodb.ts';
import { environment } from './environment.ts';
import { type EventImage, historyRow } from './history-row.ts';
import { type Attributes, write } from './item.ts';

const logger = new Logger();

const TableName = environment('HISTORY_TABLE');

/** Follows the table's stream, and writes a row for each version there is. A repeated record writes the same again. */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  for (const { dynamodb: change } of event.Records) {
    try {
      const image = change?.NewImage && (unmarshall(change.NewImage as Attributes) as unknown as EventImage);
      const row = image && historyRow(image);
      if (row !== undefined) await dynamodb.send(new PutItemCommand({ TableName, Item: write(row) }));
    } catch (error) {
      logger.error('failed', { sequenceNumber: change?.SequenceNumber, error: error as Error });
      return { batchItemFailures: [{ itemIdentifier: change?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}
