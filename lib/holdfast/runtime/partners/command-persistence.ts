import { randomUUID } from 'node:crypto';
import {
  IdempotencyItemAlreadyExistsError,
  IdempotencyItemNotFoundError,
  IdempotencyRecordStatus,
} from '@aws-lambda-powertools/idempotency';
import { BasePersistenceLayer, IdempotencyRecord } from '@aws-lambda-powertools/idempotency/persistence';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { commandKey } from '../../core/store/keys.ts';
import { type Attributes, write } from '../aws/attributes.ts';
import { dynamodb } from '../aws/dynamodb.ts';
import { environment } from '../aws/environment.ts';

const TableName = environment('IDEMPOTENCY_TABLE');

/**
 * Powertools' records of commands, in its table and its form, with the fence that its own layer lacks: a record is
 * completed or deleted by the delivery that made it, and by no other, so that one whose time was up when another took
 * over can neither end nor free what is not its own any more. Made anew for each delivery.
 */
export class CommandPersistence extends BasePersistenceLayer {
  readonly #owner = randomUUID();

  /** The key is one of ours, and begins as the function's role has it. */
  protected override getHashedIdempotencyKey(key: unknown): string {
    return commandKey(String(key));
  }

  protected override async _getRecord(id: string): Promise<IdempotencyRecord> {
    const { Item } = await dynamodb.send(
      new GetItemCommand({ TableName, Key: write({ id }), ConsistentRead: true }),
    );
    if (Item === undefined) throw new IdempotencyItemNotFoundError();
    return recordOf(Item);
  }

  protected override async _putRecord(record: IdempotencyRecord): Promise<void> {
    const now = Date.now();
    const free = 'attribute_not_exists(id)';
    const expired = 'expiration < :now';
    const abandoned = '#status = :inProgress AND in_progress_expiration < :nowMs';
    try {
      await dynamodb.send(
        new PutItemCommand({
          TableName,
          Item: write({
            id: record.idempotencyKey,
            owner: this.#owner,
            status: record.getStatus(),
            expiration: record.expiryTimestamp,
            // Powertools sets none where no time is left: a record without one would block until it expires.
            in_progress_expiration: record.inProgressExpiryTimestamp ?? now,
          }),
          ConditionExpression: `${free} OR ${expired} OR (${abandoned})`,
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: write({
            ':now': now / 1000,
            ':nowMs': now,
            ':inProgress': IdempotencyRecordStatus.INPROGRESS,
          }),
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      throw new IdempotencyItemAlreadyExistsError('the command is known', error.Item && recordOf(error.Item));
    }
  }

  /** @throws ConditionalCheckFailedException for a record that another delivery has taken over */
  protected override async _updateRecord(record: IdempotencyRecord): Promise<void> {
    await dynamodb.send(
      new UpdateItemCommand({
        TableName,
        Key: write({ id: record.idempotencyKey }),
        UpdateExpression: 'SET #status = :status, expiration = :expiration, #data = :data',
        ConditionExpression: '#owner = :owner',
        ExpressionAttributeNames: { '#owner': 'owner', '#status': 'status', '#data': 'data' },
        ExpressionAttributeValues: write({
          ':status': record.getStatus(),
          ':expiration': record.expiryTimestamp,
          ':data': record.responseData ?? null,
          ':owner': this.#owner,
        }),
      }),
    );
  }

  /** What is another's stays; there is nothing of ours left to delete then. */
  protected override async _deleteRecord({ idempotencyKey }: IdempotencyRecord): Promise<void> {
    try {
      await dynamodb.send(
        new DeleteItemCommand({
          TableName,
          Key: write({ id: idempotencyKey }),
          ConditionExpression: '#owner = :owner',
          ExpressionAttributeNames: { '#owner': 'owner' },
          ExpressionAttributeValues: write({ ':owner': this.#owner }),
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }
}

function recordOf(item: Attributes): IdempotencyRecord {
  const { id, status, expiration, in_progress_expiration, data } = unmarshall(item);
  return new IdempotencyRecord({
    idempotencyKey: id,
    status,
    expiryTimestamp: expiration,
    inProgressExpiryTimestamp: in_progress_expiration,
    responseData: data,
  });
}
