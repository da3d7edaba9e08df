import { METRIC_NAMESPACE } from '../core/metric-names.ts';
import { environment } from './environment.ts';

/**
 * Counts over the stage, by a line of the log that CloudWatch makes a metric of: no call, and nothing to fail. It is
 * written to the stream itself, since Lambda would wrap what goes through the console, and CloudWatch read it no more.
 * @param by one more dimension to count by, each value of which is a metric of its own
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function count(
  name: string,
  {
    by = {},
    value = 1,
    ...properties
  }: {
    readonly by?: Readonly<Record<string, string>>;
    readonly value?: number;
    readonly [property: string]: unknown;
  } = {},
): void {
  const line = {
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: METRIC_NAMESPACE,
          Dimensions: [['stage'], ...Object.keys(by).map((dimension) => ['stage', dimension])],
          Metrics: [{ Name: name, Unit: 'Count' }],
        },
      ],
    },
    stage: environment('STAGE'),
    ...by,
    ...properties,
    [name]: value,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
