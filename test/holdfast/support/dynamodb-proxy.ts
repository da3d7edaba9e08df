import {
  type DynamoDbProxy,
  startDynamoDbProxy as start,
} from '../../../lib/holdfast/testing/crash/dynamodb-proxy.ts';
import { ending } from './ending.ts';

export type { Call, DynamoDbProxy, Fate } from '../../../lib/holdfast/testing/crash/dynamodb-proxy.ts';

/** A proxy that ends with the test file, if not before. */
export async function startDynamoDbProxy(target: string): Promise<DynamoDbProxy> {
  const proxy = await start(target);
  return Object.assign(proxy, { close: ending(proxy.close) });
}
