import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The table of a stage that holds its resources. */
export interface Table {
  readonly client: DynamoDBClient;
  readonly TableName: string;
}
