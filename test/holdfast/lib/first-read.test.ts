import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { firstRead } from '../../../lib/holdfast/cdk/bundles/first-read.ts';
import { allEntries } from '../../../lib/holdfast/cdk/bundles/function-entry.ts';
import { resourceId } from '../../../lib/holdfast/core/values/resource-id.ts';
import { partitionKeys, readAccess } from '../../../lib/holdfast/local/access/access-request.ts';
import { TABLE_TYPES } from '../../../lib/holdfast/local/dynamodb/tables.ts';
import { readFunctions } from '../../../lib/holdfast/local/functions/functions.ts';
import { stageConfig } from '../../../lib/holdfast/service/config.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';
import { synthesize } from '../../../lib/holdfast/synthesis/synthesize.ts';
import { policyEvaluation } from '../../../lib/holdfast/template/policy-evaluation.ts';
import { readRoles, roleIdOf } from '../../../lib/holdfast/template/roles.ts';
import { resolveResources } from '../../../lib/holdfast/template/template.ts';

const run = promisify(execFile);

// esbuild does not run inside jest's VM.
const BUILD = `
import { build } from 'esbuild';
const { bundleOptions } = await import('./lib/holdfast/cdk/bundles/bundle.ts');
const { allEntries } = await import('./lib/holdfast/cdk/bundles/function-entry.ts');
const { loadRegistry } = await import('./lib/holdfast/service/registry.ts');
const entries = allEntries(await loadRegistry()).filter(({ name }) => ['payouts-get', 'payouts-list', 'payouts-change-amount'].includes(name));
await build(bundleOptions(entries, { outdir: process.argv[1], mode: 'deploy', site: {} }));
`;

// As Lambda does: imports the bundle, and calls its handler with each line of the standard input.
const RUNTIME = `
import { createInterface } from 'node:readline';
const begun = performance.now();
const { handler } = await import(process.argv[1]);
console.error('ready ' + (performance.now() - begun));
for await (const line of createInterface({ input: process.stdin })) {
  const { statusCode } = await handler(JSON.parse(line), { getRemainingTimeInMillis: () => 15000, functionVersion: '1' });
  console.error('answered ' + statusCode);
}
process.exit();
`;

let outdir: string;
beforeAll(async () => {
  outdir = await mkdtemp(join(tmpdir(), 'holdfast-first-read-'));
  await run('node', ['--no-warnings', '--input-type=module', '--eval', BUILD, outdir], { cwd: ROOT });
});
afterAll(() => rm(outdir, { recursive: true, force: true }));

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** What stands for DynamoDB; it keeps what it is asked, and the connections that it is asked over. */
async function dynamodb(serve: (response: ServerResponse, asked: number) => void, reads = 2) {
  const asked: { readonly operation: string; readonly input: Readonly<Record<string, unknown>> }[] = [];
  const sockets: Socket[] = [];
  const { promise: answered, resolve: isAnswered, reject } = Promise.withResolvers<unknown>();
  const late = () =>
    reject(new Error(`DynamoDB was asked ${asked.length} times, and should have been ${reads}`));
  const limit = setTimeout(late, 30_000);
  const server = createServer(async (request, response) => {
    response.on('finish', () => (asked.length < reads ? undefined : isAnswered(undefined)));
    const body = (await request.toArray()).join('');
    const operation = String(request.headers['x-amz-target']).replace(/^.*\./, '');
    asked.push({ operation, input: JSON.parse(body) });
    serve(response, asked.length);
  }).on('connection', (socket) => sockets.push(socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  ends.push(() => {
    clearTimeout(limit);
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  // A machine that has much else to do takes longer for a first call than INIT waits: it is answered all the same.
  return { asked, sockets, url: `http://127.0.0.1:${port}`, answered };
}

const answer = (response: ServerResponse, status: number, body: object) =>
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));

const nothing = (response: ServerResponse) => answer(response, 200, {});

const LAMBDA = { AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand' };

/** A function that is ready, and the lines that it has written. */
async function started(url: string, { name = 'payouts-get', lambda = LAMBDA as object } = {}) {
  const env = {
    PATH: process.env.PATH,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_ENDPOINT_URL_DYNAMODB: url,
    RECORDS_TABLE: 'records',
    IDEMPOTENCY_TABLE: 'idempotency',
    ALLOW_ORIGIN: '*',
    DEFAULT_API_VERSION: '2026-11-01',
    POWERTOOLS_SERVICE_NAME: name,
    STAGE: 'production',
    ...lambda,
  };
  const child = spawn('node', ['--input-type=module', '--eval', RUNTIME, join(outdir, name, 'index.mjs')], {
    env,
  });
  ends.push(() => child.kill());
  const written: string[] = [];
  const lines = createInterface({ input: child.stdout }).on('line', (line) => written.push(line));
  const said = createInterface({ input: child.stderr })[Symbol.asyncIterator]();
  const [, readyMs] = /^ready (\S+)$/.exec(String((await said.next()).value)) ?? [];
  expect(Number(readyMs)).toBeGreaterThan(0);
  return {
    written,
    readyMs: Number(readyMs),
    /** Its next line of the log. */
    logged: async () => String((await once(lines, 'line'))[0]),
    async asked(): Promise<string> {
      const claims = { subject: 's', tenant: 'acme', scopes: 'payouts:*', expiresAt: '9999999999' };
      const event = {
        requestContext: { requestId: 'r', path: '/', authorizer: claims },
        resource: '/payouts/{payoutId}',
        path: '/payouts/po_1',
        httpMethod: 'GET',
        pathParameters: { payoutId: resourceId('po', 'acme', 'payouts', randomUUID()) },
        headers: {},
        body: null,
      };
      child.stdin.write(`${JSON.stringify(event)}\n`);
      return String((await said.next()).value);
    },
  };
}

describe('a function that Lambda makes ready', () => {
  test('has its connection before its first request, which makes none', async () => {
    const { asked, sockets, url, answered } = await dynamodb(nothing);
    const { asked: ask } = await started(url);
    await answered;

    expect(await ask()).toBe('answered 404');
    expect(asked.map(({ operation }) => operation)).toEqual(['GetItem', 'GetItem', 'GetItem']);
    expect(sockets).toHaveLength(1);
  });

  test.each([
    ['payouts-get', { TableName: 'records', Key: { pk: { S: 'payouts#' } } }],
    // It runs once for nobody besides, and what it runs for nobody reaches no table and no log.
    ['payouts-change-amount', { TableName: 'records', Key: { pk: { S: 'payouts#' } } }],
    [
      'payouts-list',
      {
        TableName: 'records',
        IndexName: 'by-time',
        Limit: 1,
        KeyConditionExpression: '#list = :list',
        ExpressionAttributeNames: { '#list': 'list' },
        ExpressionAttributeValues: { ':list': { S: 'payouts#' } },
      },
    ],
  ])(
    'reads what is not there, %s, and writes nothing: no item, no line of log, no metric',
    async (name, input) => {
      const { asked, url, answered } = await dynamodb(nothing);

      const { written } = await started(url, { name });
      await answered;

      const read = { operation: name === 'payouts-list' ? 'Query' : 'GetItem', input };
      expect(asked).toEqual([read, read]);
      expect(written).toEqual([]);
    },
  );

  test.each([
    ['refuses it', 400, 'com.amazon.coral.service#AccessDeniedException'],
    ['has no such table', 400, 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException'],
    ['fails', 500, 'com.amazonaws.dynamodb.v20120810#InternalServerError'],
  ])('says nothing where DynamoDB %s, and is ready', async (_, status, __type) => {
    const { url, answered } = await dynamodb(
      (response) => answer(response, status, { __type, message: 'no' }),
      status === 500 ? 3 : 1,
    );

    const { written, logged, asked: ask } = await started(url);
    await answered;

    expect(written).toEqual([]);
    // The first request meets the same, and its line of the log tells.
    const line = logged();
    expect(await ask()).toMatch(/^answered 50[03]$/);
    expect(await line).toContain(`"level":"ERROR","message":"failed"`);
  });

  test('is ready though nothing answers, sooner than a call itself would give up', async () => {
    const { sockets, url } = await dynamodb(() => undefined);

    const { written, readyMs } = await started(url);

    expect(readyMs).toBeGreaterThan(290);
    // A call that gives up closes its connection.
    expect(sockets.map(({ closed, readableEnded }) => [closed, readableEnded])).toEqual([[false, false]]);
    expect(written).toEqual([]);
  });

  test('answers its first request though its connection has died since', async () => {
    const { asked, sockets, url, answered } = await dynamodb((response, count) =>
      count === 3 ? response.socket?.destroy() : nothing(response),
    );
    const { asked: ask } = await started(url);
    await answered;

    expect(await ask()).toBe('answered 404');
    expect([asked.length, sockets.length]).toEqual([4, 2]);
  });

  test('reads nothing before it is asked where it is not Lambda that runs it', async () => {
    const { asked, sockets, url } = await dynamodb(nothing);

    const { asked: ask } = await started(url, { lambda: {} });

    expect([asked.length, sockets.length]).toEqual([0, 0]);
    expect(await ask()).toBe('answered 404');
  });
});

test('what each function reads first, its own role lets it read', async () => {
  const stage = 'production';
  const { stacks } = await synthesize({ stage });
  const roles = readRoles(stacks);
  const keys = partitionKeys(resolveResources(stacks, TABLE_TYPES));
  const needsOf = new Map(
    allEntries(await loadRegistry(), stageConfig(stage)).map(({ name, needs }) => [name, needs] as const),
  );

  const asked = readFunctions(stacks).flatMap(({ entry: { name }, resource: { properties } }) => {
    const needs = needsOf.get(name);
    const read = needs && firstRead(needs);
    if (read === undefined) return [];
    const environment = properties.Environment?.Variables ?? {};
    const input = runInNewContext(`(${read.input})`, { process: { env: environment } });
    const [request] = readAccess(`dynamodb:${read.name.replace('Command', '')}`, input, keys) ?? [];
    const { statements = [] } = roles.get(roleIdOf(properties.Role)) ?? {};
    return [[name, request && policyEvaluation(statements)(request), request?.leadingKeys?.length]];
  });

  expect(asked.length).toBeGreaterThan(10);
  expect(asked).toEqual(asked.map(([name]) => [name, 'allowed', 1]));
});

test('functions that answer requests from the table of resources read first, and those that nobody waits for do not', async () => {
  const entries = allEntries(await loadRegistry(), { status: true });

  const without = entries.filter(({ needs }) => firstRead(needs) === undefined).map(({ name }) => name);

  expect(entries.length - without.length).toBeGreaterThan(15);
  expect(without.filter((name) => !name.startsWith('partner-'))).toEqual([
    'authorizer',
    'problems',
    'docs',
    'operate',
    'dispatcher',
    'history',
    'history-refill',
    'sweep',
  ]);
});
