import { ConditionalCheckFailedException, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { CommandRef } from '../core/operation-progress.ts';
import type { Outcome } from '../core/outcome.ts';
import { dynamodb } from './dynamodb.ts';
import { environment } from './environment.ts';
import { referenceKey, write } from './item.ts';

const TableName = environment('RECORDS_TABLE');

/** A reference is kept so long: as long as the longest operation, and 30 days. */
const KEPT_SECONDS = 400 * 86_400;

/** Where a command and its callback meet: written before the partner is called, so that no callback comes too early. */
export interface Meeting {
  /** Partition key of the operation. */
  readonly operation: string;
  readonly command: CommandRef;
  /** What the callback told: the first one stands. */
  readonly outcome?: Outcome;
}

const keyOf = (partner: string, reference: string) => write({ pk: referenceKey(partner, reference) });

/** Says which command a reference is of. */
export async function expectCallback(
  partner: string,
  reference: string,
  { operation, command }: Meeting,
): Promise<void> {
  await dynamodb.send(
    new UpdateItemCommand({
      TableName,
      Key: keyOf(partner, reference),
      UpdateExpression: 'SET operation = :operation, command = :command, expiration = :until',
      ExpressionAttributeValues: write({
        ':operation': operation,
        ':command': command,
        ':until': Math.ceil(Date.now() / 1000) + KEPT_SECONDS,
      }),
    }),
  );
}

/**
 * Keeps what a callback tells; the first one stands.
 * @returns the command and its outcome; undefined for a reference that no command has
 */
export async function storeCallback(
  partner: string,
  reference: string,
  outcome: Outcome,
): Promise<Meeting | undefined> {
  try {
    const { Attributes = {} } = await dynamodb.send(
      new UpdateItemCommand({
        TableName,
        Key: keyOf(partner, reference),
        UpdateExpression: 'SET outcome = if_not_exists(outcome, :outcome)',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: write({ ':outcome': outcome }),
        ReturnValues: 'ALL_NEW',
      }),
    );
    return unmarshall(Attributes) as Meeting;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

/** What a callback has told of a reference, if one has come. */
export async function storedOutcome(partner: string, reference: string): Promise<Outcome | undefined> {
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName, Key: keyOf(partner, reference), ConsistentRead: true }),
  );
  return Item && (unmarshall(Item) as Meeting).outcome;
}
