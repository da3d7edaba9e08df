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

/** Bytes of an item as DynamoDB counts them: names and values, in UTF-8. */
export function itemBytes(value: Item | AttributeValue): number {
  const bytes = (text: string) => Buffer.byteLength(text);
  const map = (members: Item) =>
    Object.entries(members).reduce((sum, [name, inner]) => sum + bytes(name) + itemBytes(inner), 0);
  const attribute = value as AttributeValue;
  if (typeof attribute.S === 'string') return bytes(attribute.S);
  if (typeof attribute.N === 'string') return Math.ceil(attribute.N.length / 2) + 1;
  if (attribute.B instanceof Uint8Array) return attribute.B.length;
  if (attribute.M !== undefined && typeof attribute.M === 'object') return map(attribute.M as Item) + 3;
  return map(value as Item);
}
