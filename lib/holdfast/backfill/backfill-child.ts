import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { loadRegistry } from '../service/registry.ts';
import { REGION } from '../template/template.ts';
import { backfill } from './backfill.ts';
import { LOCAL_TABLE } from './complete-locally.ts';
import { toldOf } from './told.ts';

// Goes through a table on this machine, whose URL it is given, and tells how it went.
const client = new DynamoDBClient({
  endpoint: process.argv[2] ?? '',
  region: REGION,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
try {
  const { resources } = await loadRegistry();
  const done = await backfill({
    client,
    TableName: LOCAL_TABLE,
    resources: resources.map(({ definition }) => definition),
    rate: Number.POSITIVE_INFINITY,
  });
  process.send?.({ lines: toldOf(done) });
} catch (error) {
  process.send?.({ fault: error instanceof Error ? error.message : String(error) });
} finally {
  client.destroy();
}
