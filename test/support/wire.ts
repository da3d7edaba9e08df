import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDynamoDb } from '../../lib/local/dynamodb.ts';
import { type DynamoDbProxy, startDynamoDbProxy } from './dynamodb-proxy.ts';
import { type Service, type ServiceOptions, startService } from './service.ts';

/** A service, an emulator, and a proxy on the wire between them. */
export interface Wire {
  readonly service: Service;
  readonly proxy: DynamoDbProxy;
  /** Reaches the emulator past the proxy. */
  readonly table: DynamoDBClient;
  /** Starts the service anew over the same tables. */
  restart(options?: Partial<ServiceOptions>): Promise<Service>;
  close(): Promise<void>;
}

/** Starts all three. */
export async function startWire(options: Partial<ServiceOptions> = {}): Promise<Wire> {
  const data = await mkdtemp(join(tmpdir(), 'holdfast-wire-'));
  const emulator = await startDynamoDb(data);
  const proxy = await startDynamoDbProxy(emulator.url);
  let service = await startService({ dynamodb: proxy.url, ...options });
  const table = new DynamoDBClient({
    endpoint: emulator.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return {
    get service() {
      return service;
    },
    proxy,
    table,
    async restart(changed = {}) {
      await service.end('SIGKILL');
      service = await startService({ dynamodb: proxy.url, ...options, ...changed });
      return service;
    },
    async close() {
      await service.end();
      table.destroy();
      await proxy.close();
      await emulator.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}
