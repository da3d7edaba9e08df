import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Store } from '../../../lib/holdfast/core/store/store.ts';
import type { DynamoDbProxy } from './dynamodb-proxy.ts';
import { RECORDS } from './items.ts';
import { startProxiedTable } from './proxied-table.ts';

/** The store of AWS, over the emulator. */
export interface StoreTable {
  readonly store: Store;
  /** Reads and writes its tables, unseen. */
  readonly client: DynamoDBClient;
  /** Its calls pass here, and are counted. */
  readonly proxy: DynamoDbProxy;
  close(): Promise<void>;
}

/** Makes a table without indexes. */
export const createTable = (client: DynamoDBClient, TableName: string, key: string) =>
  client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
      KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
    }),
  );

/** Starts it in tables of its own. */
export async function startStoreTable(): Promise<StoreTable> {
  const { proxy, emulator, close } = await startProxiedTable();
  Object.assign(process.env, {
    RECORDS_TABLE: RECORDS,
    IDEMPOTENCY_TABLE: 'IdempotencyTable',
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_ENDPOINT_URL_DYNAMODB: proxy.url,
  });
  const client = new DynamoDBClient({ endpoint: emulator });
  for (const [TableName, name] of [
    [RECORDS, 'pk'],
    ['IdempotencyTable', 'id'],
  ] as const)
    await createTable(client, TableName, name);
  const { dynamodbStore } = await import('../../../lib/holdfast/runtime/records/dynamodb-store.ts');
  const { loadTogether } = await import('../../../lib/holdfast/runtime/records/records.ts');
  const runtime = await import('../../../lib/holdfast/runtime/aws/dynamodb.ts');
  return {
    store: { ...dynamodbStore, loadTogether },
    client,
    proxy,
    async close() {
      client.destroy();
      runtime.dynamodb.destroy();
      await close();
    },
  };
}
