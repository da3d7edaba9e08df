import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import {
  type AlarmProperties,
  metricKey,
  type ReleasedFunction,
  ReleaseModel,
  releasedFunction,
} from '../support/release-model.ts';
import { synthesizeStage } from '../support/templates.ts';

/** The issuer has no keys: whatever a stranger sends is not signed by one of them. */
const issuer: Server = createServer((_, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"keys":[]}');
});
await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
afterAll(() => {
  issuer.closeAllConnections();
  issuer.close();
});

Object.assign(process.env, {
  STAGE: 'production',
  ALLOW_ORIGIN: '*',
  DEFAULT_API_VERSION: '2026-11-01',
  POWERTOOLS_SERVICE_NAME: 'payouts-approve',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  TOKEN_RULES: JSON.stringify({
    issuer: 'https://issuer.example',
    audience: 'holdfast',
    jwksUri: `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/`,
    claims: { tenant: 'tenant', subject: 'sub', scopes: 'scope' },
  }),
});
const { httpFunction } = await import('../../lib/holdfast/runtime/http/http-function.ts');
const { handler: authorizer } = await import(
  '../../lib/holdfast/runtime/entries/service/authorizer-entry.ts'
);
const { Problem } = await import('../../lib/holdfast/core/problems/problem.ts');

let approve: ReleasedFunction;
let authorize: ReleasedFunction;
beforeAll(async () => {
  const { service } = await synthesizeStage('production');
  approve = releasedFunction(service, 'payouts-approve');
  authorize = releasedFunction(service, 'authorizer');
}, 60_000);

/** What a request comes to: the function's own code answers it. */
type Outcome = 'answered' | 'refused' | 'faulty' | 'crashed' | 'bad token';

/** What one invocation tells CloudWatch: the lines that the function's own code writes, and whether Lambda calls it an error. */
async function told(
  outcome: Outcome,
  version: number,
): Promise<{ readonly keys: readonly string[]; readonly errors: number }> {
  const lines: string[] = [];
  const spy = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    lines.push(String(chunk));
    return true;
  });
  try {
    await act(outcome, {
      functionVersion: String(version),
      getRemainingTimeInMillis: () => 10_000,
    } as Context);
    return { keys: lines.filter((line) => line.startsWith('{"_aws"')).flatMap(keysOf), errors: 0 };
  } catch {
    return { keys: [], errors: 1 };
  } finally {
    spy.mockRestore();
  }
}

const event = {
  requestContext: { requestId: 'r', path: '/payouts', requestTimeEpoch: Date.now() },
  resource: '/payouts',
  path: '/payouts',
  httpMethod: 'POST',
  headers: {},
} as unknown as APIGatewayProxyEvent;

async function act(outcome: Outcome, context: Context): Promise<unknown> {
  if (outcome === 'bad token') {
    const methodArn = 'arn:aws:execute-api:eu-central-1:123456789012:a1b2c3/production/GET/payouts';
    return authorizer({ type: 'TOKEN', methodArn, authorizationToken: 'Bearer x.y.z' });
  }
  if (outcome === 'crashed') throw new Error('Runtime exited');
  const handle = httpFunction([], async () => {
    if (outcome === 'refused') throw new Problem('invalid-input');
    if (outcome === 'faulty') throw new TypeError('undefined is no function');
    return { status: 200, headers: {}, body: '{}' };
  });
  return handle(event, context);
}

/** Each metric that a line of the embedded format is a value of. */
function keysOf(line: string): string[] {
  const { _aws, ...members } = JSON.parse(line);
  return _aws.CloudWatchMetrics.flatMap(
    ({
      Namespace,
      Dimensions,
      Metrics,
    }: {
      Namespace: string;
      Dimensions: string[][];
      Metrics: { Name: string }[];
    }) =>
      Dimensions.flatMap((names) =>
        Metrics.map(({ Name }) =>
          metricKey(Namespace, Name, Object.fromEntries(names.map((name) => [name, String(members[name])]))),
        ),
      ),
  );
}

/** What a version's requests come to, as shares of them. */
type Behaviour = Readonly<Partial<Record<Outcome, number>>>;

interface Scenario {
  readonly requestsAMinute: number;
  /** By version. */
  readonly behaviour: Readonly<Record<number, Behaviour>>;
  /** Minutes after its own that a metric made of log lines arrives. @default 0 */
  readonly late?: number;
}

/** Traffic that tells the model's metrics what Lambda and the function's own lines would. */
async function traffic(model: ReleaseModel, { functionName }: ReleasedFunction, scenario: Scenario) {
  const { requestsAMinute, behaviour, late = 0 } = scenario;
  const what = new Map<string, Awaited<ReturnType<typeof told>>>();
  for (const [version, shares] of Object.entries(behaviour))
    for (const outcome of Object.keys(shares) as Outcome[])
      what.set(`${version} ${outcome}`, await told(outcome, Number(version)));
  const tell = (minute: number, version: number, outcome: string, count: number) => {
    const { keys, errors } = what.get(`${version} ${outcome}`) ?? { keys: [], errors: 0 };
    for (const key of keys) model.metrics.add(key, minute, count, minute + 1 + late);
    for (const dimensions of dimensionsOf(functionName, version)) {
      model.metrics.add(metricKey('AWS/Lambda', 'Invocations', dimensions), minute, count, minute + 1);
      model.metrics.add(metricKey('AWS/Lambda', 'Errors', dimensions), minute, count * errors, minute + 1);
    }
  };
  return (minute: number, weights: ReadonlyMap<number, number>) => {
    for (const [version, weight] of weights)
      for (const [outcome, share] of Object.entries(behaviour[version] ?? {})) {
        const count = Math.round(requestsAMinute * weight * share);
        if (count > 0) tell(minute, version, outcome, count);
      }
  };
}

/** What Lambda counts a call of an alias by. @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html */
const dimensionsOf = (FunctionName: string, version: number) => {
  const Resource = `${FunctionName}:live`;
  return [
    { FunctionName },
    { FunctionName, Resource },
    { FunctionName, Resource, ExecutedVersion: String(version) },
  ];
};

/** A version has been live for ten minutes; the next one is released. AWS does not say what FILL makes of no data at all. */
async function release(released: ReleasedFunction, scenario: Scenario) {
  const results = [];
  for (const fillsUnknown of [true, false]) {
    const model = new ReleaseModel(released, fillsUnknown);
    const sent = await traffic(model, released, scenario);
    for (let minute = 0; minute < 10; minute++) model.minute(sent, 1);
    results.push({ model, sent, ...model.release(1, 2, sent) });
  }
  return results;
}

const outcomes = (results: Awaited<ReturnType<typeof release>>) => results.map(({ outcome }) => outcome);

const well: Behaviour = { answered: 1 };

describe('a release', () => {
  test('changes the alias when its alarm and its group watch the new version', () => {
    expect([approve.inOrder, authorize.inOrder]).toEqual([true, true]);
  });

  test.each<[string, Scenario]>([
    ['answers nothing but faults of ours', { requestsAMinute: 60, behaviour: { 1: well, 2: { faulty: 1 } } }],
    ['crashes', { requestsAMinute: 60, behaviour: { 1: well, 2: { crashed: 1 } } }],
    [
      'fails one request in ten, some by a crash',
      { requestsAMinute: 600, behaviour: { 1: well, 2: { answered: 0.9, faulty: 0.05, crashed: 0.05 } } },
    ],
    [
      'fails three requests a minute, all that it gets',
      { requestsAMinute: 30, behaviour: { 1: well, 2: { faulty: 1 } } },
    ],
    [
      'fails while the version before it fails as well',
      { requestsAMinute: 60, behaviour: { 1: { faulty: 1 }, 2: { faulty: 1 } } },
    ],
    [
      'fails among many requests that are refused',
      { requestsAMinute: 600, behaviour: { 1: { refused: 1 }, 2: { refused: 0.8, faulty: 0.2 } } },
    ],
  ])('B1: of a version that %s is taken back within the canary', async (_, scenario) => {
    const results = await release(approve, scenario);

    expect(outcomes(results)).toEqual(['rolled back', 'rolled back']);
    expect(Math.max(...results.map(({ minutes }) => minutes))).toBeLessThanOrEqual(4);
  });

  test.each([1, 2])(
    'B2: of a bad version is taken back though its faults are counted %d minutes late',
    async (late) => {
      const results = await release(approve, {
        requestsAMinute: 60,
        late,
        behaviour: { 1: well, 2: { faulty: 1 } },
      });

      expect(outcomes(results)).toEqual(['rolled back', 'rolled back']);
    },
  );

  test.each<[string, Scenario]>([
    [
      'the old version answers nothing but faults',
      { requestsAMinute: 60, behaviour: { 1: { faulty: 1 }, 2: well } },
    ],
    ['the old version crashes', { requestsAMinute: 60, behaviour: { 1: { crashed: 1 }, 2: well } }],
    [
      'one request in fifty fails in both',
      {
        requestsAMinute: 3_000,
        behaviour: { 1: { answered: 0.98, faulty: 0.02 }, 2: { answered: 0.98, faulty: 0.02 } },
      },
    ],
    ['nobody asks', { requestsAMinute: 0, behaviour: { 1: well, 2: well } }],
    [
      'a client floods it with bad input',
      { requestsAMinute: 6_000, behaviour: { 1: { refused: 1 }, 2: { refused: 1 } } },
    ],
    [
      'a single request a minute reaches it, and fails',
      { requestsAMinute: 10, behaviour: { 1: well, 2: { faulty: 1 } } },
    ],
  ])('B1: of a good version comes through though %s', async (_, scenario) => {
    expect(outcomes(await release(approve, scenario))).toEqual(['deployed', 'deployed']);
  });

  test('A2: of the authorizer comes through though strangers send a thousand bad tokens a minute', async () => {
    const results = await release(authorize, {
      requestsAMinute: 1_000,
      behaviour: { 1: { 'bad token': 1 }, 2: { 'bad token': 1 } },
    });

    expect(outcomes(results)).toEqual(['deployed', 'deployed']);
    expect(results.map(({ model }) => model.alarm(2))).toEqual(['OK', 'OK']);
  });

  test('A4: that was taken back is mended, and its successor comes through at once', async () => {
    for (const { model } of await release(approve, {
      requestsAMinute: 60,
      behaviour: { 1: well, 2: { faulty: 1 } },
    })) {
      const sent = await traffic(model, approve, { requestsAMinute: 60, behaviour: { 1: well, 3: well } });

      expect(model.release(1, 3, sent).outcome).toBe('deployed');
    }
  });

  test('B2: that has come through late fails loudly, and the alarm is quiet when the failures are over', async () => {
    const results = await release(approve, {
      requestsAMinute: 60,
      late: 4,
      behaviour: { 1: well, 2: { faulty: 1 } },
    });

    for (const { model, sent, outcome } of results) {
      expect(outcome).toBe('deployed');
      for (let minute = 0; minute < 5; minute++) model.minute(sent, 2);
      expect(model.alarm(2)).toBe('ALARM');
      for (let minute = 0; minute < 15; minute++) model.minute(() => undefined, 2);
      expect(model.alarm(2)).toBe('OK');
    }
  });

  /** The alarm as it was: both versions together, any failure, the newest minute, one name. */
  const asItWas = ({ alarm, ...released }: ReleasedFunction): ReleasedFunction => {
    const metric = (
      Id: string,
      Namespace: string,
      MetricName: string,
      dimensions: Record<string, string>,
    ) => ({
      Id,
      MetricStat: {
        Metric: {
          Namespace,
          MetricName,
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        },
        Period: 60,
        Stat: 'Sum',
      },
    });
    const FunctionName = released.functionName;
    const old: AlarmProperties = {
      ...alarm,
      AlarmName: 'holdfast-production-fails',
      Metrics: [
        { Id: 'expr_1', Expression: 'FILL(failed, 0) + FILL(crashed, 0)' },
        metric('failed', 'Holdfast', 'Failed', { stage: 'production' }),
        metric('crashed', 'AWS/Lambda', 'Errors', { FunctionName, Resource: `${FunctionName}:live` }),
      ],
      Threshold: 0,
      EvaluationPeriods: 1,
      DatapointsToAlarm: 1,
    };
    return { ...released, alarm: old };
  };

  test('is judged by the model, which finds fault with the alarm as it was', async () => {
    const old = asItWas(approve);

    const [mended] = await release(old, { requestsAMinute: 60, behaviour: { 1: { crashed: 1 }, 2: well } });
    const [hiccup] = await release(old, {
      requestsAMinute: 3_000,
      behaviour: { 1: { answered: 0.999, faulty: 0.001 }, 2: well },
    });
    const [blind] = await release(old, {
      requestsAMinute: 60,
      late: 1,
      behaviour: { 1: well, 2: { faulty: 1 } },
    });

    expect([mended?.outcome, hiccup?.outcome, blind?.outcome]).toEqual([
      'refused at once',
      'refused at once',
      'deployed',
    ]);
  });
});
