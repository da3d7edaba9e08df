import type { StackTemplate, TemplateResource } from '../../../lib/holdfast/cdk/templates/templates.ts';
import { DUE_LISTS } from '../../../lib/holdfast/core/definitions/due-lists.ts';
import { type Deployed, deployed } from './deployed.ts';
import { markdownTable } from './markdown-table.ts';
import { PRICED_ON, PRICES } from './prices.ts';

/** A month of 30 days. */
const MINUTES = 30 * 24 * 60;

/** Pollers of a mapping of a standard queue, each with long polls of 20 seconds. @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
const POLLERS = 5;
const POLLS_PER_MINUTE = 3;

/** What a run of the sweep takes that finds nothing: two queries of each partition, and little code. */
const SWEEP_MS = 100;
const QUERIES_PER_PARTITION = 2;
/** Of an eventually consistent query that finds nothing. */
const QUERY_UNITS = 0.5;
/** Of the line that tells how many operations are overdue. */
const SWEEP_LOG_BYTES = 400;

/** One line of a stage's bill of a month in which nobody calls it. */
export interface IdleItem {
  readonly name: string;
  /** How many, counted in the templates. */
  readonly count: number;
  readonly dollars: number;
}

/** What a stage costs while nobody calls it, by what its templates are made of. */
export function idleBill(stacks: readonly StackTemplate[]): readonly IdleItem[] {
  const resources = stacks.flatMap(({ template }) => Object.values(template.Resources));
  const of = (type: string) => resources.filter(({ Type }) => Type === type);
  const alarms = of('AWS::CloudWatch::Alarm');
  const [byVersion, others] = [alarms.filter(isOfVersion), alarms.filter((each) => !isOfVersion(each))];
  const looked = (some: readonly TemplateResource[]) => some.flatMap(metricsOf).length;
  // One that is missed has data in every minute.
  const metrics = alarms.filter(({ Properties }) => Properties?.TreatMissingData === 'breaching').length;
  const queues = of('AWS::Lambda::EventSourceMapping').filter(
    ({ Properties }) => !isOfStream(Properties ?? {}),
  ).length;
  const sweeps = of('AWS::Events::Rule').filter(
    ({ Properties }) => Properties?.ScheduleExpression === 'rate(1 minute)',
  ).length;
  return [
    item('Cognito: app clients of machines', of('AWS::Cognito::UserPoolClient').length, PRICES.machineClient),
    item('metrics that alarms look at', looked(others), PRICES.alarmMetric),
    item('metrics that alarms of releases look at', looked(byVersion), PRICES.alarmMetric),
    item('dashboards', of('AWS::CloudWatch::Dashboard').length, PRICES.dashboard),
    item('secrets', of('AWS::SecretsManager::Secret').length, PRICES.secret),
    item('metrics that never pause', metrics, PRICES.metric),
    item(
      'consumers of queues: empty receives',
      queues,
      (POLLERS * POLLS_PER_MINUTE * MINUTES * PRICES.millionQueueRequests) / 1e6,
    ),
    item(
      'sweeps: runs, reads, traces and log of a month',
      sweeps,
      sweeps > 0 ? sweepDollars(deployed(stacks, 'sweep')) : 0,
    ),
  ];
}

const item = (name: string, count: number, each: number): IdleItem => ({
  name,
  count,
  dollars: count * each,
});

/** X-Ray keeps the first request of each second, so that it keeps every run. */
const sweepDollars = ({ memoryGb, traced, systemLogBytes }: Deployed) =>
  (MINUTES / 1e6) *
  (PRICES.millionInvocations +
    SWEEP_MS * 1_000 * memoryGb * PRICES.gigabyteSecond +
    DUE_LISTS.length * QUERIES_PER_PARTITION * QUERY_UNITS * PRICES.millionReads +
    (traced ? PRICES.millionTraces : 0) +
    ((SWEEP_LOG_BYTES + systemLogBytes) / 1_000) * PRICES.logGigabyte);

interface AlarmProperties {
  readonly MetricName?: string;
  readonly Metrics?: readonly { readonly MetricStat?: object }[];
}

/** An alarm on an expression is charged for each metric in it. */
function metricsOf({ Properties }: TemplateResource): readonly unknown[] {
  const { MetricName, Metrics = [] } = (Properties ?? {}) as AlarmProperties;
  return MetricName === undefined
    ? Metrics.filter(({ MetricStat }) => MetricStat !== undefined)
    : [MetricName];
}

/** An alarm that judges one version of a function, for the time of its release. */
const isOfVersion = ({ Properties }: TemplateResource) =>
  JSON.stringify(Properties?.Metrics ?? '').includes('ExecutedVersion');

/** Lambda reads streams of tables at no charge. */
const isOfStream = (properties: Readonly<Record<string, unknown>>) =>
  properties.StartingPosition !== undefined;

/** The table of `docs/cost.md`: a column for each stage. */
export function idleTable(bills: ReadonlyMap<string, readonly IdleItem[]>): string {
  const names = [...bills.values()][0]?.map(({ name }) => name) ?? [];
  const cell = (bill: readonly IdleItem[], name: string) => {
    const { count = 0, dollars = 0 } = bill.find((each) => each.name === name) ?? {};
    return `${count}: $${dollars.toFixed(2)}`;
  };
  const all = (bill: readonly IdleItem[]) => bill.reduce((sum, { dollars }) => sum + dollars, 0);
  return markdownTable([
    [
      `a month in which nobody calls, in dollars of ${PRICED_ON}`,
      ...[...bills.keys()].map((stage) => `\`${stage}\``),
    ],
    ...names.map((name) => [name, ...[...bills.values()].map((bill) => cell(bill, name))]),
    ['**together**', ...[...bills.values()].map((bill) => `**$${all(bill).toFixed(2)}**`)],
  ]);
}
