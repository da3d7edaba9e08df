import { Duration } from 'aws-cdk-lib';
import type { Registry } from '../../service/registry.ts';
import type { WriteApi } from '../api/write-api.ts';
import { operationEntries } from '../bundles/function-entry.ts';
import type { Functions } from '../functions/functions.ts';

/** The routes by which clients list, follow, cancel and resolve operations. */
export function addOperationRoutes(api: WriteApi, functions: Functions, registry: Registry): void {
  const { list, get, cancel, resolve } = operationEntries(registry);
  const one = '/operations/{operationId}';
  api.addRoute('GET', '/operations', functions.route(list));
  // It waits as long as its client prefers, 20 seconds at most.
  api.addRoute('GET', one, functions.route(get, { timeout: Duration.seconds(25) }));
  api.addRoute('POST', `${one}/cancel`, functions.route(cancel));
  api.addRoute('POST', `${one}/resolve`, functions.route(resolve));
}
