import {
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Attributes } from '../aws/attributes.ts';

/** A write of a transaction, by the name that its refusal is known by: reasons of a cancellation have places alone. */
export interface LabelledWrite {
  readonly label: string;
  readonly write: TransactWriteItem;
}

/** All of the writes, or none. */
export const transaction = (writes: readonly LabelledWrite[], ClientRequestToken?: string) =>
  new TransactWriteItemsCommand({
    TransactItems: writes.map(({ write }) => write),
    ...(ClientRequestToken !== undefined && { ClientRequestToken }),
  });

/** Why a write, by its label, stood in the way of its transaction that was cancelled; `None` where it did not. */
export const reasonOf = (
  error: TransactionCanceledException,
  writes: readonly LabelledWrite[],
  label: string,
): string | undefined => error.CancellationReasons?.[writes.findIndex((each) => each.label === label)]?.Code;

/**
 * The writes whose conditions failed, by label, each with the item that stands there, where that was asked for and told. It
 * is not promised that every one is among them: a condition of a write that is not named may have failed as well.
 * @returns undefined for an error that is no cancellation, or of other causes
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CancellationReason.html
 */
export function failedConditions(
  error: unknown,
  writes: readonly LabelledWrite[],
): ReadonlyMap<string, Attributes | undefined> | undefined {
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const reasons = error.CancellationReasons ?? [];
  const failed = writes.flatMap(({ label }, i) => {
    const { Code, Item } = reasons[i] ?? {};
    return Code === 'ConditionalCheckFailed' ? [[label, Item] as const] : [];
  });
  return failed.length === 0 ? undefined : new Map(failed);
}
