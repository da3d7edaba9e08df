import { Duration } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';

const MINUTE = Duration.minutes(1);

/** A write takes two calls of DynamoDB, and a cold start half a second; what takes longer for long is not well. */
const SLOW_MS = 2_000;

/** Sounds when clients are refused for reasons that are not theirs, or wait too long. */
export function watchApi(
  scope: Construct,
  { alarms, api }: { readonly alarms: Alarms; readonly api: RestApi },
): void {
  const stage = api.deploymentStage;
  alarms.whenAny(scope, {
    name: 'api-5xx',
    metric: stage.metricServerError({ period: MINUTE, statistic: Stats.SUM }),
    threshold: 5,
    periods: 3,
    remedy:
      'Clients get 5xx, and retry: look at the dashboard for the function that fails, then at its log by level ERROR; the request id of a problem is in every line',
  });
  alarms.whenAny(scope, {
    name: 'api-latency',
    metric: stage.metricLatency({ period: MINUTE, statistic: Stats.p(99) }),
    threshold: SLOW_MS,
    periods: 5,
    remedy:
      'One request in a hundred takes over two seconds: look in X-Ray for what is slow, and at the tables for throttles',
  });
}
