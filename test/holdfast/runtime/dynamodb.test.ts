import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  InternalServerError,
  ProvisionedThroughputExceededException,
  ResourceNotFoundException,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { Problem } from '../../../lib/holdfast/core/problems/problem.ts';
import { isContention, storageProblem } from '../../../lib/holdfast/runtime/aws/dynamodb.ts';

const metadata = { $metadata: {}, message: 'Table: arn:aws:dynamodb:eu-central-1:1:table/secret' };

const cancelled = (...codes: readonly (string | undefined)[]) =>
  new TransactionCanceledException({
    ...metadata,
    CancellationReasons: codes.map((Code) => (Code === undefined ? {} : { Code })),
  });

const named = (name: string, $fault: 'client' | 'server' = 'client') =>
  new DynamoDBServiceException({ ...metadata, name, $fault });

describe('contention', () => {
  // scalardb#407, xoto3#13: an update met another transaction, and was answered with 500.
  // aws-sdk-java-v2#2518: the same transaction, sent again by the SDK while the first was still on its way.
  test.each([
    ['a conflict with a transaction', new TransactionConflictException(metadata)],
    ['the same transaction on its way', new TransactionInProgressException(metadata)],
    ['a transaction cancelled by a conflict', cancelled('TransactionConflict', 'None')],
    ['a transaction cancelled by conflicts', cancelled('None', 'TransactionConflict', 'TransactionConflict')],
  ])('is %s', (_, error) => {
    expect(isContention(error)).toBe(true);
  });

  // gumroad#7454: a cancellation with one conflict among its reasons was retried in place, whatever the others were.
  test.each([
    ['a conflict and a throttle', cancelled('TransactionConflict', 'ThrottlingError')],
    ['a conflict and a fault of the request', cancelled('TransactionConflict', 'ValidationError')],
    ['a conflict and a failed condition', cancelled('ConditionalCheckFailed', 'TransactionConflict')],
    ['a cancellation without reasons', new TransactionCanceledException(metadata)],
    ['a cancellation that gives none of them', cancelled('None', undefined)],
    ['a failed condition', new ConditionalCheckFailedException(metadata)],
    ['a throttle', new ProvisionedThroughputExceededException(metadata)],
    ['a lost connection', Object.assign(new Error('ECONNRESET'), { $metadata: {} })],
    ['no error', 'TransactionConflict'],
    ['nothing', undefined],
  ])('is not %s', (_, error) => {
    expect(isContention(error)).toBe(false);
  });
});

describe('a failed call', () => {
  test.each([
    ['a throttle', new ProvisionedThroughputExceededException(metadata)],
    ['a throttle by another name', named('ThrottlingException')],
    ['a limit of the account', named('RequestLimitExceeded')],
    ['contention', new TransactionConflictException(metadata)],
    ['a cancellation by load alone', cancelled('ThrottlingError', 'TransactionConflict', 'None')],
    ['a fault of the service', new InternalServerError(metadata)],
    ['a service that is not there', named('ServiceUnavailable', 'server')],
    ['a lost connection', Object.assign(new Error('ECONNRESET'), { $metadata: { attempts: 3 } })],
    ['a timeout', Object.assign(new Error('timed out'), { name: 'TimeoutError', $metadata: {} })],
  ])('by %s passes: 503, and safe to retry', (_, error) => {
    const problem = storageProblem(error);

    expect(problem).toMatchObject({
      code: 'temporarily-unavailable',
      row: { status: 503, recovery: 'retry' },
    });
    expect(problem.cause).toBe(error);
  });

  test.each([
    ['a table that is not there', new ResourceNotFoundException(metadata)],
    ['a request that is not valid', named('ValidationException')],
    ['a right that is missing', named('AccessDeniedException')],
    ['a cancellation by our own fault', cancelled('ValidationError', 'None')],
    ['a cancellation by load and our own fault', cancelled('ThrottlingError', 'ValidationError')],
    ['a bug of ours', new TypeError('x is undefined')],
  ])('by %s is our fault, and stays the cause of an internal error', (_, error) => {
    const problem = storageProblem(error);

    expect(problem).toMatchObject({ code: 'internal-error', row: { status: 500 } });
    expect(problem.cause).toBe(error);
  });

  test('tells the client nothing of what DynamoDB said', () => {
    const told = [new ResourceNotFoundException(metadata), new InternalServerError(metadata)].map(
      (error) => storageProblem(error).message,
    );

    expect(told.join()).not.toMatch(/arn:|secret/);
  });

  test('by a problem of ours stays that problem', () => {
    const problem = new Problem('not-found');

    expect(storageProblem(problem)).toBe(problem);
  });
});

const validation = (message: string) =>
  new DynamoDBServiceException({ $metadata: {}, $fault: 'client', name: 'ValidationException', message });

const reasoned = (Code: string, Message: string) =>
  new TransactionCanceledException({
    $metadata: {},
    message: 'cancelled',
    CancellationReasons: [{ Code: 'None' }, { Code, Message }],
  });

describe('an item of more than 400 KB', () => {
  test.each([
    validation('Item size has exceeded the maximum allowed size'),
    validation('Item size to update has exceeded the maximum allowed size'),
    reasoned('ValidationError', 'Item size to update has exceeded the maximum allowed size'),
  ])('is too much that was sent, and not to be sent again: %#', (error) => {
    expect(storageProblem(error)).toMatchObject({
      code: 'request-too-large',
      row: { recovery: 'fix-request' },
      occurrence: { cause: error },
    });
  });

  test.each([
    validation('Invalid UpdateExpression: Item size has exceeded'),
    reasoned('ValidationError', 'The provided key element does not match the schema'),
  ])('is told from other faults, which are ours: %#', (error) => {
    expect(storageProblem(error).code).toBe('internal-error');
  });
});
