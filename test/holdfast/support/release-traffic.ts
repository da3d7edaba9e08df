import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, jest } from '@jest/globals';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { metricKey, type ReleasedFunction, ReleaseModel } from './release-model.ts';

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
const { httpFunction } = await import('../../../lib/holdfast/runtime/http/http-function.ts');
const { handler: authorizer } = await import(
  '../../../lib/holdfast/runtime/entries/service/authorizer-entry.ts'
);
const { Problem } = await import('../../../lib/holdfast/core/problems/problem.ts');

/** What a request comes to: the function's own code answers it. */
export type Outcome = 'answered' | 'refused' | 'faulty' | 'crashed' | 'bad token';

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
export type Behaviour = Readonly<Partial<Record<Outcome, number>>>;

export interface Scenario {
  readonly requestsAMinute: number;
  /** By version. */
  readonly behaviour: Readonly<Record<number, Behaviour>>;
  /** Minutes after its own that a metric made of log lines arrives. @default 0 */
  readonly late?: number;
}

/** Traffic that tells the model's metrics what Lambda and the function's own lines would. */
export async function traffic(model: ReleaseModel, { functionName }: ReleasedFunction, scenario: Scenario) {
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
export async function release(released: ReleasedFunction, scenario: Scenario) {
  const results = [];
  for (const fillsUnknown of [true, false]) {
    const model = new ReleaseModel(released, fillsUnknown);
    const sent = await traffic(model, released, scenario);
    for (let minute = 0; minute < 10; minute++) model.minute(sent, 1);
    results.push({ model, sent, ...model.release(1, 2, sent) });
  }
  return results;
}

export const outcomes = (results: Awaited<ReturnType<typeof release>>) =>
  results.map(({ outcome }) => outcome);

export const well: Behaviour = { answered: 1 };
