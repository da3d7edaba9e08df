import { join } from 'node:path';
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import payouts from '../../../functions/actions/payouts/resource.ts';
import { allEntries } from '../../../lib/holdfast/cdk/bundles/function-entry.ts';
import { readFunctions } from '../../../lib/holdfast/local/functions/functions.ts';
import type { LocalCloud } from '../../../lib/holdfast/local/local-cloud.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';
import { callerOf } from '../../../lib/holdfast/testing/crash/function-call.ts';
import { Injector } from '../../../lib/holdfast/testing/crash/injector.ts';
import type { Copy } from '../support/copy.ts';
import { startDynamoDbProxy } from '../support/dynamodb-proxy.ts';
import { ending } from '../support/ending.ts';
import { impatientCopy, type LedgerEntry } from '../support/operations.ts';

/** A local cloud in this process, whose functions reach AWS through an injector, and can be killed. */
export interface CrashCloud {
  readonly url: string;
  readonly injector: Injector;
  /** Functions that may call AWS, as {@link readCall} names them: those that declare a grant. */
  readonly callers: readonly string[];
  faults(partner: string, faults: object): Promise<void>;
  ledger(): Promise<readonly LedgerEntry[]>;
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
export async function startCrashCloud(edit?: (copy: Copy) => Promise<void>): Promise<CrashCloud> {
  const copy = await impatientCopy();
  await copy.edit('lib/holdfast/cdk/tables/table-stream.ts', 'RETRIES = 10', 'RETRIES = 1');
  await copy.edit(
    'lib/holdfast/cdk/tables/history-plane.ts',
    'Duration.minutes(REFILL_EVERY_MINUTES)',
    'Duration.seconds(1)',
  );
  // Long enough to be cancelled, or to be found dead, before screening is asked what it has not said.
  await copy.edit('functions/partners/screening.ts', 'callbackSeconds: 2', 'callbackSeconds: 6');
  await copy.edit(
    'lib/holdfast/core/operations/accept-operation.ts',
    'START_SECONDS = 60',
    'START_SECONDS = 1',
  );
  // A secret that is not kept is read, and the reading can fail, in every journey.
  await copy.edit('lib/holdfast/runtime/aws/secret.ts', 'FRESH_MS = 5 * 60_000', 'FRESH_MS = 0');
  await edit?.(copy);
  const proxy = await startDynamoDbProxy('');
  const { startLocalCloud } = await kitOf(copy);
  const granted = allEntries(await loadRegistry()).flatMap(({ name, needs }) =>
    needs.grants.length > 0 ? [name] : [],
  );
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
  return {
    url: cloud.url,
    injector: new Injector(proxy, cloud.pool, [payouts.idPrefix]),
    callers: readFunctions(cloud.stacks)
      .filter(({ entry }) => granted.includes(entry.name))
      .map(({ resource }) => callerOf(resource.logicalId)),
    async faults(partner, faults) {
      await control('PUT', `/faults/${partner}`, faults);
    },
    ledger: async () => (await (await control('GET', '/ledger')).json()) as LedgerEntry[],
    async abort(operation) {
      const machine = 'arn:aws:states:us-east-1:000000000000:execution:holdfast-local-disburse-payout';
      await sfn.send(new StopExecutionCommand({ executionArn: `${machine}:${operation}-1` }));
    },
    async close() {
      sfn.destroy();
      await end();
      await proxy.close();
      await copy.remove();
    },
  };
}

/** The kit of a copy, in this process: it works for the project of the folder in which it is loaded. */
async function kitOf({ root }: Copy): Promise<typeof import('../../../lib/holdfast/local/local-cloud.ts')> {
  const before = process.cwd();
  process.chdir(root);
  try {
    return await import(join(root, 'lib/holdfast/local/local-cloud.ts'));
  } finally {
    process.chdir(before);
  }
}
