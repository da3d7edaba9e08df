import { Duration } from 'aws-cdk-lib';
import { type Alarm, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import {
  BREAKER_OPENED,
  CONTRADICTED,
  NEEDS_ATTENTION,
  OVERDUE,
  UNVISITED,
} from '../../core/metric-names.ts';
import type { Alarms } from './alarms.ts';

const MINUTE = Duration.minutes(1);

/**
 * Sounds when operations do not come along by themselves.
 * @returns the alarm that hears the sweep's silence
 */
export function watchOperations(scope: Construct, alarms: Alarms): Alarm {
  alarms.whenAny(scope, {
    name: 'needs-attention',
    metric: alarms.counted(NEEDS_ATTENTION),
    remedy:
      'An operation needs a person: npm run operation -- show ID tells what happened, POST /operations/ID/resolve ends it',
  });
  const overdue = alarms.whenAny(scope, {
    name: 'overdue',
    metric: alarms.counted(OVERDUE),
    periods: 10,
    // The sweep counts every minute, none as well: its silence is what else would be heard last.
    missing: 'bad',
    remedy:
      'Operations are past their time for ten minutes, or the sweep that visits them says nothing: look into its log, whether its rule is enabled, and whether Step Functions throttles',
  });
  alarms.whenAny(scope, {
    name: 'unvisited',
    metric: alarms.counted(UNVISITED),
    remedy:
      'The sweep could not visit an operation and has put it behind the others: its log names each with the reason; where a definition is gone, put its file back',
  });
  alarms.whenAny(scope, {
    name: 'contradicted',
    metric: alarms.counted(CONTRADICTED),
    remedy:
      'A partner told two final outcomes of one command, of which the first stands: the history of the operation in the log has both; ask the partner which is true, and set it right with it',
  });
  alarms.whenAny(scope, {
    name: 'breaker-open',
    metric: alarms.counted(BREAKER_OPENED),
    remedy:
      'A partner failed so often that it is left alone for a while; operations wait and go on by themselves: the log of its consumer names it, ask it when it will be back',
  });
  return overdue;
}

/**
 * Sounds when an execution ends otherwise than by its definition, or is throttled in most minutes. An execution that is
 * stopped by hand is nobody's fault.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
 */
export function watchExecutions(
  scope: Construct,
  alarms: Alarms,
  operation: string,
  stateMachineArn: string,
): void {
  const metric = (metricName: string) =>
    new Metric({
      namespace: 'AWS/States',
      metricName,
      // Written out: an alarm that names the state machine itself would be made after it.
      dimensionsMap: { StateMachineArn: stateMachineArn },
      period: MINUTE,
      statistic: Stats.SUM,
    });
  alarms.whenAny(scope, {
    name: `${operation}-executions-fail`,
    metric: new MathExpression({
      expression: 'SUM([FILL(failed, 0), FILL(timedOut, 0)])',
      usingMetrics: { failed: metric('ExecutionsFailed'), timedOut: metric('ExecutionsTimedOut') },
      period: MINUTE,
      label: 'failed or timed out',
    }),
    periods: 5,
    datapoints: 1,
    remedy: `An execution of ${operation} failed: its cause is in the log of the state machine; the sweep hands the operation to a person, whom npm run operation -- show ID tells what happened`,
  });
  alarms.whenAny(scope, {
    name: `${operation}-executions-throttled`,
    metric: metric('ExecutionThrottled'),
    periods: 5,
    datapoints: 3,
    remedy: `Step Functions throttles ${operation}, which goes on by itself and later: ask for a higher quota of state transitions, or start fewer operations at once`,
  });
}
