import { evaluateMetricMath, type Series } from './metric-math.ts';
import { ofType, type Resource, type Resources } from './templates.ts';

/** A metric of CloudWatch by namespace, name and dimensions, as one text. */
export const metricKey = (
  namespace: string,
  name: string,
  dimensions: Readonly<Record<string, string>>,
): string =>
  JSON.stringify([namespace, name, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);

/** What CloudWatch has been told, and when: a datum of a minute is seen when it has arrived. */
export class Metrics {
  readonly #data = new Map<
    string,
    { readonly minute: number; readonly value: number; readonly seenAt: number }[]
  >();

  add(key: string, minute: number, value: number, seenAt: number): void {
    this.#data.set(key, [...(this.#data.get(key) ?? []), { minute, value, seenAt }]);
  }

  /** Sums by the minute, of what has arrived by now. */
  sums(key: string, minutes: readonly number[], now: number): Series {
    const sums = new Map<number, number>();
    for (const { minute, value, seenAt } of this.#data.get(key) ?? [])
      if (seenAt <= now && minutes.includes(minute)) sums.set(minute, (sums.get(minute) ?? 0) + value);
    return sums;
  }
}

interface MetricStat {
  readonly Metric: {
    readonly Namespace: string;
    readonly MetricName: string;
    readonly Dimensions: readonly { readonly Name: string; readonly Value: unknown }[];
  };
  readonly Period: number;
  readonly Stat: string;
}

/** As much of an alarm as decides its state. */
export interface AlarmProperties {
  readonly AlarmName: unknown;
  readonly Metrics: readonly {
    readonly Id: string;
    readonly Expression?: string;
    readonly MetricStat?: MetricStat;
  }[];
  readonly Threshold: number;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
}

/** A function as its template releases it: its alarm, the group that CodeDeploy moves it by, and its alias. */
export interface ReleasedFunction {
  readonly functionName: string;
  readonly alarm: AlarmProperties;
  /** Whether the alias is changed after the group, and the group after the alarm. */
  readonly inOrder: boolean;
}

/** Reads it off the synthesized template. */
export function releasedFunction(resources: Resources, name: string): ReleasedFunction {
  const find = (type: string, word: string): readonly [string, Resource] =>
    ofType(resources, type).find(([, each]) => JSON.stringify(each).includes(word)) ??
    notFound(`${type} that names ${word}`);
  const [alarmId, alarm] = find('AWS::CloudWatch::Alarm', `${name}-fails`);
  const [groupId] = find('AWS::CodeDeploy::DeploymentGroup', `"${alarmId}"`);
  const [, alias] = find('AWS::Lambda::Alias', `"${groupId}"`);
  const { DependsOn = [], Properties } = alias as Resource & { readonly DependsOn?: string | string[] };
  return {
    functionName: String((Properties.FunctionName as { readonly Ref: string }).Ref),
    alarm: alarm.Properties as unknown as AlarmProperties,
    inOrder: [DependsOn].flat().includes(groupId),
  };
}

const notFound = (what: string): never => {
  throw new Error(`the template has no ${what}`);
};

/** Values of the template for one version of the function. */
function at(version: number, value: unknown): string {
  if (typeof value === 'string') return value;
  const {
    Ref: ref,
    'Fn::GetAtt': attribute,
    'Fn::Join': join,
  } = value as {
    readonly Ref?: string;
    readonly 'Fn::GetAtt'?: readonly string[];
    readonly 'Fn::Join'?: readonly [string, readonly unknown[]];
  };
  if (ref !== undefined) return ref;
  if (attribute?.[1] === 'Version') return String(version);
  if (join !== undefined) return join[1].map((part) => at(version, part)).join(join[0]);
  throw new Error(`the model does not know ${JSON.stringify(value)}`);
}

type State = 'INSUFFICIENT_DATA' | 'OK' | 'ALARM';

/** How a deployment ended, and after how many minutes. */
export interface Release {
  readonly outcome: 'deployed' | 'rolled back' | 'refused at once';
  readonly minutes: number;
}

/** CodeDeploy's CodeDeployDefault.LambdaCanary10Percent5Minutes. */
const CANARY_MINUTES = 5;
export const CANARY_SHARE = 0.1;

/**
 * CloudFormation, CodeDeploy and CloudWatch, as far as a release depends on them: an alarm that is made has no state; one
 * that is changed under its name keeps its state until it is evaluated; a deployment does not begin, or is rolled back,
 * while its alarm is red. The newest minute that an alarm sees is the one that has just ended.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-create-alarms.html
 */
export class ReleaseModel {
  readonly metrics = new Metrics();
  readonly #released: ReleasedFunction;
  readonly #fillsUnknown: boolean;
  readonly #alarms = new Map<string, State>();
  /** The versions that the alias sends requests to, and their shares. */
  readonly #weights = new Map<number, number>();
  #now = 0;

  constructor(released: ReleasedFunction, fillsUnknown: boolean) {
    this.#released = released;
    this.#fillsUnknown = fillsUnknown;
  }

  /**
   * Lets a minute pass.
   * @param traffic tells the metrics what became of the requests of the minute
   */
  minute(traffic: (minute: number, weights: ReadonlyMap<number, number>) => void, live: number): void {
    traffic(this.#now, this.#weights.size > 0 ? this.#weights : new Map([[live, 1]]));
    this.#now++;
    const name = this.#alarmName(live);
    this.#alarms.set(name, this.#evaluate(live));
  }

  /** Releases a version in place of another. The alarm of the version that is replaced goes when all is done. */
  release(
    from: number,
    to: number,
    traffic: (minute: number, weights: ReadonlyMap<number, number>) => void,
  ): Release {
    const name = this.#alarmName(to);
    if (!this.#alarms.has(name)) this.#alarms.set(name, 'INSUFFICIENT_DATA');
    if (this.#alarms.get(name) === 'ALARM') return { outcome: 'refused at once', minutes: 0 };
    this.#weights.set(from, 1 - CANARY_SHARE).set(to, CANARY_SHARE);
    for (let minutes = 1; minutes <= CANARY_MINUTES; minutes++) {
      traffic(this.#now, this.#weights);
      this.#now++;
      // What is seen as the canary ends comes too late.
      if (minutes === CANARY_MINUTES) break;
      this.#alarms.set(name, this.#evaluate(to));
      if (this.#alarms.get(name) === 'ALARM') {
        this.#weights.clear();
        return { outcome: 'rolled back', minutes };
      }
    }
    this.#weights.clear();
    if (name !== this.#alarmName(from)) this.#alarms.delete(this.#alarmName(from));
    return { outcome: 'deployed', minutes: CANARY_MINUTES };
  }

  /** State of the alarm of a version. */
  alarm(version: number): State | undefined {
    return this.#alarms.get(this.#alarmName(version));
  }

  #alarmName(version: number): string {
    return at(version, this.#released.alarm.AlarmName);
  }

  #evaluate(version: number): State {
    const {
      Metrics,
      Threshold,
      EvaluationPeriods,
      DatapointsToAlarm = EvaluationPeriods,
    } = this.#released.alarm;
    const minutes = Array.from({ length: EvaluationPeriods }, (_, i) => this.#now - EvaluationPeriods + i);
    const metrics: Record<string, Series> = {};
    for (const { Id, MetricStat } of Metrics) {
      if (MetricStat === undefined) continue;
      const { Namespace, MetricName, Dimensions } = MetricStat.Metric;
      const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, at(version, Value)]));
      metrics[Id] = this.metrics.sums(metricKey(Namespace, MetricName, dimensions), minutes, this.#now);
    }
    const expression = Metrics.find(({ Expression }) => Expression !== undefined)?.Expression ?? '';
    const series = evaluateMetricMath(expression, { metrics, minutes, fillsUnknown: this.#fillsUnknown });
    // What has no data does not breach.
    const breaching = minutes.filter((minute) => (series.get(minute) ?? Threshold) > Threshold);
    return breaching.length >= DatapointsToAlarm ? 'ALARM' : 'OK';
  }
}
