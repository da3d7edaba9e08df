import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { stageUsage, UNLISTED, withUnlisted } from '../../../../lib/holdfast/cli/versions/stage-usage.ts';

const TODAY = '2026-11-30';
const MAY = '2026-05-01';

/** What CloudWatch keeps: requests, by version, client and day; those of a version under no client. */
const KEPT: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  [MAY]: { '2026-08-03': 2, '2026-11-29': 5 },
  [`${MAY} id-of-machine`]: { '2026-11-29': 3 },
  [`${MAY} mobile-app`]: { '2026-11-29': 2 },
};

interface Query {
  readonly Id: string;
  readonly MetricStat: { readonly Metric: { readonly Dimensions: readonly { Value: string }[] } };
}

interface Input {
  readonly NextToken?: string;
  readonly MetricDataQueries?: readonly Query[];
}

/** Outputs of the state stack, as CloudFormation answers. */
const STACK = `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>s</StackName><StackStatus>CREATE_COMPLETE</StackStatus><Outputs><member><OutputKey>Clients</OutputKey><OutputValue>{"machine":"id-of-machine"}</OutputValue></member></Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;

/** In pages, as CloudWatch answers and no emulator does: of one name, and of one metric. */
function answer(target: string, { NextToken, MetricDataQueries = [] }: Input): object {
  if (target.endsWith('.ListMetrics')) {
    const of = (client: string) => ({ Dimensions: [{ Name: 'client', Value: client }] });
    return NextToken === undefined
      ? { Metrics: [{ Dimensions: [{ Name: 'stage', Value: 'dev' }] }, of('mobile-app')], NextToken: 'more' }
      : { Metrics: [of('mobile-app')] };
  }
  const at = Number(NextToken ?? 0);
  const [query] = MetricDataQueries.slice(at);
  const [, version, client] = query?.MetricStat.Metric.Dimensions.map(({ Value }) => Value) ?? [];
  const days = KEPT[[version, client].filter((each) => each !== undefined).join(' ')] ?? {};
  return {
    MetricDataResults: [
      {
        Id: query?.Id,
        StatusCode: status,
        Timestamps: Object.keys(days).map((day) => Date.parse(day) / 1_000),
        Values: Object.values(days),
      },
    ],
    ...(at + 1 < MetricDataQueries.length && { NextToken: String(at + 1) }),
  };
}

let asked: { readonly headers: IncomingHttpHeaders; readonly input: Input }[];
let refused: boolean;
let status: string;
const server = createServer(async (request, response) => {
  const body = await text(request);
  const target = String(request.headers['x-amz-target'] ?? '');
  if (target === '') return void response.end(STACK);
  asked.push({ headers: request.headers, input: JSON.parse(body) });
  response.writeHead(refused ? 403 : 200).end(JSON.stringify(answer(target, JSON.parse(body))));
});

const before = { ...process.env };
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
  });
});
beforeEach(() => {
  asked = [];
  refused = false;
  status = 'Complete';
});
afterAll(() => {
  process.env = before;
  server.closeAllConnections();
  server.close();
});

const usage = () => stageUsage('dev', ['2026-11-01', MAY], TODAY, process.env);

test('what CloudWatch has counted is read page by page, and a client of the stage has its name', async () => {
  expect(await usage()).toEqual([
    { version: MAY, client: 'machine', day: '2026-11-29', requests: 3 },
    { version: MAY, client: 'mobile-app', day: '2026-11-29', requests: 2 },
    { version: MAY, client: UNLISTED, day: '2026-08-03', requests: 2 },
  ]);
});

test('CloudWatch is asked for 455 whole days, in the name of its own service', async () => {
  await usage();

  const { headers, input } = asked.at(-1) ?? {};
  expect(input).toMatchObject({
    StartTime: Date.parse('2025-09-02') / 1_000,
    EndTime: Date.parse('2026-12-01') / 1_000,
  });
  expect(headers?.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/monitoring\/aws4_request, SignedHeaders=content-type;host;/,
  );
});

test('a refusal names what must be allowed', async () => {
  refused = true;

  await expect(usage()).rejects.toThrow(
    /CloudWatch refused ListMetrics with 403: .*needs cloudwatch:ListMetrics$/,
  );
});

test('a metric that could not be read is not taken for one that nothing came to', async () => {
  status = 'InternalError';

  await expect(usage()).rejects.toThrow('could not tell the requests of version 2026-11-01');
});

test('who is counted under no name that is known keeps a version in use all the same', () => {
  const all = { version: MAY, client: '', day: '2026-08-03', requests: 5 };

  expect(withUnlisted([all, { ...all, client: 'a', requests: 5 }])).toEqual([
    { ...all, client: 'a', requests: 5 },
  ]);
  expect(withUnlisted([all, { ...all, client: 'a', requests: 3 }])).toEqual([
    { ...all, client: 'a', requests: 3 },
    { ...all, client: UNLISTED, requests: 2 },
  ]);
});
