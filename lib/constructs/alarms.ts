import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { METRIC_NAMESPACE } from '../../functions/core/metric-names.ts';
import type { StageConfig } from '../config.ts';

const MINUTE = Duration.minutes(1);

/** What an alarm is about, and what whoever hears it does. */
export interface AlarmSpec {
  /** In kebab case; the alarm's name is `holdfast-{stage}-{name}`. */
  readonly name: string;
  readonly metric: IMetric;
  /** One sentence: what it means, and what to do. */
  readonly remedy: string;
  /** It sounds above it. @default 0 */
  readonly threshold?: number;
  /** So many periods in a row. @default 1 */
  readonly periods?: number;
}

/** Alarms that each say what to do, all sent to one topic; the stage's address hears of it, and whoever subscribes. */
export class Alarms extends Construct {
  readonly topic: Topic;
  /** Those on the service as a whole; those on one function are in the function's stack. */
  readonly ofService: Alarm[] = [];
  readonly #stage: string;

  constructor(scope: Construct, id: string, { stage, alarms: { email } }: StageConfig) {
    super(scope, id);
    this.#stage = stage;
    this.topic = new Topic(this, 'Topic', { displayName: `Holdfast ${stage} alarms`, enforceSSL: true });
    if (email !== undefined) this.topic.addSubscription(new EmailSubscription(email));
  }

  /** A metric that the service counts itself, over the stage. */
  counted(metricName: string): Metric {
    return new Metric({
      namespace: METRIC_NAMESPACE,
      metricName,
      dimensionsMap: { stage: this.#stage },
      statistic: Stats.SUM,
      period: MINUTE,
    });
  }

  /** Sounds when the metric is above its threshold. A metric without data is well. */
  whenAny(scope: Construct, { name, metric, remedy, threshold = 0, periods = 1 }: AlarmSpec): Alarm {
    const alarm = new Alarm(Stack.of(scope), `Alarm-${name}`, {
      alarmName: `holdfast-${this.#stage}-${name}`,
      alarmDescription: remedy,
      metric,
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    if (Stack.of(scope) === Stack.of(this)) this.ofService.push(alarm);
    return alarm;
  }
}
