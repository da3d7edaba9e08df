import { GetItemCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import {
  decodeReceipts,
  encodeReceipts,
  findReceipt,
  type Receipt,
  SPILLED_LIFE_MS,
} from '../../core/decisions/receipts.ts';
import { spilledReceiptKey } from '../../core/store/keys.ts';
import type { Item } from '../../core/store/store.ts';
import { write } from '../aws/attributes.ts';
import { dynamodb, storageProblem } from '../aws/dynamodb.ts';
import { environment } from '../aws/environment.ts';

const TableName = environment('IDEMPOTENCY_TABLE');

const spilledKey = (pk: string, key: string) => write({ id: spilledReceiptKey(pk, key) });

/** Epoch seconds after which a receipt of this age need not be found. */
export const spilledExpiry = ({ at }: Receipt): number => Math.ceil((at + SPILLED_LIFE_MS) / 1000);

/** The writes that carry receipts out of an item, for one transaction with the write that made them leave. */
export const spill = (pk: string, receipts: readonly Receipt[]): TransactWriteItem[] =>
  receipts.map((receipt) => ({
    Put: {
      TableName,
      Item: {
        ...spilledKey(pk, receipt.key),
        ...write({ expiration: spilledExpiry(receipt), receipt: encodeReceipts([receipt]) }),
      },
    },
  }));

/**
 * The receipt under a key, in the item or among those it has spilled. An item that has spilled nothing in the last
 * day costs no call.
 * @throws Problem `temporarily-unavailable`
 */
export async function lookUpReceipt(
  pk: string,
  item: Item,
  key: string,
  nowMs: number,
): Promise<Receipt | undefined> {
  const held = findReceipt(item.receipts, key);
  if (held !== undefined || item.spilledUntil * 1000 < nowMs) return held;
  try {
    const { Item } = await dynamodb.send(
      new GetItemCommand({ TableName, Key: spilledKey(pk, key), ConsistentRead: true }),
    );
    return findReceipt(decodeReceipts(Item?.receipt?.B), key);
  } catch (error) {
    throw storageProblem(error);
  }
}
