import { randomBytes } from 'node:crypto';
import { GetItemCommand, type PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import { encodeBatches, markOf, mayHold } from '../../core/decisions/receipt-batches.ts';
import {
  decodeReceipts,
  encodeReceipts,
  findReceipt,
  type Receipt,
  SPILLED_LIFE_MS,
} from '../../core/decisions/receipts.ts';
import { spilledReceiptKey } from '../../core/store/keys.ts';
import type { Item, Values } from '../../core/store/store.ts';
import { write } from '../aws/attributes.ts';
import { answered, dynamodb } from '../aws/dynamodb.ts';
import { environment } from '../aws/environment.ts';

const TableName = environment('IDEMPOTENCY_TABLE');

const spilledKey = (pk: string, key: string) => write({ id: spilledReceiptKey(pk, key) });

/** Epoch seconds after which a receipt of this age need not be found. */
const expiryOf = ({ at }: Receipt): number => Math.ceil((at + SPILLED_LIFE_MS) / 1000);

/** So many batches an item tells of: 900 requests in a day; whatever leaves besides is found by its key, and by a call each time. */
const MAX_BATCHES = 64;

/** What lets receipts leave an item. */
interface Leaving {
  /**
   * They come before the write that drops the receipts, by themselves: until that one lands, nothing refers to them, and
   * what is in them is true whether it does or not.
   */
  readonly puts: readonly PutItemCommandInput[];
  /** What that write says on the item of where they are. */
  readonly attributes: Values;
}

/**
 * Lets receipts leave an item, all together: as the item held them, they are small enough for one.
 * @param nowMs when the write is made that drops them
 */
export function leaving(pk: string, item: Item, receipts: readonly Receipt[], nowMs: number): Leaving {
  if (receipts.length === 0) return { puts: [], attributes: {} };
  const batches = (item.batches ?? []).filter(({ until }) => until * 1000 >= nowMs);
  const until = Math.max(...receipts.map(expiryOf));
  const put = (place: string, those: readonly Receipt[]) => ({
    TableName,
    Item: { ...spilledKey(pk, place), ...write({ expiration: until, receipt: encodeReceipts(those) }) },
  });
  if (batches.length >= MAX_BATCHES)
    return {
      puts: receipts.map((receipt) => put(receipt.key, [receipt])),
      attributes: { spilledUntil: until },
    };
  // No other attempt has it, so that what is put there is what this one says is there.
  const id = randomBytes(6).toString('base64url');
  const made = { id, until, marks: receipts.map(({ key }) => markOf(key)) };
  return { puts: [put(id, receipts)], attributes: { batches: encodeBatches([...batches, made]) } };
}

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
  const { Item } = await answered(
    dynamodb.send(new GetItemCommand({ TableName, Key: spilledKey(pk, place), ConsistentRead: true })),
  );
  return decodeReceipts(Item?.receipt?.B);
}
