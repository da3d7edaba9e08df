import type { ITable, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { FilterCriteria, type IFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

/** A record that fails so often is set aside, so that those behind it need not wait for it for a day. */
const RETRIES = 10;

/**
 * Hands a function every change of the items of these resource types, in order. Where those are that it could not handle
 * is told to a queue.
 */
export function followStream(
  table: TableV2,
  handler: IFunction,
  failures: IQueue,
  resourceTypes: readonly string[],
): void {
  const prefixes = resourceTypes.map((name) => ({ prefix: `${name}#` }));
  handler.addEventSource(
    new DynamoEventSource(table as ITable, {
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      bisectBatchOnError: true,
      retryAttempts: RETRIES,
      reportBatchItemFailures: true,
      onFailure: new SqsDlq(failures),
      filters: [FilterCriteria.filter({ dynamodb: { Keys: { pk: { S: prefixes } } } })],
    }),
  );
}
