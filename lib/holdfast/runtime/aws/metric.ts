import service from '@service';
import { environment } from './environment.ts';

/**
 * Lambda takes a line without level or time for INFO, and drops it where the stage logs less: no metric, and every alarm
 * is quiet. What is at the highest level passes always.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
 */
const PASSES = { level: 'FATAL' };

/**
 * Counts over the stage, by a line of the log that CloudWatch makes a metric of: no call, and nothing to fail. It is
 * written to the stream itself, since Lambda would wrap what goes through the console, and CloudWatch read it no more.
 * @param by dimensions to count by besides: each combination of their values is a metric of its own
 * @param sets which of these dimensions are counted by together. @default none of them, and all of them
 * @param milliseconds how long what is counted took, by the name of the metric that it is a value of
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function count(
  name: string,
  {
    by = {},
    sets = [[], Object.keys(by)],
    value = 1,
    milliseconds = {},
    ...properties
  }: {
    readonly by?: Readonly<Record<string, string>>;
    readonly sets?: readonly (readonly string[])[];
    readonly value?: number;
    readonly milliseconds?: Readonly<Record<string, number>>;
    readonly [property: string]: unknown;
  } = {},
): void {
  const now = new Date();
  const line = {
    _aws: {
      Timestamp: now.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: service.namespace,
          // A set that is there twice is counted once.
          Dimensions: [...new Map(sets.map((set) => [set.join(), ['stage', ...set]])).values()],
          Metrics: [
            { Name: name, Unit: 'Count' },
            ...Object.keys(milliseconds).map((Name) => ({ Name, Unit: 'Milliseconds' })),
          ],
        },
      ],
    },
    ...PASSES,
    timestamp: now.toISOString(),
    stage: environment('STAGE'),
    ...by,
    ...properties,
    ...milliseconds,
    [name]: value,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
