import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  PutItemCommand,
  TransactionCanceledException,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Decided } from '../../core/decisions/apply-decision.ts';
import { addReceipt, encodeReceipts, type Receipt } from '../../core/decisions/receipts.ts';
import { fullJitterMs, type RetryPolicy } from '../../core/partners/retry-policy.ts';
import { Problem } from '../../core/problems/problem.ts';
import { stateOrder } from '../../core/store/keys.ts';
import { type Attributes, write } from '../aws/attributes.ts';
import { dynamodb, isContention, storageProblem } from '../aws/dynamodb.ts';
import { environment } from '../aws/environment.ts';
import { type Item, readItem } from './item.ts';
import { loadItem } from './records.ts';
import { spill, spilledExpiry } from './spilled-receipts.ts';
import { failedConditions, type LabelledWrite, passed, transaction } from './transaction.ts';
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
    readonly items: readonly LabelledWrite[];
  };
}

/** Either the write is stored whole, or nothing of it is: `standing` is what stands in its place, or `taken` what was there before. */
export type Committed =
  | { readonly done: true }
  | { readonly done: false; readonly standing: Item | undefined }
  /** The item is as it was read, and this write beside it, by its label, found another item in its place. */
  | { readonly done: false; readonly taken: string };

/** What is sent, and what a refusal of it means. */
interface Sending {
  send(): Promise<unknown>;
  /** @returns `again` for what may be a twin that is landing, and undefined for no refusal */
  refusal(error: unknown): Promise<Committed | 'again' | undefined>;
}

/**
 * Stores effect, version, receipt and event in one conditional write. A stored version that differs from the one read
 * fails it, and the item that stands there comes back with the refusal.
 * @param deadlineMs epoch milliseconds until which contention is retried
 * @throws Problem `temporarily-unavailable`, when it is not known whether the write landed
 */
export async function commit(writing: Write, deadlineMs: number): Promise<Committed> {
  const { send, refusal } = writing.read === undefined ? create(writing) : update(writing, writing.read);
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
}

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
export const newRecord = (Item: Attributes) => ({
  TableName,
  Item,
  ConditionExpression: 'attribute_not_exists(pk)',
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
});

function create({ pk, list, decided: { next }, receipt, event }: Write): Sending {
  const { id: _, ...stored } = next;
  const command = new PutItemCommand(
    newRecord(
      write({
        pk,
        ...stored,
        list,
        stateOrder: stateOrder(next.state, next.createdAt),
        receipts: encodeReceipts([receipt]),
        last: event,
      }),
    ),
  );
  return { send: () => dynamodb.send(command), refusal: async (error) => refusalOfOne(error) };
}

function update(writing: Write, read: Item): Sending {
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
    return { send: () => dynamodb.send(command), refusal: async (error) => refusalOfOne(error) };
  }
  const writes: readonly LabelledWrite[] = [
    { label: MAIN, write: { Update: expression } },
    ...(together?.items ?? []),
    ...spill(pk, spilled).map((spilling, i) => ({ label: `spill:${i}`, write: spilling })),
  ];
  // One token for every attempt: a transaction that landed unseen is not made twice (valid for ten minutes).
  const command = transaction(writes, randomUUID());
  return {
    send: () => dynamodb.send(command),
    refusal: (error) => refusalOfAll(error, writes, writing.pk, read),
  };
}

/** The item that the request is about: what became of it is judged before all that is written beside it. */
const MAIN = 'main';

/** A failed condition of a single write. */
const refusalOfOne = (error: unknown): Committed | undefined =>
  error instanceof ConditionalCheckFailedException
    ? { done: false, standing: standing(error.Item) }
    : undefined;

/**
 * Failed conditions of a transaction. Where the main item's own is not among those told, or comes without the item, it is
 * read: a twin that has landed shows there first, as a receipt, whatever else stood in the way.
 */
async function refusalOfAll(
  error: unknown,
  writes: readonly LabelledWrite[],
  pk: string,
  { stored }: Item,
): Promise<Committed | 'again' | undefined> {
  const failed = failedConditions(error, writes);
  if (!(error instanceof TransactionCanceledException) || failed === undefined) return undefined;
  const told = failed.get(MAIN);
  if (told !== undefined) return { done: false, standing: standing(told) };
  const now = await loadItem(pk);
  const isAsRead = now?.stored.version === stored.version && now.stored.commit === stored.commit;
  const [taken] = failed.keys();
  if (!isAsRead || taken === undefined || failed.has(MAIN)) return { done: false, standing: now };
  // What holds the main item, so that it was not judged, may be a twin of which the other writes show first.
  return passed(error, writes, MAIN) ? { done: false, taken } : 'again';
}

const standing = (attributes: Parameters<typeof readItem>[0] | undefined) =>
  attributes && readItem(attributes);
