import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Answer } from './client.ts';

/** Name of the local cloud’s table of resources: the logical id that is frozen in the template. */
export const RECORDS = 'RecordsTable';

type Item = Record<string, AttributeValue>;

/** The item of a payout of tenant acme, just as it is stored. */
export async function readRaw(table: DynamoDBClient, payout: Answer): Promise<Item> {
  const { Item } = await table.send(
    new GetItemCommand({
      TableName: RECORDS,
      Key: { pk: { S: `payouts#acme#${payout.json.id}` } },
      ConsistentRead: true,
    }),
  );
  if (Item === undefined) throw new Error(`payout ${payout.json.id} is not stored`);
  return Item;
}

/** Stores an item, whatever stands there. */
export const writeRaw = (table: DynamoDBClient, Item: Item) =>
  table.send(new PutItemCommand({ TableName: RECORDS, Item }));

/**
 * Bytes of an item as DynamoDB counts them: names and values, in UTF-8.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export const itemBytes = (item: Item): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);

/** Lists and maps take three bytes, and one for each of their elements. */
function valueBytes({ S, N, B, M, L }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return Math.ceil(N.length / 2) + 1;
  if (B !== undefined) return B.length;
  if (M !== undefined) return 3 + Object.keys(M).length + itemBytes(M);
  if (L !== undefined) return 3 + L.length + L.reduce((sum, value) => sum + valueBytes(value), 0);
  return 1;
}
