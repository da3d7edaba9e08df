import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDbProxy } from './dynamodb-proxy.ts';
import { startProxiedTable } from './proxied-table.ts';
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
  const { proxy, emulator, close } = await startProxiedTable();
  let service = await startService({ dynamodb: proxy.url, ...options });
  const table = new DynamoDBClient({
    endpoint: emulator,
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
      await close();
    },
  };
}
