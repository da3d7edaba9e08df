import { describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { Answer } from '../../../lib/holdfast/runtime/http/answer.ts';
import type { HttpRequest } from '../../../lib/holdfast/runtime/http/http-request.ts';
import { chunksWritten } from '../support/written.ts';

Object.assign(process.env, {
  STAGE: 'test',
  ALLOW_ORIGIN: '*',
  DEFAULT_API_VERSION: '2026-11-01',
  POWERTOOLS_SERVICE_NAME: 'payouts-approve',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
});

const { httpFunction } = await import('../../../lib/holdfast/runtime/http/http-function.ts');
const { tellOfDeprecation } = await import('../../../lib/holdfast/runtime/http/api-version.ts');
const { authenticate } = await import('../../../lib/holdfast/runtime/http/authenticate.ts');
const { count } = await import('../../../lib/holdfast/runtime/aws/metric.ts');
const { Problem } = await import('../../../lib/holdfast/core/problems/problem.ts');

const written = chunksWritten();

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly [{ readonly Name: string }];
}

/** Metrics in the embedded format: name, value, and the dimensions by which each is counted. */
const metrics = () =>
  written
    .filter((line) => line.startsWith('{"_aws":'))
    .map((line) => JSON.parse(line))
    .flatMap(({ _aws: { CloudWatchMetrics }, ...members }) =>
      (CloudWatchMetrics as Directive[]).map(({ Namespace, Dimensions, Metrics: [{ Name: name }] }) => {
        const by = Dimensions.map((set) => set.map((each) => `${each}=${members[each]}`).join());
        return { Namespace, name, value: members[name], by };
      }),
    );

const event = {
  requestContext: {
    requestId: 'r-1',
    extendedRequestId: 'JKJaXmPLvHcESHA=',
    requestTimeEpoch: Date.now() - 1_500,
    path: '/payouts',
  },
  resource: '/payouts',
  path: '/payouts',
  httpMethod: 'POST',
  headers: {},
} as unknown as APIGatewayProxyEvent;

const context = {
  getRemainingTimeInMillis: () => 10_000,
  awsRequestId: 'r-1',
  functionVersion: '7',
} as Context;

const answering = (answer: (request: HttpRequest) => Answer) =>
  httpFunction([], async (request) => answer(request))(event, context);

const written200 =
  (headers: Record<string, string> = {}) =>
  (request: HttpRequest): Answer => {
    Object.assign(request.logged, { key: 'k' });
    return { status: 200, headers, body: '{}' };
  };

// Lambda takes a line of JSON without level or time for INFO, and a stage that logs at WARN would have no metrics.
test('a metric passes whatever level a stage logs at: it says the highest, and its time as RFC 3339 has it', () => {
  count('Rejected');

  const { level, timestamp, _aws } = JSON.parse(written[0] ?? '');

  expect(level).toBe('FATAL');
  expect(timestamp).toBe(new Date(_aws.Timestamp).toISOString());
});

test('a metric is one line of the embedded format, over the stage and by what it is counted by', () => {
  count('Rejected', { by: { code: 'invalid-input' }, value: 2, operation: 'op_1' });

  expect(metrics()).toEqual([
    {
      Namespace: 'Holdfast',
      name: 'Rejected',
      value: 2,
      by: ['stage=test', 'stage=test,code=invalid-input'],
    },
  ]);
  expect(written).toHaveLength(1);
  expect(written[0]).toMatch(/"operation":"op_1".*\n$/);
});

test.each<[string, () => Promise<unknown>, object[]]>([
  ['a write', () => answering(written200()), [{ name: 'Accepted', by: ['stage=test'] }]],
  [
    'a replay',
    () => answering(written200({ 'Idempotent-Replayed': 'true' })),
    [{ name: 'Replayed', by: ['stage=test'] }],
  ],
  ['a read', () => answering(() => ({ status: 200, headers: {}, body: '{}' })), []],
  [
    'a conflict',
    () =>
      answering(() => {
        throw new Problem('version-mismatch');
      }),
    [{ name: 'Conflicted', by: ['stage=test'] }],
  ],
  [
    'a refusal',
    () =>
      answering(() => {
        throw new Problem('not-found');
      }),
    [{ name: 'Rejected', by: ['stage=test', 'stage=test,code=not-found'] }],
  ],
  [
    'a fault of ours',
    () =>
      answering(() => {
        throw new TypeError('undefined is no function');
      }),
    // B1: by the version too, since a release is judged by its own failures.
    [{ name: 'Failed', by: ['stage=test', 'stage=test,function=payouts-approve,version=7'] }],
  ],
])('%s is counted so', async (_, act, counted) => {
  await act();

  expect(metrics()).toMatchObject(counted);
  expect(metrics()).toHaveLength(counted.length);
});

test('B3: a write is timed from the gateway to its answer, beside its count; a read is not', async () => {
  await answering(written200());
  await answering(() => ({ status: 200, headers: {}, body: '{}' }));

  const lines = written.filter((line) => line.startsWith('{"_aws":')).map((line) => JSON.parse(line));
  expect(lines).toHaveLength(1);
  expect(lines[0]._aws.CloudWatchMetrics[0].Metrics).toEqual([
    { Name: 'Accepted', Unit: 'Count' },
    { Name: 'WriteLatency', Unit: 'Milliseconds' },
  ]);
  expect(lines[0].WriteLatency).toBeGreaterThanOrEqual(1_500);
  expect(lines[0].WriteLatency).toBeLessThan(20_000);
});

describe('who speaks which version', () => {
  const MAY = '2026-05-01';
  const claims = {
    subject: 'alice',
    tenant: 'acme',
    client: 'mobile-app',
    scopes: 'payouts:read',
    expiresAt: String(Math.floor(Date.now() / 1000) + 60),
  };
  const ask = (
    version: string | undefined,
    authorizer: object | null = claims,
    handle: () => Answer = () => ({ status: 200, headers: {}, body: '{}' }),
  ) =>
    httpFunction([tellOfDeprecation, authenticate('payouts:read')], async () => handle())(
      {
        ...event,
        requestContext: { ...event.requestContext, authorizer },
        headers: version === undefined ? {} : { 'api-version': version },
      } as unknown as APIGatewayProxyEvent,
      context,
    );
  const seen = () =>
    metrics()
      .filter(({ name }) => name === 'VersionRequests')
      .map(({ value, by }) => [value, ...by]);
  const of = (version: string, client = 'mobile-app') => [
    [1, `stage=test,apiVersion=${version}`, `stage=test,apiVersion=${version},client=${client}`],
  ];

  test('is counted by the version, and by the version and the client, in one line of each request', async () => {
    await ask(MAY);

    expect(seen()).toEqual(of(MAY));
    expect(written).toHaveLength(1);
  });

  test('is counted in one line with the answer or the refusal, each by its own dimensions', async () => {
    await ask(MAY, claims, () => {
      throw new Problem('not-found');
    });

    expect(metrics()).toMatchObject([
      { name: 'Rejected', value: 1, by: ['stage=test', 'stage=test,code=not-found'] },
      {
        name: 'VersionRequests',
        value: 1,
        by: [`stage=test,apiVersion=${MAY}`, `stage=test,apiVersion=${MAY},client=mobile-app`],
      },
    ]);
    expect(written).toHaveLength(1);
  });

  test('is counted in the version of the stage where a request names none', async () => {
    await ask(undefined);

    expect(seen()).toEqual(of('2026-11-01'));
  });

  test.each<[string, number, () => Promise<{ statusCode: number }>]>([
    ['for want of a scope', 403, () => ask(MAY, { ...claims, scopes: 'payouts:create' })],
    [
      'by a conflict',
      412,
      () =>
        ask(MAY, claims, () => {
          throw new Problem('version-mismatch');
        }),
    ],
    [
      'since its version has ended',
      400,
      () =>
        ask(MAY, claims, () => {
          throw new Problem('unknown-api-version');
        }),
    ],
    [
      'by a fault of ours',
      500,
      () =>
        ask(MAY, claims, () => {
          throw new TypeError('undefined is no function');
        }),
    ],
  ])('is counted where the request is refused %s', async (_, status, act) => {
    expect(await act()).toMatchObject({ statusCode: status });
    expect(seen()).toEqual(of(MAY));
  });

  test.each<[string, string, object | null]>([
    ['a version that somebody has made up', '2026-05-02', claims],
    ['a version that is no date', 'v2', claims],
    ['a version named like a member of every object', 'constructor', claims],
    ['a request that nobody has signed', MAY, null],
    ['a token that has expired', MAY, { ...claims, expiresAt: '1' }],
    ['an authorizer that names no client', MAY, { ...claims, client: undefined }],
  ])('makes no metric of %s', async (_, version, authorizer) => {
    await ask(version, authorizer);

    expect(seen()).toEqual([]);
  });
});
