import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { eachChange } from '../../aws/batch.ts';
import { writeHistory } from '../../records/history-writer.ts';

/** Follows the table's stream, and writes a row for each version there is. */
export const handler = (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> =>
  eachChange(event, writeHistory);
