import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { StageConfig } from '../../service/config.ts';

const MINUTE = Duration.minutes(1);

/** Followers of the stream are a second behind it; what they are told of is older by then than anybody expects. */
const BEHIND = Duration.minutes(5);

/** What an alarm is about, and what whoever hears it does. */
export interface AlarmSpec {
  /** In kebab case; the alarm's name is `{prefix}-{stage}-{name}`. */
  readonly name: string;
  /** What comes after its name, in the name alone. @default nothing */
  readonly suffix?: string;
  readonly metric: IMetric;
  /** One sentence: what it means, and what to do. */
  readonly remedy: string;
  /** It sounds above it. @default 0 */
  readonly threshold?: number;
  /** So many periods are looked at. @default 1 */
  readonly periods?: number;
  /** So many of them have to be above the threshold. @default all */
  readonly datapoints?: number;
  /** What a period without data is. @default good */
  readonly missing?: 'good' | 'bad';
}

/** Alarms that each say what to do, all sent to one topic; the stage's address hears of it, and whoever subscribes. */
export class Alarms extends Construct {
  readonly topic: Topic;
  /** Those on the service as a whole; those on one function are in the function's stack. */
  readonly ofService: Alarm[] = [];
  readonly #stage: string;
  readonly #namePrefix: string;
  readonly #namespace: string;

  constructor(scope: Construct, id: string, { stage, service, namePrefix, alarms: { email } }: StageConfig) {
    super(scope, id);
    this.#stage = stage;
    this.#namePrefix = namePrefix;
    this.#namespace = service.namespace;
    this.topic = new Topic(this, 'Topic', {
      displayName: `${service.title} ${stage} alarms`,
      enforceSSL: true,
    });
    // A policy takes the place of the one that every topic begins with, by which an account's own alarms may publish.
    // @see https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Alarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { ArnLike: { 'aws:SourceArn': this.#anyAlarm() } },
      }),
    );
    if (email !== undefined) this.topic.addSubscription(new EmailSubscription(email));
  }

  /** A metric that the service counts itself, over the stage or by more than that. */
  counted(metricName: string, by: Readonly<Record<string, string>> = {}): Metric {
    return new Metric({
      namespace: this.#namespace,
      metricName,
      dimensionsMap: { stage: this.#stage, ...by },
      statistic: Stats.SUM,
      period: MINUTE,
    });
  }

  #anyAlarm(): string {
    return Stack.of(this).formatArn({
      service: 'cloudwatch',
      resource: 'alarm',
      resourceName: `${this.#namePrefix}-*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /**
   * Sounds when a function that nobody waits for fails or is throttled in most minutes: what calls it tries again, so that
   * one failure is nobody's business.
   */
  onFailing(scope: Construct, name: string, failing: IFunction): void {
    const usingMetrics = {
      errors: failing.metricErrors({ period: MINUTE, statistic: Stats.SUM }),
      throttles: failing.metricThrottles({ period: MINUTE, statistic: Stats.SUM }),
    };
    this.whenAny(scope, {
      name: `${name}-fails`,
      metric: new MathExpression({
        expression: 'SUM([FILL(errors, 0), FILL(throttles, 0)])',
        usingMetrics,
        period: MINUTE,
        label: 'failed or throttled',
      }),
      periods: 5,
      datapoints: 3,
      remedy: `${name} fails or is throttled, minute after minute: filter its log by level ERROR; where it has no such line, compare the account's concurrency with what Lambda lets run`,
    });
  }

  /** Sounds when a message is set aside. */
  onDeadLetters(scope: Construct, name: string, queue: IQueue, remedy: string): void {
    const metric = queue.metricApproximateNumberOfMessagesVisible({
      period: MINUTE,
      statistic: Stats.MAXIMUM,
    });
    this.whenAny(scope, { name: `${name}-dead-letters`, metric, remedy });
  }

  /** Sounds when a follower of the table's stream is minutes behind it. */
  onFallingBehind(scope: Construct, name: string, follower: IFunction): void {
    this.whenAny(scope, {
      name: `${name}-behind`,
      metric: follower.metric('IteratorAge', { period: MINUTE, statistic: Stats.MAXIMUM }),
      threshold: BEHIND.toMilliseconds(),
      periods: 5,
      remedy: `The ${name} is minutes behind the table's stream, which keeps a day: look into its log, and whether Lambda throttles it`,
    });
  }

  /** Sounds when the metric is above its threshold. */
  whenAny(scope: Construct, spec: AlarmSpec): Alarm {
    const { name, suffix = '', metric, remedy, threshold = 0, periods = 1, datapoints = periods } = spec;
    const alarm = new Alarm(Stack.of(scope), `Alarm-${name}`, {
      alarmName: `${this.#namePrefix}-${name}${suffix}`,
      alarmDescription: remedy,
      metric,
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      datapointsToAlarm: datapoints,
      treatMissingData: spec.missing === 'bad' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    if (Stack.of(scope) === Stack.of(this)) this.ofService.push(alarm);
    return alarm;
  }
}
