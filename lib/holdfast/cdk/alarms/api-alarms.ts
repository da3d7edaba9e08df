import { Duration } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { WRITE_LATENCY } from '../../core/metric-names.ts';
import type { Alarms } from './alarms.ts';

const MINUTE = Duration.minutes(1);

/** A write takes two calls of DynamoDB, and a cold start half a second; what takes longer for long is not well. */
const SLOW_MS = 2_000;

/** Sounds when clients are refused for reasons that are not theirs, or wait too long for a write. */
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
    name: 'write-latency',
    // Of writes alone: a client that follows an operation is answered after as many seconds as it asks for, so that the
    // stage's own latency is high whenever somebody waits.
    metric: alarms.counted(WRITE_LATENCY).with({ statistic: Stats.p(99) }),
    threshold: SLOW_MS,
    periods: 5,
    remedy:
      'One write in a hundred takes over two seconds: a trace in X-Ray tells which call is slow; for a call of DynamoDB, look at SuccessfulRequestLatency and ThrottledRequests of its table',
  });
}
