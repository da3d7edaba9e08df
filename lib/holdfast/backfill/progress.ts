import { randomUUID } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { backfillKey } from '../core/store/keys.ts';
import { read, write } from '../runtime/aws/attributes.ts';
import type { Table } from './table.ts';

/** How far each segment of a table has been gone through, which a run that was interrupted leaves in the table. */
export interface Progress {
  readonly segments: readonly number[];
  /** Where a segment is gone on with; undefined at its beginning, and `end` when it is done. */
  after(segment: number): string | undefined;
  /** @throws Error where it is not there any more: who forgot it writes, or has written, by other rules */
  keep(segment: number, after: string): Promise<void>;
  /**
   * Forgets it, and records what is complete in the same write: the next run begins anew, and a release that comes finds the one or the other.
   * @param completions what is recorded
   * @returns whether it was there still; where it was not, what has been gone through is not complete, and nothing is recorded
   */
  end(completions: readonly TransactWriteItem[]): Promise<boolean>;
}

/** No resource has a name like this. */
const Key = write({ pk: backfillKey({ name: '#progress' }) });

/** Rules by their names, by resource. */
type RulesOfAll = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Rules of all resources in words, which tell whether a run may be gone on with. */
export const wordsOf = (rules: RulesOfAll): string =>
  JSON.stringify(Object.entries(rules).sort(([one], [other]) => (one < other ? -1 : 1)));

/** What stands in the table of it. */
interface Kept {
  /** Runs that go on with it have it in common. */
  readonly run?: string;
  readonly words?: string;
  readonly at?: Readonly<Record<string, string>>;
}

/**
 * The progress of the run before, where that was for the same rules.
 * @param words all rules
 * @param count parts that are gone through side by side
 */
export async function progressOf(
  { client, TableName }: Table,
  words: string,
  count: number,
): Promise<Progress> {
  const { Item = {} } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  const found = read<Kept>(Item);
  const isSame = found.words === words && Object.keys(found.at ?? {}).length === count;
  const segments = Array.from({ length: count }, (_, segment) => segment);
  const begin = Object.fromEntries(segments.map((segment) => [segment, BEGIN]));
  const { run = randomUUID(), at = begin } = isSame ? found : {};
  if (!isSame || found.run === undefined)
    await client.send(new PutItemCommand({ TableName, Item: { ...Key, ...write({ run, words, at }) } }));
  const ours = {
    ConditionExpression: '#run = :run',
    ExpressionAttributeNames: { '#run': 'run' },
    ExpressionAttributeValues: write({ ':run': run }),
  };
  return {
    segments,
    after: (segment) => (at[segment] === BEGIN ? undefined : at[segment]),
    async keep(segment, after) {
      const UpdateExpression = 'SET #at.#segment = :after';
      const isThere = await wasThere(
        client.send(
          new UpdateItemCommand({
            TableName,
            Key,
            UpdateExpression,
            ...ours,
            ExpressionAttributeNames: {
              ...ours.ExpressionAttributeNames,
              '#at': 'at',
              '#segment': String(segment),
            },
            ExpressionAttributeValues: { ...ours.ExpressionAttributeValues, ...write({ ':after': after }) },
          }),
        ),
      );
      if (!isThere)
        throw new Error(
          'a release came meanwhile, or another run has ended, so this run does not count; run npm run backfill again',
        );
    },
    end: (completions) =>
      wasThere(
        client.send(
          new TransactWriteItemsCommand({
            TransactItems: [{ Delete: { TableName, Key, ...ours } }, ...completions],
          }),
        ),
      ),
  };
}

/** Another run ends, or a release comes: whoever is the second does not count. */
const MEANWHILE = ['ConditionalCheckFailed', 'TransactionConflict'];

async function wasThere(sent: Promise<unknown>): Promise<boolean> {
  try {
    await sent;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
    if (reasons.some(({ Code = '' }) => MEANWHILE.includes(Code))) return false;
    throw error;
  }
}

/**
 * How far a run for other rules has come is worth nothing: a release that comes writes by its own, in what was gone through as well.
 * @param rules of the release that comes
 */
export async function forgetProgress({ client, TableName }: Table, rules: RulesOfAll): Promise<void> {
  const other = {
    ConditionExpression: 'attribute_exists(pk) AND #words <> :words',
    ExpressionAttributeNames: { '#words': 'words' },
    ExpressionAttributeValues: write({ ':words': wordsOf(rules) }),
  };
  await wasThere(client.send(new DeleteItemCommand({ TableName, Key, ...other })));
}

/** Where nothing has been gone through yet. */
const BEGIN = '';
