import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { read, write } from '../aws/attributes.ts';
import { dynamodb } from '../aws/dynamodb.ts';
import { environment } from '../aws/environment.ts';
import { type EventImage, historyRow } from './history-row.ts';

const TableName = environment('HISTORY_TABLE');

/** Writes the row of a version, as the stream tells of it. A repeated record writes the same again. */
export async function writeHistory(image: object | undefined): Promise<void> {
  const row = image && historyRow(read<EventImage>(image));
  if (row !== undefined) await dynamodb.send(new PutItemCommand({ TableName, Item: write(row) }));
}
