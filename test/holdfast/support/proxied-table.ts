import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDynamoDb } from '../../../lib/holdfast/local/dynamodb/dynamodb.ts';
import { type DynamoDbProxy, startDynamoDbProxy } from './dynamodb-proxy.ts';
import { ending } from './ending.ts';

/** An emulator with a proxy before it. */
export interface ProxiedTable {
  readonly proxy: DynamoDbProxy;
  /** URL of the emulator itself. */
  readonly emulator: string;
  close(): Promise<void>;
}

/** Starts both, on data of their own. */
export async function startProxiedTable(): Promise<ProxiedTable> {
  const data = await mkdtemp(join(tmpdir(), 'holdfast-wire-'));
  const remove = ending(() => rm(data, { recursive: true, force: true }));
  const emulator = await startDynamoDb(data);
  const end = ending(emulator.close);
  const proxy = await startDynamoDbProxy(emulator.url);
  return {
    proxy,
    emulator: emulator.url,
    async close() {
      await proxy.close();
      await end();
      await remove();
    },
  };
}
