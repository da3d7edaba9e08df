import { Duration } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { operations } from '../../core/operations/operations.ts';
import type { StageConfig } from '../../service/config.ts';
import type { WriteApi } from '../api/write-api.ts';
import { type FunctionEntry, operationEntries } from '../bundles/function-entry.ts';
import type { Functions } from '../functions/functions.ts';
import type { Tables } from '../tables/records-table.ts';
import { tableAccess } from '../tables/table-access.ts';

/** What the routes of operations are made from. */
export interface OperationRoutesProps {
  readonly config: StageConfig;
  readonly tables: Tables;
  readonly api: WriteApi;
  readonly functions: Functions;
  readonly httpEnvironment: Readonly<Record<string, string>>;
}

/** The routes by which clients list, follow, cancel and resolve operations; each function may do what its route does. */
export function addOperationRoutes({
  config,
  tables,
  api,
  functions,
  httpEnvironment,
}: OperationRoutesProps): void {
  const { records, idempotency } = tables;
  const keyPrefixes = [`${operations.name}#`];
  const environment = {
    ...httpEnvironment,
    RECORDS_TABLE: records.tableName,
    IDEMPOTENCY_TABLE: idempotency.tableName,
    WAITING_SEATS: JSON.stringify(waitingSeats(config)),
  };
  const reading = tableAccess({ table: records, actions: ['dynamodb:GetItem'], keyPrefixes });
  const waiting = tableAccess({
    table: records,
    actions: ['dynamodb:UpdateItem'],
    keyPrefixes: ['waits#'],
  });
  const listing = ['by-time', 'by-state'].map((index) =>
    tableAccess({ table: records, index, actions: ['dynamodb:Query'], keyPrefixes }),
  );
  const changing = [
    tableAccess({ table: records, actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem'], keyPrefixes }),
    tableAccess({ table: idempotency, actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], keyPrefixes }),
  ];
  const { list, get, cancel, resolve } = operationEntries;
  const one = '/operations/{operationId}';
  const route = (entry: FunctionEntry, statements: readonly PolicyStatement[], timeout?: Duration) =>
    functions.route({ entry, environment, statements, ...(timeout && { timeout }) });
  api.addRoute('GET', '/operations', route(list, listing));
  // It waits as long as its client prefers, 20 seconds at most.
  api.addRoute('GET', one, route(get, [reading, waiting], Duration.seconds(25)));
  api.addRoute('POST', `${one}/cancel`, route(cancel, changing));
  api.addRoute('POST', `${one}/resolve`, route(resolve, changing));
}

/** Waits that may begin in a window: twice as many are under way at most, and one tenant takes half of them at most. */
const waitingSeats = ({ concurrency }: StageConfig) => {
  const all = Math.max(1, Math.floor(concurrency / 20));
  return { all, tenant: Math.ceil(all / 2) };
};
