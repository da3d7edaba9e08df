import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { ResolvedResource } from '../../template/template.ts';

/** Resource types that are tables: what TableV2 and Table render. */
export const TABLE_TYPES = ['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'];

/** Makes the tables of the template that are not there yet; those that are keep their data, and get the indexes that they lack. */
export async function createTables(
  client: DynamoDBClient,
  tables: readonly ResolvedResource[],
): Promise<void> {
  await Promise.all(tables.map((table) => createTable(client, table)));
}

async function createTable(
  client: DynamoDBClient,
  { logicalId, properties }: ResolvedResource,
): Promise<void> {
  const {
    TableName = logicalId,
    AttributeDefinitions,
    KeySchema,
    GlobalSecondaryIndexes = [],
    TimeToLiveSpecification,
    StreamSpecification,
  } = properties;
  const indexes = GlobalSecondaryIndexes.map(({ IndexName, KeySchema: keys, Projection }) => ({
    IndexName,
    KeySchema: keys,
    Projection,
  }));
  const existing = await describe(client, TableName);
  if (existing !== undefined) {
    for (const Create of indexes.filter(({ IndexName }) => !existing.includes(IndexName))) {
      const change = { TableName, AttributeDefinitions, GlobalSecondaryIndexUpdates: [{ Create }] };
      await client.send(new UpdateTableCommand(change));
    }
    return;
  }
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions,
      KeySchema,
      ...(StreamSpecification && { StreamSpecification: { ...StreamSpecification, StreamEnabled: true } }),
      ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
    }),
  );
  if (TimeToLiveSpecification !== undefined) {
    await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  }
}

/** Names of a table's indexes, or undefined where there is no such table. */
async function describe(client: DynamoDBClient, TableName: string): Promise<readonly string[] | undefined> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    return Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => String(IndexName)) ?? [];
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
