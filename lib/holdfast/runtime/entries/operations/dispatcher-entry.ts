import type { DynamoDBBatchResponse, DynamoDBStreamEvent, StreamRecord } from 'aws-lambda';
import { isFinal, type Progress } from '../../../core/operations/operation-progress.ts';
import type { OperationSubject } from '../../../core/operations/operations.ts';
import { read } from '../../aws/attributes.ts';
import { eachChange } from '../../aws/batch.ts';
import { logger } from '../../aws/log.ts';
import { resume, startExecution, UnknownOperation } from '../../operations/step-functions.ts';

interface Image {
  readonly pk: string;
  readonly state: string;
  readonly hidden: { readonly subject: OperationSubject; readonly machine: Progress; readonly wake?: string };
}

/**
 * Follows the table's stream: starts the execution of each new operation and of each new epoch, and wakes the wait of
 * one that is being cancelled. Whatever it does is safe to do again, so that a repeated event harms nothing.
 */
export const handler = (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> =>
  eachChange(event, async (change) => {
    try {
      await dispatch(change);
    } catch (error) {
      // Nothing that is handed to it again makes the definition come back; the sweep tells of the operation.
      if (!(error instanceof UnknownOperation)) throw error;
      logger.error('not started', { operation: change.NewImage?.pk?.S, error });
    }
  });

async function dispatch({ NewImage, OldImage }: StreamRecord): Promise<void> {
  if (!NewImage?.pk?.S?.startsWith('operations#')) return;
  const image = read<Image>(NewImage);
  const before = OldImage && read<Image>(OldImage);
  const { subject, machine, wake } = image.hidden;
  const started = before !== undefined && before.hidden.machine.epoch === machine.epoch;
  if (!started && !isFinal(image.state)) await startExecution(subject.definition, image.pk, machine.epoch);
  if (image.state === 'cancelling' && wake !== undefined) await resume(wake);
}
