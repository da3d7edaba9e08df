import { Logger } from '@aws-lambda-powertools/logger';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { isFinal, type Progress } from '../../../core/operations/operation-progress.ts';
import type { OperationSubject } from '../../../core/operations/operations.ts';
import type { Attributes } from '../../aws/attributes.ts';
import { resume, startExecution, UnknownOperation } from '../../operations/step-functions.ts';

const logger = new Logger();

interface Image {
  readonly pk: string;
  readonly state: string;
  readonly hidden: { readonly subject: OperationSubject; readonly machine: Progress; readonly wake?: string };
}

/**
 * Follows the table's stream: starts the execution of each new operation and of each new epoch, and wakes the wait of
 * one that is being cancelled. Whatever it does is safe to do again, so that a repeated event harms nothing.
 */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  for (const record of event.Records) {
    try {
      await dispatch(record);
    } catch (error) {
      // Nothing that is handed to it again makes the definition come back; the sweep tells of the operation.
      if (error instanceof UnknownOperation) {
        logger.error('not started', { operation: record.dynamodb?.NewImage?.pk?.S, error });
        continue;
      }
      logger.error('failed', { sequenceNumber: record.dynamodb?.SequenceNumber, error: error as Error });
      // Records of a shard are in order: this one and all after it come again.
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}

async function dispatch({ dynamodb }: DynamoDBRecord): Promise<void> {
  if (!dynamodb?.NewImage?.pk?.S?.startsWith('operations#')) return;
  const image = unmarshall(dynamodb.NewImage as Attributes) as unknown as Image;
  const before = dynamodb.OldImage && (unmarshall(dynamodb.OldImage as Attributes) as unknown as Image);
  const { subject, machine, wake } = image.hidden;
  const started = before !== undefined && before.hidden.machine.epoch === machine.epoch;
  if (!started && !isFinal(image.state)) await startExecution(subject.definition, image.pk, machine.epoch);
  if (image.state === 'cancelling' && wake !== undefined) await resume(wake, { type: 'none' });
}
