import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { METRIC_NAMESPACE, NEEDS_ATTENTION } from '../../functions/core/metric-names.ts';

/** Alarms that each say what to do. Whoever is to hear of them subscribes to their state changes. */
export class Alarms extends Construct {
  readonly #stage: string;

  constructor(scope: Construct, id: string, { stage }: { readonly stage: string }) {
    super(scope, id);
    this.#stage = stage;
    this.#whenAny(
      'needs-attention',
      new Metric({
        namespace: METRIC_NAMESPACE,
        metricName: NEEDS_ATTENTION,
        dimensionsMap: { stage },
        statistic: 'Sum',
        period: Duration.minutes(1),
      }),
      'An operation needs a person: npm run operation -- show ID tells what happened, POST /operations/ID/resolve ends it',
    );
  }

  /** Sounds when a message is set aside. */
  onDeadLetters(name: string, queue: IQueue, then: string): void {
    const metric = queue.metricApproximateNumberOfMessagesVisible({
      period: Duration.minutes(1),
      statistic: 'Maximum',
    });
    this.#whenAny(`${name}-dead-letters`, metric, then);
  }

  #whenAny(name: string, metric: IMetric, description: string): void {
    new Alarm(this, name, {
      alarmName: `holdfast-${this.#stage}-${name}`,
      alarmDescription: description,
      metric,
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
