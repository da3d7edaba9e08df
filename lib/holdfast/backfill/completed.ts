import { GetItemCommand, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { Resource } from '../core/definitions/define-resource.ts';
import { rulesOf } from '../core/definitions/resource-extension.ts';
import { backfillKey } from '../core/store/keys.ts';
import { read, write } from '../runtime/aws/attributes.ts';
import { forgetProgress } from './progress.ts';
import type { Table } from './table.ts';

/** Rules that every item of a resource is kept by, in words, by their names. */
export type Completed = Readonly<Record<string, string>>;

/** What a clean run has recorded of a resource. */
export async function completedRules(
  { client, TableName }: Table,
  resource: { readonly name: string },
): Promise<Completed> {
  const Key = write({ pk: backfillKey(resource) });
  const { Item = {} } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  return read<{ readonly rules?: Completed }>(Item).rules ?? {};
}

/**
 * Rules that hold for what is written, and not yet for all that was there before.
 * @returns `unique.sku of products`
 */
export async function notYetEnforced(
  table: Table,
  resources: readonly Resource[],
): Promise<readonly string[]> {
  const rules = await Promise.all(
    resources.map(async (resource) => {
      const own = Object.entries(rulesOf(resource));
      const completed = own.length === 0 ? {} : await completedRules(table, resource);
      return own
        .filter(([rule, words]) => completed[rule] !== words)
        .map(([rule]) => `${rule} of ${resource.name}`);
    }),
  );
  return rules.flat();
}

/** Records that all items of a resource are kept by these rules, and by no other: who serves a list by one of them goes by it. */
export async function recordCompleted(
  { client, TableName }: Table,
  resource: { readonly name: string },
  rules: Completed,
): Promise<void> {
  const TransactItems = [completion(TableName, resource, rules)];
  await client.send(new TransactWriteItemsCommand({ TransactItems }));
}

/** The record of that, as part of a transaction. */
export function completion(
  TableName: string,
  resource: { readonly name: string },
  rules: Completed,
): TransactWriteItem {
  const pk = backfillKey(resource);
  if (Object.keys(rules).length === 0) return { Delete: { TableName, Key: write({ pk }) } };
  return { Put: { TableName, Item: write({ pk, rules, complete: new Date().toISOString() }) } };
}

/**
 * Forgets the rules that a release lacks, before it comes: what it writes is not kept by them, so that their lists are refused until a backfill has gone
 * through the table again.
 * @param before resources with rules of the release that runs
 * @param after what the release keeps, by resource
 * @returns what was forgotten: `lists.byCustomer of orders`
 */
export async function forgetGone(
  table: Table,
  before: readonly string[],
  after: Readonly<Record<string, Completed>>,
): Promise<readonly string[]> {
  // First: a run that ends from now on completes nothing.
  await forgetProgress(table, after);
  const forgotten = await Promise.all(
    before.map(async (name) => {
      const completed = await completedRules(table, { name });
      const stay = Object.entries(completed).filter(([rule, words]) => after[name]?.[rule] === words);
      const gone = Object.keys(completed).filter((rule) => !stay.some(([each]) => each === rule));
      if (gone.length > 0) await recordCompleted(table, { name }, Object.fromEntries(stay));
      return gone.map((rule) => `${rule} of ${name}`);
    }),
  );
  return forgotten.flat();
}
