import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  PutItemCommand,
  type PutItemCommandInput,
  TransactionCanceledException,
  type TransactWriteItem,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { addReceipt, encodeReceipts } from '../../core/decisions/receipts.ts';
import type { Resource } from '../../core/definitions/define-resource.ts';
import { fullJitterMs, type RetryPolicy } from '../../core/partners/retry-policy.ts';
import { Problem } from '../../core/problems/problem.ts';
import { stateOrder } from '../../core/store/keys.ts';
import {
  type Item,
  isSame,
  type Plan,
  type PlannedWrite,
  type Store,
  type Values,
  type Written,
} from '../../core/store/store.ts';
import { read as valuesOf, write } from '../aws/attributes.ts';
import { answered, dynamodb, isContention, isPassing, storageProblem } from '../aws/dynamodb.ts';
import { readItem } from './item.ts';
import { loadItem } from './records.ts';
import { TableName } from './records-table.ts';
import { leaving, lookUpReceipt } from './spilled-receipts.ts';
import { failedConditions, type LabelledWrite, reasonOf, transaction } from './transaction.ts';
import { conditionalUpdate, unchanged } from './update-expression.ts';

/** Contention ends when the other write does, which takes milliseconds. */
const CONTENTION: RetryPolicy = { baseMs: 20, capMs: 500 };

/** What is sent, and what a refusal of it means. */
interface Sending {
  /** What comes before it, by itself. */
  readonly before: readonly PutItemCommandInput[];
  send(): Promise<unknown>;
  /** @returns `again` for what may be a twin that is landing, and undefined for no refusal */
  refusal(error: unknown): Promise<Written | 'again' | undefined>;
}

/**
 * Stores a plan in one conditional write, once the receipts are elsewhere that it lets go of. A stored version that differs from the one read fails it, and the item that
 * stands there comes back with the refusal.
 */
const commit: Store['write'] = async (plan, deadlineMs) => {
  const { before, send, refusal } = sending(plan);
  await answered(Promise.all(before.map((each) => dynamodb.send(new PutItemCommand(each)))));
  for (let attempt = 0; ; attempt++) {
    try {
      await send();
      return { done: true };
    } catch (error) {
      const refused = await refusal(error);
      if (refused !== undefined && refused !== 'again') return refused;
      await delay(waitBefore(attempt, error, refused === 'again' || isContention(error), deadlineMs));
    }
  }
};

/**
 * Milliseconds before another attempt.
 * @throws Problem where none would help, or none is left in the time that there is
 */
function waitBefore(attempt: number, error: unknown, mayPass: boolean, deadlineMs: number): number {
  if (!mayPass) throw storageProblem(error);
  const waitMs = fullJitterMs(CONTENTION, attempt, Math.random());
  if (Date.now() + waitMs <= deadlineMs) return waitMs;
  throw new Problem('temporarily-unavailable', { cause: error });
}

/** A put of an item that is not there yet. */
const newRecord = (item: Values) => ({
  TableName,
  Item: write(item),
  ConditionExpression: NOT_THERE,
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
});

const NOT_THERE = 'attribute_not_exists(pk)';

/** The condition that an item is not there, or is of an owner. */
const isOf = (owner: string) => ({
  ConditionExpression: `${NOT_THERE} OR #owner = :owner`,
  ExpressionAttributeNames: { '#owner': 'owner' },
  ExpressionAttributeValues: write({ ':owner': owner }),
});

/** One item alone is one write, and a transaction costs twice as much. */
function sending(plan: Plan): Sending {
  const { resource, read, beside } = plan;
  const { item, before } = read === undefined ? created(plan) : updated(plan, read);
  if (beside.length === 0) {
    const send = () =>
      'Item' in item ? dynamodb.send(new PutItemCommand(item)) : dynamodb.send(new UpdateItemCommand(item));
    return { before, send, refusal: async (error) => refusalOfOne(resource, error) };
  }
  const writes: readonly LabelledWrite[] = [
    { label: MAIN, write: 'Item' in item ? { Put: item } : { Update: item } },
    ...beside.map((planned) => ({ label: planned.label, write: writeOf(planned) })),
  ];
  // One token for every attempt: a transaction that landed unseen is not made twice (valid for ten minutes).
  const command = transaction(writes, randomUUID());
  return {
    before,
    send: () => dynamodb.send(command),
    refusal: (error) => refusalOfAll(error, writes, plan),
  };
}

/** What is written beside the item that a request is about. */
function writeOf(planned: PlannedWrite): TransactWriteItem {
  if ('put' in planned)
    return { Put: { ...newRecord(planned.put), ...(planned.of !== undefined && isOf(planned.of)) } };
  if ('remove' in planned) {
    const { pk, of } = planned.remove;
    return { Delete: { TableName, Key: write({ pk }), ...isOf(of) } };
  }
  if ('check' in planned) return { ConditionCheck: unchanged(planned.check.pk, planned.check.read?.stored) };
  const { pk, read, decided, event, attributes } = planned.change;
  const { next, changes, hidden } = decided;
  return {
    Update: conditionalUpdate({
      pk,
      read: read.stored,
      next,
      changes,
      hidden,
      attributes: { last: event, ...attributes },
    }),
  };
}

function created({ pk, list, decided: { next }, receipt, event, attributes }: Plan) {
  const { id: _, ...stored } = next;
  const item = newRecord({
    pk,
    ...stored,
    list,
    stateOrder: stateOrder(next.state, next.createdAt),
    receipts: encodeReceipts([receipt]),
    last: event,
    ...attributes,
  });
  return { item, before: [] };
}

function updated({ pk, decided, receipt, event, attributes }: Plan, read: Item) {
  const { encoded, spilled } = addReceipt(read.receipts, receipt);
  const { puts, attributes: left } = leaving(pk, read, spilled, receipt.at);
  const item = conditionalUpdate({
    pk,
    read: read.stored,
    next: decided.next,
    changes: decided.changes,
    hidden: decided.hidden,
    attributes: {
      last: event,
      receipts: encoded,
      ...left,
      ...attributes,
    },
  });
  return { item, before: puts };
}

/** The item that the request is about: what became of it is judged before all that is written beside it. */
const MAIN = 'main';

/** A failed condition of a single write. */
const refusalOfOne = (resource: Resource, error: unknown): Written | undefined =>
  error instanceof ConditionalCheckFailedException
    ? { done: false, standing: error.Item && readItem(resource, error.Item) }
    : undefined;

/**
 * Failed conditions of a transaction. Where the main item's own is not among those told, or comes without the item, it is
 * read: a twin that has landed shows there first, as a receipt, whatever else stood in the way.
 */
async function refusalOfAll(
  error: unknown,
  writes: readonly LabelledWrite[],
  { resource, pk, read }: Plan,
): Promise<Written | 'again' | undefined> {
  const failed = failedConditions(error, writes);
  if (!(error instanceof TransactionCanceledException) || failed === undefined) return undefined;
  const told = failed.get(MAIN);
  if (told !== undefined) return { done: false, standing: readItem(resource, told) };
  const now = await loadItem(resource, pk);
  if (!isSame(now, read) || failed.has(MAIN)) return { done: false, standing: now };
  const reason = reasonOf(error, writes, MAIN);
  if (reason === 'None')
    return {
      done: false,
      refused: new Map([...failed].map(([label, item]) => [label, item && valuesOf<Values>(item)])),
    };
  // What holds the main item, so that it was not judged, may be a twin of which the other writes show first.
  return isPassing(reason) ? 'again' : undefined;
}

/** Resources in the records table, each in an item of its own, with its latest receipts. */
export const dynamodbStore: Store = {
  load: loadItem,
  findReceipt: lookUpReceipt,
  write: commit,
};
