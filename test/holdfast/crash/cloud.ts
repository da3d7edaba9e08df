import { join } from 'node:path';
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { allEntries } from '../../../lib/holdfast/cdk/bundles/function-entry.ts';
import { localClient } from '../../../lib/holdfast/local/dynamodb/dynamodb.ts';
import { readFunctions } from '../../../lib/holdfast/local/functions/functions.ts';
import { ABOUT_PATH } from '../../../lib/holdfast/local/gateway/gateway.ts';
import type { LocalCloud } from '../../../lib/holdfast/local/local-cloud.ts';
import { callerOf } from '../../../lib/holdfast/testing/crash/function-call.ts';
import { Injector } from '../../../lib/holdfast/testing/crash/injector.ts';
import type { Answer } from '../support/client.ts';
import type { Copy } from '../support/copy.ts';
import { startDynamoDbProxy } from '../support/dynamodb-proxy.ts';
import { ending } from '../support/ending.ts';
import type { LedgerEntry } from '../support/operations.ts';
import type { Ground } from './ground.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { Person } from './people.ts';

/** A local cloud in this process, whose functions reach AWS through an injector, and can be killed. */
export interface CrashCloud {
  readonly ground: Ground;
  readonly injector: Injector;
  /** Functions that may call AWS, as {@link readCall} names them: those that declare a grant. */
  readonly callers: readonly string[];
  person(tenant: string, subject: string): Promise<Person>;
  faults(partner: string, faults: object): Promise<void>;
  /** What the journey of a tenant has come to, by its last answer. @throws Error for records that do not fit */
  outcome(alice: Person, made: Answer, tenant: string): Promise<Outcome>;
  /** Ends the execution of an operation from outside, as a broken deployment does. */
  abort(operation: string): Promise<void>;
  close(): Promise<void>;
}

/** Execution environments of one function: for the journeys under way, and for twins. */
const ENVIRONMENTS = 8;

/**
 * Starts it, from a copy with impatient partners.
 * @param edit changes the copy before. @default nothing more is changed
 */
export async function startCrashCloud(
  ground: Ground,
  edit?: (copy: Copy) => Promise<void>,
): Promise<CrashCloud> {
  const copy = await ground.copy();
  await copy.edit('lib/holdfast/cdk/tables/table-stream.ts', 'RETRIES = 10', 'RETRIES = 1');
  await copy.edit(
    'lib/holdfast/cdk/tables/history-plane.ts',
    'Duration.minutes(REFILL_EVERY_MINUTES)',
    'Duration.seconds(1)',
  );
  await copy.edit(
    'lib/holdfast/core/operations/accept-operation.ts',
    'START_SECONDS = 60',
    'START_SECONDS = 1',
  );
  // A secret that is not kept is read, and the reading can fail, in every journey.
  await copy.edit('lib/holdfast/runtime/aws/secret.ts', 'FRESH_MS = 5 * 60_000', 'FRESH_MS = 0');
  await edit?.(copy);
  const proxy = await startDynamoDbProxy('');
  const { startLocalCloud, loadRegistry, walked, tearsIn } = await kitOf(copy);
  const registry = await loadRegistry();
  const granted = allEntries(registry).flatMap(({ name, needs }) => (needs.grants.length > 0 ? [name] : []));
  const settings = {
    port: 0,
    concurrency: ENVIRONMENTS,
    everySeconds: 1,
    startedByNpm: false,
    functions: { AWS_ENDPOINT_URL: proxy.url, POWERTOOLS_LOG_LEVEL: 'SILENT' },
  };
  const cloud: LocalCloud = await startLocalCloud(settings, () => undefined);
  const end = ending(cloud.close);
  proxy.target = cloud.awsUrl;
  const control = (method: string, path: string, body?: object) =>
    fetch(`${cloud.partnersUrl}${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
  const sfn = new SFNClient({
    endpoint: cloud.stepFunctionsUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const about = await fetch(`${cloud.url}${ABOUT_PATH}`);
  const client = localClient(Object(await about.json()).dynamodbUrl);
  const { subject, scopes, own } = ground;
  return {
    ground,
    injector: new Injector(proxy, cloud.pool, ground.idPrefixes),
    callers: readFunctions(cloud.stacks)
      .filter(({ entry }) => granted.includes(entry.name))
      .map(({ resource }) => callerOf(resource.logicalId)),
    person: (tenant, name) =>
      Person.of(cloud.url, { tenant, subject: name, scopes: `${scopes} operations:*` }),
    async faults(partner, faults) {
      await control('PUT', `/faults/${partner}`, faults);
    },
    async outcome(alice, made, tenant) {
      const records = walked(client, 'RecordsTable', registry.resources);
      const isOfTenant = new RegExp(`#${tenant}(#|$)`);
      async function* all() {
        for await (const item of records.all()) if (isOfTenant.test(item.pk?.S ?? '')) yield item;
      }
      for await (const { what } of tearsIn({ ...records, all })) throw new Error(`an audit finds: ${what}`);
      const ledger = (await (await control('GET', '/ledger')).json()) as LedgerEntry[];
      return outcomeOf(alice, made, { subject, ledger: ground.standing(ledger), own });
    },
    async abort(operation) {
      const machine = 'arn:aws:states:us-east-1:000000000000:execution:holdfast-local-disburse-payout';
      await sfn.send(new StopExecutionCommand({ executionArn: `${machine}:${operation}-1` }));
    },
    async close() {
      sfn.destroy();
      client.destroy();
      await end();
      await proxy.close();
      await copy.remove();
    },
  };
}

/** What of a copy's kit knows its definitions. */
type Kit = typeof import('../../../lib/holdfast/local/local-cloud.ts') &
  typeof import('../../../lib/holdfast/service/registry.ts') &
  typeof import('../../../lib/holdfast/cli/audit/table.ts') &
  typeof import('../../../lib/holdfast/cli/audit/walk.ts');

const KIT = ['local/local-cloud.ts', 'service/registry.ts', 'cli/audit/table.ts', 'cli/audit/walk.ts'];

/** The kit of a copy, in this process: it works for the project of the folder in which it is loaded. */
async function kitOf({ root }: Copy): Promise<Kit> {
  const before = process.cwd();
  process.chdir(root);
  try {
    const parts = await Promise.all(KIT.map((file) => import(join(root, 'lib/holdfast', file))));
    return Object.assign({}, ...parts);
  } finally {
    process.chdir(before);
  }
}
