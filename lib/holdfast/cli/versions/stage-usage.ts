import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { VERSION_REQUESTS } from '../../core/metric-names.ts';
import type { Sighting } from '../../core/versions/sightings.ts';
import { namePrefixOf } from '../../service/define-service.ts';
import { service } from '../../service/project.ts';
import { pagesOf } from '../account/cloudwatch.ts';
import { deployedOutputs } from '../account/deployed.ts';
import { addDays, type Usage } from './usage.ts';

/** For so long CloudWatch keeps what it has counted by the hour. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const KEPT_DAYS = 455;

/** Most metrics that are asked for at once. @see {@link KEPT_DAYS} */
const MOST_METRICS = 500;

const DAY_SECONDS = 24 * 3_600;

/**
 * Whoever is counted, and is neither a client of `lib/service.ts` nor listed by CloudWatch, which lists a metric some 15
 * minutes after its first value and for two weeks after its last; what was counted over all clients has names that are known.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListMetrics.html
 */
export const UNLISTED = '(not listed)';

/** What is asked for. */
interface Metric {
  readonly version: string;
  /** @default all of them together */
  readonly client?: string;
}

/**
 * What CloudWatch has counted of a stage's versions and clients, day by day.
 * @param versions those that are asked for
 * @throws Error where the stage is not deployed here, or where CloudWatch may not be asked
 */
export async function stageUsage(
  stage: string,
  versions: readonly string[],
  today: string,
  environment: NodeJS.ProcessEnv,
): Promise<Usage> {
  const names = await clientNames(stage);
  const clients = new Set([...names.keys(), ...(await listedClients(stage, environment))]);
  const metrics: readonly Metric[] = versions.flatMap((version) => [
    { version },
    ...[...clients].map((client) => ({ version, client })),
  ]);
  const sightings: Sighting[] = [];
  for (let at = 0; at < metrics.length; at += MOST_METRICS)
    sightings.push(...(await counted(stage, metrics.slice(at, at + MOST_METRICS), today, environment)));
  return withUnlisted(sightings).map((each) => ({ ...each, client: names.get(each.client) ?? each.client }));
}

/** Names of the clients of a stage's own user pool, by their ids. */
async function clientNames(stage: string): Promise<ReadonlyMap<string, string>> {
  const prefix = namePrefixOf(stage, service);
  const outputs = await deployedOutputs(new CloudFormationClient({}), `${prefix}-state`);
  if (outputs === undefined)
    throw new Error(`stage ${stage} is not deployed here; npm run deploy -- --stage ${stage}`);
  const ids: Readonly<Record<string, string>> = JSON.parse(outputs.Clients ?? '{}');
  return new Map(Object.entries(ids).map(([name, id]) => [id, name]));
}

interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

interface Listed {
  readonly Metrics?: readonly { readonly Dimensions?: readonly Dimension[] }[];
  readonly NextToken?: string;
}

/** Ids of the clients that CloudWatch has heard of in the last two weeks. */
async function listedClients(stage: string, environment: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const asked = {
    Namespace: service.namespace,
    MetricName: VERSION_REQUESTS,
    Dimensions: [{ Name: 'stage', Value: stage }],
  };
  const dimensions: Dimension[] = [];
  for await (const { Metrics = [] } of pagesOf<Listed>('ListMetrics', asked, environment))
    dimensions.push(...Metrics.flatMap(({ Dimensions = [] }) => Dimensions));
  return dimensions.filter(({ Name }) => Name === 'client').map(({ Value }) => Value);
}

interface Counted {
  readonly MetricDataResults?: readonly Series[];
  readonly NextToken?: string;
}

interface Series {
  readonly Id: string;
  readonly StatusCode?: string;
  /** Seconds since the epoch; emulators write them out. */
  readonly Timestamps?: readonly (number | string)[];
  readonly Values?: readonly number[];
}

/** What was counted under each of some metrics; of all clients together under no client. */
async function counted(
  stage: string,
  metrics: readonly Metric[],
  today: string,
  environment: NodeJS.ProcessEnv,
): Promise<readonly Sighting[]> {
  const asked = {
    StartTime: Date.parse(addDays(today, 1 - KEPT_DAYS)) / 1_000,
    EndTime: Date.parse(addDays(today, 1)) / 1_000,
    MetricDataQueries: metrics.map((metric, i) => query(stage, metric, i)),
  };
  const sightings: Sighting[] = [];
  for await (const { MetricDataResults = [] } of pagesOf<Counted>('GetMetricData', asked, environment))
    for (const series of MetricDataResults) sightings.push(...sightingsOf(series, metrics));
  return sightings;
}

function sightingsOf(
  { Id, StatusCode = '', Timestamps = [], Values = [] }: Series,
  metrics: readonly Metric[],
): readonly Sighting[] {
  const { version = '', client = '' } = metrics[Number(Id.slice(1))] ?? {};
  // Nothing would be taken for nobody.
  if (['InternalError', 'Forbidden'].includes(StatusCode))
    throw new Error(
      `CloudWatch could not tell the requests of version ${version} (${StatusCode}); ask again`,
    );
  return Timestamps.map((timestamp, i) => {
    const day = new Date(typeof timestamp === 'number' ? timestamp * 1_000 : timestamp);
    return { version, client, day: day.toISOString().slice(0, 10), requests: Values[i] ?? 0 };
  }).filter(({ requests }) => requests > 0);
}

function query(stage: string, { version, client }: Metric, i: number): object {
  const dimensions = { stage, apiVersion: version, ...(client !== undefined && { client }) };
  return {
    Id: `m${i}`,
    MetricStat: {
      Metric: {
        Namespace: service.namespace,
        MetricName: VERSION_REQUESTS,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: DAY_SECONDS,
      Stat: 'Sum',
    },
  };
}

/** What was counted over all clients takes the name of {@link UNLISTED} where it is more than that of each together. */
export function withUnlisted(sightings: readonly Sighting[]): Usage {
  const dayOf = ({ version, day }: Sighting) => `${version} ${day}`;
  const named = sightings.filter(({ client }) => client !== '');
  const byDay = Map.groupBy(named, dayOf);
  const rest = sightings
    .filter(({ client }) => client === '')
    .map((all) => {
      const known = (byDay.get(dayOf(all)) ?? []).reduce((sum, { requests }) => sum + requests, 0);
      return { ...all, client: UNLISTED, requests: all.requests - known };
    });
  return [...named, ...rest.filter(({ requests }) => requests > 0)];
}
