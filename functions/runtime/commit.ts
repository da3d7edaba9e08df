import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  PutItemCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Decided } from '../core/apply-decision.ts';
import { addReceipt, encodeReceipts, type Receipt } from '../core/receipts.ts';
import { fullJitterMs, type RetryPolicy } from '../core/retry-policy.ts';
import { dynamodb, isContention, storageProblem } from './dynamodb.ts';
import { environment } from './environment.ts';
import { type Attributes, type Item, readItem, stateOrder, write } from './item.ts';
import { spill, spilledExpiry } from './spilled-receipts.ts';
import { conditionalUpdate } from './update-expression.ts';

const TableName = environment('RECORDS_TABLE');

/** Contention ends when the other write does, which takes milliseconds. */
const CONTENTION: RetryPolicy = { baseMs: 20, capMs: 500 };

/** What a write needs to say on the item about itself; history is made from it. */
export interface WriteEvent {
  readonly action: string;
  readonly actor: string;
  /** {@link keyHash} of the Idempotency-Key. */
  readonly key: string;
  readonly from?: string;
  readonly to: string;
  readonly version: number;
  /** Id of the operation that it accepted or ended. */
  readonly operation?: string;
}

/** Everything that one write stores together. */
export interface Write {
  readonly pk: string;
  /** Partition of the tenant's list. */
  readonly list: string;
  /** What the decision was made on; undefined for a create. */
  readonly read: Item | undefined;
  readonly decided: Decided;
  readonly receipt: Receipt;
  readonly event: WriteEvent;
  /** What commits with it, or not at all: attributes of its own item, and items. @default nothing */
  readonly together?: {
    readonly attributes: Readonly<Record<string, unknown>>;
    readonly items: readonly TransactWriteItem[];
  };
}

/** Either the write is stored whole, or nothing of it is and `standing` is what stands in its place. */
export type Committed =
  | { readonly done: true }
  | { readonly done: false; readonly standing: Item | undefined };

/**
 * Stores effect, version, receipt and event in one conditional write. A stored version that differs from the one read
 * fails it, and the item that stands there comes back with the refusal.
 * @param deadlineMs epoch milliseconds until which contention is retried
 * @throws Problem `temporarily-unavailable`, when it is not known whether the write landed
 */
export async function commit(writing: Write, deadlineMs: number): Promise<Committed> {
  const command = writing.read === undefined ? create(writing) : update(writing, writing.read);
  for (let attempt = 0; ; attempt++) {
    try {
      await command();
      return { done: true };
    } catch (error) {
      const refused = refusal(error);
      if (refused !== undefined) return refused;
      const waitMs = fullJitterMs(CONTENTION, attempt, Math.random());
      if (!isContention(error) || Date.now() + waitMs > deadlineMs) throw storageProblem(error);
      await delay(waitMs);
    }
  }
}

/** A put of an item that is not there yet. */
export const newRecord = (Item: Attributes) => ({
  TableName,
  Item,
  ConditionExpression: 'attribute_not_exists(pk)',
});

function create({ pk, list, decided: { next }, receipt, event }: Write) {
  const { id: _, ...stored } = next;
  const command = new PutItemCommand({
    TableName,
    Item: write({
      pk,
      ...stored,
      list,
      stateOrder: stateOrder(next.state, next.createdAt),
      receipts: encodeReceipts([receipt]),
      last: event,
    }),
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  return () => dynamodb.send(command);
}

function update(writing: Write, read: Item) {
  const { encoded, spilled } = addReceipt(read.receipts, writing.receipt);
  const last = spilled.at(-1);
  const { pk, decided, event, together } = writing;
  const expression = conditionalUpdate({
    pk,
    read: read.stored,
    next: decided.next,
    changes: decided.changes,
    hidden: decided.hidden,
    attributes: {
      last: event,
      receipts: encoded,
      ...(last !== undefined && { spilledUntil: spilledExpiry(last) }),
      ...together?.attributes,
    },
  });
  if (spilled.length === 0 && (together?.items ?? []).length === 0) {
    const command = new UpdateItemCommand(expression);
    return () => dynamodb.send(command);
  }
  const transaction = new TransactWriteItemsCommand({
    TransactItems: [{ Update: expression }, ...(together?.items ?? []), ...spill(pk, spilled)],
    // One token for every attempt: a transaction that landed unseen is not made twice (valid for ten minutes).
    ClientRequestToken: randomUUID(),
  });
  return () => dynamodb.send(transaction);
}

/** A failed condition, alone or as the resource's own cancellation reason, which is the first. */
function refusal(error: unknown): Committed | undefined {
  if (error instanceof ConditionalCheckFailedException)
    return { done: false, standing: standing(error.Item) };
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const own = error.CancellationReasons?.[0];
  return own?.Code === 'ConditionalCheckFailed' ? { done: false, standing: standing(own.Item) } : undefined;
}

const standing = (attributes: Parameters<typeof readItem>[0] | undefined) =>
  attributes && readItem(attributes);
