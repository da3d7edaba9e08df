import { Duration, Stack } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  CfnDeploymentGroup,
  LambdaApplication,
  LambdaDeploymentConfig,
  LambdaDeploymentGroup,
} from 'aws-cdk-lib/aws-codedeploy';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type Alias, CfnAlias, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { FAILED } from '../../core/metric-names.ts';
import type { StageConfig } from '../../service/config.ts';
import { cfnOf } from '../templates/cfn-of.ts';
import type { Alarms } from './alarms.ts';

const MINUTE = Duration.minutes(1);

/** Fewer requests a minute say nothing: with one, a single failure would be all of them. */
const MIN_REQUESTS = 3;

/** Percent of a minute's requests that may fail by our own fault: what both versions have in common is not the release's. */
const FAILURE_PERCENT = 5;

/**
 * Bad minutes, of those looked at. Two: one is a hiccup of the platform. Of ten: the newest minutes are often incomplete,
 * a minute is judged anew as its data come in, and FILL never decides by the newest alone.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html for FILL in alarms
 */
const BAD_MINUTES = 2;
const MINUTES = 10;

/** What is released by degrees. */
export interface Released {
  readonly made: LambdaFunction;
  readonly alias: Alias;
  readonly name: string;
}

/**
 * Moves each alias to its new version by CodeDeploy: a tenth of the requests for five minutes, then all. A version that
 * fails in that time is taken back, and the deployment with it. The new version alone is judged, by its own failures.
 */
export class Canary extends Construct {
  readonly #application: LambdaApplication;
  readonly #role: Role;
  readonly #config: StageConfig;
  readonly #alarms: Alarms;

  constructor(
    scope: Construct,
    id: string,
    { config, alarms }: { readonly config: StageConfig; readonly alarms: Alarms },
  ) {
    super(scope, id);
    this.#config = config;
    this.#alarms = alarms;
    this.#application = new LambdaApplication(this, 'Application', {
      applicationName: config.namePrefix,
    });
    this.#role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('codedeploy.amazonaws.com') });
  }

  /**
   * Takes a release of this alias back when its version crashes, or answers what only a fault of ours explains, too often.
   * Each version has an alarm of its own, since one that is changed keeps its state until it is evaluated: the red alarm of
   * a version that fails would stop the deployment of what mends it.
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
   */
  watch({ made, alias, name }: Released): void {
    const { version } = made.currentVersion;
    const alarm = this.#alarms.whenAny(Stack.of(alias), {
      name: `${name}-fails`,
      suffix: `-${version}`,
      metric: this.#failurePercent({ made, alias, name }),
      threshold: FAILURE_PERCENT,
      periods: MINUTES,
      datapoints: BAD_MINUTES,
      remedy: `${name} crashes or answers 5xx by its own fault, more than ${FAILURE_PERCENT} % of its requests: a release in progress is rolled back; filter its log by level ERROR`,
    });
    const group = new LambdaDeploymentGroup(alias, 'Release', {
      application: this.#application,
      role: this.#role,
      alias,
      deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
      alarms: [alarm],
    });
    // The alias names the group in its update policy, which CloudFormation does not promise to wait for.
    cfnOf(alias, CfnAlias).addResourceDependency(cfnOf(group, CfnDeploymentGroup));
  }

  /**
   * What a version failed at, of what it was asked through the alias. `Errors` and `Invocations` have the version that ran
   * as `ExecutedVersion`; `Failed` is counted where an answer is a fault of ours, and nowhere else.
   * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html
   * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/automating-updates-to-serverless-apps.html
   */
  #failurePercent({ made, alias, name }: Released): MathExpression {
    const { version } = made.currentVersion;
    const lambda = (metricName: string) =>
      new Metric({
        namespace: 'AWS/Lambda',
        metricName,
        dimensionsMap: {
          FunctionName: made.functionName,
          Resource: `${made.functionName}:${alias.aliasName}`,
          ExecutedVersion: version,
        },
        statistic: Stats.SUM,
        period: MINUTE,
      });
    const failed = new Metric({
      namespace: this.#config.service.namespace,
      metricName: FAILED,
      dimensionsMap: { stage: this.#config.stage, function: name, version },
      statistic: Stats.SUM,
      period: MINUTE,
    });
    return new MathExpression({
      expression: `IF(asked >= ${MIN_REQUESTS}, 100 * SUM([FILL(failed, 0), FILL(crashed, 0)]) / asked, 0)`,
      usingMetrics: { asked: lambda('Invocations'), failed, crashed: lambda('Errors') },
      period: MINUTE,
      label: '% of requests failed',
    });
  }
}
