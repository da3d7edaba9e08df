import {
  ConditionalCheckFailedException,
  GetItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { type Attributes, write } from '../aws/attributes.ts';
import { dynamodb } from '../aws/dynamodb.ts';
import { environment } from '../aws/environment.ts';

/** The table of resources and of the kit's own items, under the name that commands know it by. */
export const TableName = environment('RECORDS_TABLE');

/** An item, as its last write left it. @param ConsistentRead false for half the price, where the last second may be missing */
export async function getItem(pk: string, { ConsistentRead = true } = {}): Promise<Attributes | undefined> {
  return (await dynamodb.send(new GetItemCommand({ TableName, Key: write({ pk }), ConsistentRead }))).Item;
}

/** What became of a change that may have a condition. */
interface Changed {
  /** Whether its condition held. */
  readonly done: boolean;
  /** The item after the change, or the one that refused it; undefined where that was not asked for. */
  readonly item: Attributes | undefined;
}

/** Changes an item by itself, without making a version of it, on a condition where the change has one. */
export async function changeItem(
  pk: string,
  change: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>,
): Promise<Changed> {
  try {
    const command = new UpdateItemCommand({ TableName, Key: write({ pk }), ...change });
    return { done: true, item: (await dynamodb.send(command)).Attributes };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return { done: false, item: error.Item };
    throw error;
  }
}
