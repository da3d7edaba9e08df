import {
  DynamoDBClient,
  DynamoDBServiceException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { Problem } from '../../core/problems/problem.ts';
import { clientSettings } from './client-settings.ts';
import { traced } from './trace.ts';

/** One client per execution environment. */
export const dynamodb = traced(new DynamoDBClient(clientSettings), 'DynamoDB');

/** Another transaction holds the item: as an error, or as the reason of a cancellation. */
const CONTENTION = ['TransactionConflictException', 'TransactionConflict', 'TransactionInProgressException'];

/** There was too much to do: as an error, or as the reason of a cancellation. */
const THROTTLES = [
  'ProvisionedThroughputExceededException',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
  'ThrottlingException',
  'ThrottlingError',
];

/** Every reason that an error gives: its own name, or those of a cancelled transaction's items. */
function reasons(error: Error): readonly string[] {
  if (!(error instanceof TransactionCanceledException)) return [error.name];
  return (error.CancellationReasons ?? []).flatMap(({ Code }) =>
    Code === undefined || Code === 'None' ? [] : [Code],
  );
}

const only = (error: unknown, codes: readonly string[]): boolean =>
  error instanceof Error &&
  reasons(error).length > 0 &&
  reasons(error).every((reason) => codes.includes(reason));

/** Whether nothing but another transaction stood in the way; the SDK does not retry that by itself. */
export const isContention = (error: unknown): boolean => only(error, CONTENTION);

/** Whether a reason of a cancellation, or none that is told, goes away by itself. */
export const isPassing = (reason: string | undefined): boolean =>
  reason === undefined || [...CONTENTION, ...THROTTLES].includes(reason);

/** How DynamoDB says that an item would have more than 400 KB: as an error, or as the reason of a cancellation. */
const TOO_LARGE = /^Item size (?:to update )?has exceeded/;

/** Whether an item was refused for its size alone: it has taken in what clients sent, and no repetition makes it smaller. */
export function isTooLarge(error: unknown): boolean {
  if (!(error instanceof TransactionCanceledException))
    return error instanceof Error && error.name === 'ValidationException' && TOO_LARGE.test(error.message);
  return (error.CancellationReasons ?? []).some(
    ({ Code, Message = '' }) => Code === 'ValidationError' && TOO_LARGE.test(Message),
  );
}

/**
 * What a failed call means to the client. Load, contention, faults of the service and lost connections pass: the same
 * request under the same key is safe to retry. Whatever else it is, the fault is ours and stays the cause of an
 * internal error.
 */
export function storageProblem(error: unknown): Problem {
  if (isTooLarge(error))
    return new Problem('request-too-large', {
      detail: 'the resource would hold more than the 400 KB that one can; send less, or begin another',
      cause: error,
    });
  const fromSdk = error instanceof Error && '$metadata' in error;
  // A cancellation that gives no reason has written nothing all the same.
  const isUnexplained = error instanceof TransactionCanceledException && reasons(error).length === 0;
  const passes = isUnexplained || only(error, [...CONTENTION, ...THROTTLES]);
  const refused = error instanceof DynamoDBServiceException && error.$fault === 'client' && !passes;
  return fromSdk && !refused ? new Problem('temporarily-unavailable', { cause: error }) : Problem.from(error);
}

/**
 * What was sent, with its failure told as what that means to the client.
 * @throws Problem
 */
export const answered = <T>(sent: Promise<T>): Promise<T> =>
  sent.catch((error: unknown) => {
    throw storageProblem(error);
  });
