import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  type Update,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Decided } from '../core/apply-decision.ts';
import { addReceipt, encodeReceipts, type Receipt } from '../core/receipts.ts';
import { fullJitterMs, type RetryPolicy } from '../core/retry-policy.ts';
import { dynamodb, isContention, storageProblem } from './dynamodb.ts';
import { environment } from './environment.ts';
import { type Item, readItem, stateOrder, write } from './item.ts';
import { spill, spilledExpiry } from './spilled-receipts.ts';

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
  const { kept, spilled } = addReceipt(read.receipts, writing.receipt);
  const last = spilled.at(-1);
  const expression = updateExpression(writing, read, {
    receipts: encodeReceipts(kept),
    ...(last !== undefined && { spilledUntil: spilledExpiry(last) }),
  });
  if (last === undefined) {
    const command = new UpdateItemCommand(expression);
    return () => dynamodb.send(command);
  }
  const transaction = new TransactWriteItemsCommand({
    TransactItems: [{ Update: expression }, ...spill(writing.pk, spilled)],
    // One token for every attempt: a transaction that landed unseen is not made twice (valid for ten minutes).
    ClientRequestToken: randomUUID(),
  });
  return () => dynamodb.send(transaction);
}

/**
 * Names every attribute it touches, and no other: what a release does not know stays as it is. Names, values and
 * expression are built together.
 */
function updateExpression(
  { pk, decided: { next, changes }, event }: Write,
  read: Item,
  bookkeeping: Readonly<Record<string, unknown>>,
): Update & { UpdateExpression: string } {
  const { state, version, commit: tag, updatedAt, createdAt } = next;
  const sets = {
    state,
    version,
    commit: tag,
    updatedAt,
    stateOrder: stateOrder(state, createdAt),
    ...bookkeeping,
  };
  const names: Record<string, string> = { '#data': 'data', '#version': 'version', '#commit': 'commit' };
  const values: Record<string, unknown> = { ':version': read.stored.version, ':commit': read.stored.commit };
  const set: string[] = [];
  const remove: string[] = [];
  const assign = (path: string, value: unknown) => {
    const placeholder = `:v${set.length}`;
    set.push(`${path} = ${placeholder}`);
    values[placeholder] = value;
  };
  for (const [name, value] of Object.entries({ ...sets, last: event })) {
    names[`#${name}`] = name;
    assign(`#${name}`, value);
  }
  for (const [i, [member, value]] of Object.entries(changes).entries()) {
    names[`#m${i}`] = member;
    if (value === null) remove.push(`#data.#m${i}`);
    else assign(`#data.#m${i}`, value);
  }
  if (Object.keys(changes).length === 0) delete names['#data'];
  return {
    TableName,
    Key: write({ pk }),
    UpdateExpression: `SET ${set.join(', ')}${remove.length > 0 ? ` REMOVE ${remove.join(', ')}` : ''}`,
    ConditionExpression: '#version = :version AND #commit = :commit',
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: write(values),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
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
