import {
  type CancellationReason,
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

const PASSING = [...CONTENTION, ...THROTTLES];

/** Why an error came about: it says so itself, or for each item of a cancelled transaction that was refused. */
function reasons(error: Error): readonly CancellationReason[] {
  if (!(error instanceof TransactionCanceledException)) return [{ Code: error.name, Message: error.message }];
  return (error.CancellationReasons ?? []).filter(({ Code = 'None' }) => Code !== 'None');
}

/** Whether there are reasons, and all of them are of these. */
const only = (error: unknown, codes: readonly string[]): boolean =>
  error instanceof Error &&
  reasons(error).length > 0 &&
  reasons(error).every(({ Code = '' }) => codes.includes(Code));

/** Whether nothing but another transaction stood in the way; the SDK does not retry that by itself. */
export const isContention = (error: unknown): boolean => only(error, CONTENTION);

/** Whether a reason of a cancellation, or none that is told, goes away by itself. */
export const isPassing = (reason: string | undefined): boolean =>
  reason === undefined || PASSING.includes(reason);

/** Whether an item was refused for its size alone: it has taken in what clients sent, and no repetition makes it smaller. */
export const isTooLarge = (error: unknown): boolean =>
  error instanceof Error &&
  reasons(error).some(
    ({ Code = '', Message = '' }) =>
      ['ValidationException', 'ValidationError'].includes(Code) &&
      /^Item size (?:to update )?has exceeded/.test(Message),
  );

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
  const passes = isUnexplained || only(error, PASSING);
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
