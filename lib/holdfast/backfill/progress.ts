import { DeleteItemCommand, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { backfillKey } from '../core/store/keys.ts';
import { read, write } from '../runtime/aws/attributes.ts';
import type { Table } from './table.ts';

/** How far each segment of a table has been gone through, which a run that was interrupted leaves in the table. */
export interface Progress {
  readonly segments: readonly number[];
  /** Where a segment is gone on with; undefined at its beginning, and `end` when it is done. */
  after(segment: number): string | undefined;
  keep(segment: number, after: string): Promise<void>;
  /** Forgets it: the next run begins anew. */
  end(): Promise<void>;
}

/** No resource has a name like this. */
const Key = write({ pk: backfillKey({ name: '#progress' }) });

/**
 * The progress of the run before, where that was for the same rules.
 * @param words all rules
 * @param count parts that are gone through side by side
 */
export async function progressOf(
  { client, TableName }: Table,
  words: string,
  count: number,
): Promise<Progress> {
  const { Item = {} } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  const found = read<{ readonly words?: string; readonly at?: Readonly<Record<string, string>> }>(Item);
  const isSame = found.words === words && Object.keys(found.at ?? {}).length === count;
  const segments = Array.from({ length: count }, (_, segment) => segment);
  const at = isSame ? (found.at ?? {}) : {};
  const begin = Object.fromEntries(segments.map((segment) => [segment, BEGIN]));
  if (!isSame)
    await client.send(
      new UpdateItemCommand({
        TableName,
        Key,
        UpdateExpression: 'SET #words = :words, #at = :at',
        ExpressionAttributeNames: { '#words': 'words', '#at': 'at' },
        ExpressionAttributeValues: write({ ':words': words, ':at': begin }),
      }),
    );
  return {
    segments,
    after: (segment) => (at[segment] === BEGIN ? undefined : at[segment]),
    async keep(segment, after) {
      await client.send(
        new UpdateItemCommand({
          TableName,
          Key,
          UpdateExpression: 'SET #at.#segment = :after',
          ExpressionAttributeNames: { '#at': 'at', '#segment': String(segment) },
          ExpressionAttributeValues: write({ ':after': after }),
        }),
      );
    },
    async end() {
      await client.send(new DeleteItemCommand({ TableName, Key }));
    },
  };
}

/** Where nothing has been gone through yet. */
const BEGIN = '';
