import type { CommandRef } from '../../core/operations/operation-progress.ts';
import { isFinalOutcome, type Outcome } from '../../core/partners/outcome.ts';
import { referenceKey } from '../../core/store/keys.ts';
import { read, write } from '../aws/attributes.ts';
import { changeItem, getItem } from '../records/records-table.ts';

/** A reference is kept so long: as long as the longest operation, and 30 days. */
const KEPT_SECONDS = 400 * 86_400;

/** Where a command and its callback meet: written before the partner is called, so that no callback comes too early. */
export interface Meeting {
  /** Partition key of the operation. */
  readonly operation: string;
  readonly command: CommandRef;
  /** The first final outcome that a callback told: it stands. */
  readonly outcome?: Outcome;
  /** What the last callback told that was not final; for people, and never believed instead of asking. */
  readonly progress?: Outcome;
}

/** Releases before this one kept whatever came first, final or not: what is not final gives way. */
const meetingOf = (attributes: object): Meeting => {
  const { outcome, ...meeting } = read<Meeting>(attributes);
  return outcome !== undefined && isFinalOutcome(outcome) ? { ...meeting, outcome } : meeting;
};

/**
 * Says which command a reference is of; what was told of an earlier attempt, and was not final, is of no use any more.
 * @returns the final outcome that a callback has told already of an earlier attempt
 */
export async function expectCallback(
  partner: string,
  reference: string,
  { operation, command }: Meeting,
): Promise<Outcome | undefined> {
  const { item } = await changeItem(referenceKey(partner, reference), {
    UpdateExpression: 'SET operation = :operation, command = :command, expiration = :until REMOVE #progress',
    ExpressionAttributeNames: { '#progress': 'progress' },
    ExpressionAttributeValues: write({
      ':operation': operation,
      ':command': command,
      ':until': Math.ceil(Date.now() / 1000) + KEPT_SECONDS,
    }),
    ReturnValues: 'ALL_NEW',
  });
  return item && meetingOf(item).outcome;
}

const expected = 'attribute_exists(pk)';

/** No final outcome has been told yet. */
const open = '(attribute_not_exists(#outcome) OR NOT #outcome.#kind IN (:succeeded, :rejected))';

/**
 * Keeps what a callback tells: of final outcomes the first one, which stands, and of others the last one.
 * @returns the command and what is kept of it; undefined for a reference that no command has
 */
export async function storeCallback(
  partner: string,
  reference: string,
  outcome: Outcome,
): Promise<Meeting | undefined> {
  const update = isFinalOutcome(outcome)
    ? {
        UpdateExpression: 'SET #outcome = :outcome',
        ConditionExpression: `${expected} AND ${open}`,
        ExpressionAttributeNames: { '#outcome': 'outcome', '#kind': 'kind' },
        ExpressionAttributeValues: write({
          ':outcome': outcome,
          ':succeeded': 'succeeded',
          ':rejected': 'rejected',
        }),
      }
    : {
        UpdateExpression: 'SET #progress = :outcome',
        ConditionExpression: expected,
        ExpressionAttributeNames: { '#progress': 'progress' },
        ExpressionAttributeValues: write({ ':outcome': outcome }),
      };
  const { item } = await changeItem(referenceKey(partner, reference), {
    ...update,
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  return item && meetingOf(item);
}

/** What became of a reference for good, if a callback has told it. */
export async function storedOutcome(partner: string, reference: string): Promise<Outcome | undefined> {
  const item = await getItem(referenceKey(partner, reference));
  return item && meetingOf(item).outcome;
}
