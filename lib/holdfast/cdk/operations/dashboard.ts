import { Duration, Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  PeriodOverride,
  SearchExpression,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import {
  ACCEPTED,
  BREAKER_OPENED,
  CONFLICTED,
  CONTRADICTED,
  FAILED,
  NEEDS_ATTENTION,
  OVERDUE,
  REJECTED,
  REPLAYED,
  UNDECLARED_ANSWERS,
  UNVISITED,
  VERSION_REQUESTS,
  WRITE_LATENCY,
} from '../../core/metric-names.ts';
import type { StageConfig } from '../../service/config.ts';
import type { Alarms } from '../alarms/alarms.ts';
import type { PartnerQueue } from './partner-queue.ts';

/** What is shown. */
export interface ServiceDashboardProps {
  readonly config: StageConfig;
  readonly alarms: Alarms;
  readonly api: RestApi;
  /** By the partner's name. */
  readonly queues: ReadonlyMap<string, PartnerQueue>;
  /** Dates of the contract's versions, the newest first. */
  readonly versions: readonly string[];
}

/** One page that answers: is it well, what do clients get, how do operations fare, are partners there, who uses which version. */
export class ServiceDashboard extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { config, alarms, api, queues, versions }: ServiceDashboardProps,
  ) {
    super(scope, id);
    const dashboard = new Dashboard(this, 'Dashboard', {
      // Dashboards are the account's: the stage may stand in another region too.
      dashboardName: `${config.namePrefix}-${Stack.of(this).region}`,
      periodOverride: PeriodOverride.AUTO,
      defaultInterval: Duration.hours(3),
    });
    const stage = api.deploymentStage;
    const counted = (...names: string[]) => names.map((name) => alarms.counted(name));
    dashboard.addWidgets(
      new AlarmStatusWidget({ title: 'Alarms', alarms: alarms.ofService, width: 24, height: 4 }),
    );
    dashboard.addWidgets(
      graph('What becomes of writes', counted(ACCEPTED, REPLAYED, CONFLICTED, REJECTED, FAILED)),
      graph('Requests and errors', [
        stage.metricCount(),
        stage.metricClientError(),
        stage.metricServerError(),
      ]),
      graph('Latency (ms)', [
        stage.metricLatency({ statistic: Stats.p(50), label: 'p50' }),
        stage.metricLatency({ statistic: Stats.p(99), label: 'p99' }),
        alarms.counted(WRITE_LATENCY).with({ statistic: Stats.p(99), label: 'p99 of writes' }),
      ]),
    );
    dashboard.addWidgets(
      graph(
        'Operations',
        counted(NEEDS_ATTENTION, OVERDUE, UNVISITED, CONTRADICTED, BREAKER_OPENED, UNDECLARED_ANSWERS),
      ),
      graph(
        'Commands that wait',
        [...queues].map(([name, { queue }]) =>
          queue.metricApproximateNumberOfMessagesVisible({ label: name }),
        ),
      ),
      graph(
        'Commands set aside',
        [...queues].map(([name, { deadLetters }]) =>
          deadLetters.metricApproximateNumberOfMessagesVisible({ label: name }),
        ),
      ),
    );
    dashboard.addWidgets(
      graph(
        'Requests by version',
        versions.map((apiVersion) =>
          alarms.counted(VERSION_REQUESTS, { apiVersion }).with({ label: apiVersion }),
        ),
      ),
      ...versions.slice(1).map((version) =>
        // A search finds no metric that nothing has come to for two weeks: npm run versions asks further back.
        graph(`Clients of ${version}, of the last two weeks`, [clientsOf(version, config)]),
      ),
    );
  }
}

/** Requests of a version a day, by each client that there is. */
const clientsOf = (version: string, { stage, service: { namespace } }: StageConfig) =>
  new SearchExpression({
    expression: `SEARCH('{"${namespace}",apiVersion,client,stage} MetricName="${VERSION_REQUESTS}" apiVersion="${version}" stage="${stage}"', 'Sum', ${DAY.toSeconds()})`,
    label: `\${PROP('Dim.client')}`,
    period: DAY,
  });

const DAY = Duration.days(1);

const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 8, height: 6 });
