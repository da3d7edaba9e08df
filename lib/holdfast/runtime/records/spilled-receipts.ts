import { GetItemCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { mayHold } from '../../core/decisions/receipt-batches.ts';
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
 * The receipt under a key, in the item or wherever it went from there. A call is made for a batch that may hold it, and for
 * receipts that went each for itself, as an older release lets them: in the last day, or not at all.
 * @throws Problem `temporarily-unavailable`
 */
export async function lookUpReceipt(
  pk: string,
  { receipts, batches = [], spilledUntil }: Item,
  key: string,
  nowMs: number,
): Promise<Receipt | undefined> {
  const held = findReceipt(receipts, key);
  if (held !== undefined) return held;
  const places = mayHold(batches, key, nowMs).map(({ id }) => id);
  if (spilledUntil * 1000 >= nowMs) places.push(key);
  for (const place of places) {
    const found = findReceipt(await receiptsAt(pk, place), key);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function receiptsAt(pk: string, place: string): Promise<readonly Receipt[]> {
  try {
    const { Item } = await dynamodb.send(
      new GetItemCommand({ TableName, Key: spilledKey(pk, place), ConsistentRead: true }),
    );
    return decodeReceipts(Item?.receipt?.B);
  } catch (error) {
    throw storageProblem(error);
  }
}
