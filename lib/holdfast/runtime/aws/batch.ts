import type {
  DynamoDBBatchResponse,
  DynamoDBStreamEvent,
  SQSBatchResponse,
  SQSEvent,
  StreamRecord,
} from 'aws-lambda';
import { errorOf, logger } from './log.ts';

/**
 * Hands over the messages of a queue, one after another. One that fails stays in its queue, and comes again; the others are
 * done.
 * @param handle takes the message's JSON
 * @param logged what to say in the log of a message that fails, besides its id. @default nothing: it may hold a task's token
 */
export async function eachMessage<T>(
  event: SQSEvent,
  handle: (message: T) => Promise<void>,
  logged: (body: string) => object = () => ({}),
): Promise<SQSBatchResponse> {
  const batchItemFailures = [];
  for (const { messageId, body } of event.Records) {
    try {
      await handle(JSON.parse(body));
    } catch (error) {
      logger.error('failed', { messageId, ...logged(body), error: errorOf(error) });
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

/** Hands over the changes of a stream in their order: one that fails comes again, with all that come after it. */
export async function eachChange(
  event: DynamoDBStreamEvent,
  handle: (change: StreamRecord) => Promise<void>,
): Promise<DynamoDBBatchResponse> {
  for (const { dynamodb: change = {} } of event.Records) {
    try {
      await handle(change);
    } catch (error) {
      const { SequenceNumber: sequenceNumber } = change;
      logger.error('failed', { sequenceNumber, error: errorOf(error) });
      return { batchItemFailures: [{ itemIdentifier: sequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}
