import { Duration, Stack } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { FAILED, METRIC_NAMESPACE } from '../../functions/core/metric-names.ts';
import type { StageConfig } from '../config.ts';
import type { Alarms } from './alarms.ts';

/**
 * Moves each alias to its new version by CodeDeploy: a tenth of the requests for five minutes, then all. A version that
 * fails in that time is taken back, and the deployment with it.
 */
export class Canary extends Construct {
  readonly #application: LambdaApplication;
  readonly #role: Role;
  readonly #stage: string;
  readonly #alarms: Alarms;

  constructor(
    scope: Construct,
    id: string,
    { config, alarms }: { readonly config: StageConfig; readonly alarms: Alarms },
  ) {
    super(scope, id);
    this.#stage = config.stage;
    this.#alarms = alarms;
    this.#application = new LambdaApplication(this, 'Application', {
      applicationName: `holdfast-${config.stage}`,
    });
    this.#role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('codedeploy.amazonaws.com') });
  }

  /** Takes a release of this alias back when it crashes, or answers what only a fault of ours explains. */
  watch(alias: Alias, name: string): void {
    const period = Duration.minutes(1);
    const failed = new Metric({
      namespace: METRIC_NAMESPACE,
      metricName: FAILED,
      dimensionsMap: { stage: this.#stage, function: name },
      statistic: 'Sum',
      period,
    });
    const crashed = alias.metricErrors({ period, statistic: 'Sum' });
    const alarm = this.#alarms.whenAny(Stack.of(alias), {
      name: `${name}-fails`,
      metric: new MathExpression({
        expression: 'FILL(failed, 0) + FILL(crashed, 0)',
        usingMetrics: { failed, crashed },
        period,
        label: 'failures',
      }),
      remedy: `${name} crashes or answers 5xx by its own fault: a release under way is taken back; filter its log by level ERROR`,
    });
    new LambdaDeploymentGroup(alias, 'Release', {
      application: this.#application,
      role: this.#role,
      alias,
      deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
      alarms: [alarm],
    });
  }
}
