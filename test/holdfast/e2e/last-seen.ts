import assert from 'node:assert/strict';
import { join } from 'node:path';
import { mintToken } from '../../../lib/holdfast/local/issuer.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { user } from '../support/client.ts';
import type { Command } from '../support/command.ts';
import { eventually } from '../support/eventually.ts';
import { accountEnvironment, ask } from './account.ts';

const MAY = '2026-05-01';
const NEWEST = '2026-11-01';

/** A line of the embedded metric format. */
interface Embedded {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit?: string }[];
    }[];
  };
  readonly [member: string]: unknown;
}

/**
 * `npm run versions` tells of a deployed stage which client was seen last in which version, from what its functions have logged
 * and CloudWatch has counted. The emulator reads no metric out of a log, so that is done here, by the specification.
 * @returns what the command printed
 * @throws AssertionError that shows what came instead
 */
export async function lastSeen(url: string, endpoint: string, command: Command): Promise<string> {
  const began = Date.now();
  const clientOf = async (client: string) =>
    user(url, await mintToken({ tenant: 'seen', subject: 'alice', scopes: 'payouts:read', client }));
  const [mobile, backOffice] = await Promise.all([clientOf('mobile-app'), clientOf('back-office')]);
  await mobile.get('/payouts', { 'API-Version': MAY });
  await backOffice.get('/payouts', { 'API-Version': NEWEST });
  await backOffice.get('/payouts');

  const isOurs = ({ client }: Embedded) => client === 'mobile-app' || client === 'back-office';
  const lines = await eventually(
    'three lines of the log that count versions',
    async () => (await embeddedSince(endpoint, began)).filter(isOurs),
    (found) => found.length === 3,
  );
  for (const line of lines) await extract(endpoint, line);
  const printed = await command(
    'node',
    ['--no-warnings', 'lib/holdfast/cli/main.ts', 'versions', '--stage', 'emulated'],
    {
      cwd: ROOT,
      env: {
        ...accountEnvironment(endpoint),
        PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`,
      },
    },
  );
  assert.match(printed, new RegExp(`^${NEWEST} +current +back-office +\\d{4}-\\d\\d-\\d\\d +2$`, 'm'));
  assert.match(printed, new RegExp(`^${MAY} .* mobile-app +\\d{4}-\\d\\d-\\d\\d +1$`, 'm'));
  assert.match(printed, new RegExp(`^${MAY} is still used by mobile-app, last on `, 'm'));
  return printed;
}

/** Lines of the format in the logs of all functions. */
async function embeddedSince(endpoint: string, startTime: number): Promise<readonly Embedded[]> {
  const logs = async (operation: string, input: object) =>
    JSON.parse(
      await ask(endpoint, 'logs', { target: `Logs_20140328.${operation}`, body: JSON.stringify(input) }),
    );
  const { logGroups }: { logGroups: readonly { logGroupName: string }[] } = await logs(
    'DescribeLogGroups',
    {},
  );
  const found: Embedded[] = [];
  for (const { logGroupName } of logGroups) {
    const { events }: { events: readonly { message: string }[] } = await logs('FilterLogEvents', {
      logGroupName,
      startTime,
    });
    found.push(
      ...events
        .map(({ message }) => message.trim())
        .filter((line) => line.startsWith('{"_aws":'))
        .map((line): Embedded => JSON.parse(line)),
    );
  }
  return found;
}

/**
 * What CloudWatch makes of a line: each metric once for each set of dimensions.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
async function extract(endpoint: string, line: Embedded): Promise<void> {
  const { Timestamp, CloudWatchMetrics } = line._aws;
  for (const { Namespace, Dimensions, Metrics } of CloudWatchMetrics) {
    const MetricData = Metrics.flatMap(({ Name, Unit }) =>
      Dimensions.map((set) => ({
        MetricName: Name,
        Unit,
        Timestamp: Timestamp / 1_000,
        Value: Number(line[Name]),
        Dimensions: set.map((name) => ({ Name: name, Value: String(line[name]) })),
      })),
    );
    await ask(endpoint, 'monitoring', {
      target: 'GraniteServiceVersion20100801.PutMetricData',
      body: JSON.stringify({ Namespace, MetricData }),
    });
  }
}
