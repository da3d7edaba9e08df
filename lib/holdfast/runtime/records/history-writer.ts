import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { read, write } from '../aws/attributes.ts';
import { dynamodb } from '../aws/dynamodb.ts';
import { environment } from '../aws/environment.ts';
import { type EventImage, historyRow } from './history-row.ts';

const TableName = environment('HISTORY_TABLE');

/** An item before and after a write, as the stream tells of it. */
interface Change {
  readonly NewImage?: object | undefined;
  readonly OldImage?: object | undefined;
}

/** Writes the row of a version, as the stream tells of it. A repeated record writes the same again. */
export async function writeHistory({ NewImage, OldImage }: Change): Promise<void> {
  const row = NewImage && historyRow(read<EventImage>(NewImage), OldImage && read<EventImage>(OldImage));
  if (row !== undefined) await dynamodb.send(new PutItemCommand({ TableName, Item: write(row) }));
}
