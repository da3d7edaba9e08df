import service from '@service';
import { environment } from './environment.ts';
import { print } from './log.ts';

/**
 * Lambda takes a line without level or time for INFO, and drops it where the stage logs less: no metric, and every alarm
 * is quiet. What is at the highest level passes always.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
 */
const PASSES = { level: 'FATAL' };

/** How something is counted. */
export interface Count {
  /** Dimensions to count by besides the stage: each combination of their values is a metric of its own. */
  readonly by?: Readonly<Record<string, string>>;
  /** Which of these dimensions are counted by together. @default none of them, and all of them */
  readonly sets?: readonly (readonly string[])[];
  /** @default 1 */
  readonly value?: number;
  /** How long what is counted took, by the name of the metric that it is a value of. */
  readonly milliseconds?: Readonly<Record<string, number>>;
  /** What else the line says. */
  readonly [property: string]: unknown;
}

/** Counts one thing. @see countAll */
export const count = (name: string, counted: Count = {}): void => countAll({ [name]: counted });

/**
 * Counts over the stage, by one line of the log that CloudWatch makes metrics of: no call, and nothing to fail.
 * @param counts by the names of their metrics
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function countAll(counts: Readonly<Record<string, Count>>): void {
  const counted = Object.entries(counts);
  if (counted.length === 0) return;
  const now = new Date();
  print({
    _aws: { Timestamp: now.getTime(), CloudWatchMetrics: counted.map(directive) },
    ...PASSES,
    timestamp: now.toISOString(),
    stage: environment('STAGE'),
    ...Object.assign({}, ...counted.map(members)),
  });
}

const directive = ([name, { by = {}, sets = [[], Object.keys(by)], milliseconds = {} }]: [
  string,
  Count,
]) => ({
  Namespace: service.namespace,
  // A set that is there twice is counted once.
  Dimensions: [...new Map(sets.map((set) => [set.join(), ['stage', ...set]])).values()],
  Metrics: [
    { Name: name, Unit: 'Count' },
    ...Object.keys(milliseconds).map((Name) => ({ Name, Unit: 'Milliseconds' })),
  ],
});

const members = ([name, { by, sets: _, value = 1, milliseconds, ...properties }]: [string, Count]) => ({
  ...by,
  ...properties,
  ...milliseconds,
  [name]: value,
});
