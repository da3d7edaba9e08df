import { METRIC_NAMESPACE } from '../core/metric-names.ts';
import { environment } from './environment.ts';

/**
 * Counts one, by a line of the log that CloudWatch makes a metric of: no call, and nothing to fail.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function count(name: string, properties: Readonly<Record<string, string>> = {}): void {
  const line = {
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        { Namespace: METRIC_NAMESPACE, Dimensions: [['stage']], Metrics: [{ Name: name, Unit: 'Count' }] },
      ],
    },
    stage: environment('STAGE'),
    [name]: 1,
    ...properties,
  };
  console.log(JSON.stringify(line));
}
