import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { APIGatewayAuthorizerResult, APIGatewayProxyResult } from 'aws-lambda';
import { FunctionPool } from '../../../../lib/holdfast/local/functions/function-pool.ts';
import { mintToken } from '../../../../lib/holdfast/local/issuer.ts';
import { type LocalCloud, startLocalCloud } from '../../../../lib/holdfast/local/local-cloud.ts';
import { relay } from '../../../../lib/holdfast/sam/relay.ts';
import { type SamProject, writeSamProject } from '../../../../lib/holdfast/sam/sam-project.ts';
import { draft, freshKey } from '../../support/client.ts';

interface SamFunction {
  readonly Type: string;
  readonly Properties: {
    readonly Code: string;
    readonly Handler: string;
    readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
  };
}

let folder: string;
let cloud: LocalCloud;
let project: SamProject;
let functions: readonly (readonly [string, SamFunction['Properties']])[];
let variables: Readonly<Record<string, Readonly<Record<string, string>>>>;
let pool: FunctionPool;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-sam-'));
  cloud = await startLocalCloud(
    { port: 0, functions: {}, concurrency: 2, startedByNpm: false },
    () => undefined,
  );
  const { stacks, awsUrl } = cloud;
  project = await writeSamProject({ stacks, site: {}, awsUrl, host: '127.0.0.1', folder });
  const { Resources } = JSON.parse(await readFile(project.template, 'utf8')) as {
    Resources: Record<string, SamFunction>;
  };
  functions = Object.entries(Resources)
    .filter(([, { Type }]) => Type === 'AWS::Lambda::Function')
    .map(([id, { Properties }]) => [id, Properties]);
  variables = JSON.parse(await readFile(project.environment, 'utf8'));
  pool = new FunctionPool(1, () => undefined);
  // What SAM starts: the bundle, and of the variables those that the template names.
  pool.update(
    functions.map(([name, { Code, Environment }]) => ({
      name,
      arn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
      file: join(Code, 'index.mjs'),
      timeoutMs: 15_000,
      memoryMb: 512,
      environment: Object.fromEntries(
        Object.keys(Environment.Variables).map((key) => [key, variables[name]?.[key] ?? '']),
      ),
    })),
  );
});
afterAll(async () => {
  await pool?.end();
  await cloud?.close();
  await rm(folder, { recursive: true, force: true });
});

const idOf = (pattern: RegExp): string => functions.find(([id]) => pattern.test(id))?.[0] ?? '';

// aws-sam-cli 1.170: RequestContext and ApiGatewayLambdaEvent in samcli/local/events/api_event.py, filled in by
// samcli/local/apigw/event_constructor.py. `path` of the context is the route's, and `requestId` is one for all.
const samEvent = (token: string, authorizer: object) => {
  const headers = {
    Host: '127.0.0.1:3000',
    Authorization: `Bearer ${token}`,
    'Content-Type': 'application/json',
    'Idempotency-Key': freshKey(),
    'X-Forwarded-Proto': 'http',
    'X-Forwarded-Port': '3000',
  };
  return {
    httpMethod: 'POST',
    body: JSON.stringify(draft()),
    resource: '/payouts',
    requestContext: {
      resourceId: '123456',
      apiId: '1234567890',
      resourcePath: '/payouts',
      httpMethod: 'POST',
      requestId: '0b4f1f2c-8a5e-4f0e-9d2b-5f1c0e6f7a11',
      accountId: '123456789012',
      stage: 'local',
      identity: {
        apiKey: null,
        userArn: null,
        cognitoAuthenticationType: null,
        caller: null,
        userAgent: 'Custom User Agent String',
        user: null,
        cognitoIdentityPoolId: null,
        cognitoAuthenticationProvider: null,
        sourceIp: '127.0.0.1',
        accountId: null,
      },
      extendedRequestId: null,
      path: '/payouts',
      protocol: 'HTTP/1.1',
      domainName: '127.0.0.1:3000',
      requestTimeEpoch: 1795602205000,
      requestTime: '25/Nov/2026:10:23:25 +0000',
      authorizer,
    },
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    pathParameters: null,
    stageVariables: null,
    path: '/payouts',
    isBase64Encoded: false,
  };
};

const invoke = async <T>(name: string, event: object): Promise<T> =>
  JSON.parse(await pool.invoke(name, JSON.stringify(event)));

describe('what SAM serves', () => {
  test('is every function, with a value for every variable that it has', () => {
    const missing = functions.flatMap(([id, { Environment }]) =>
      Object.keys(Environment.Variables).filter((name) => variables[id]?.[name] === undefined),
    );

    expect(functions.length).toBeGreaterThan(20);
    expect(Object.keys(variables).sort()).toEqual(functions.map(([id]) => id).sort());
    expect(missing).toEqual([]);
    expect(project.ports.length).toBeGreaterThanOrEqual(3);
    expect(Object.values(variables).every((each) => each.AWS_ENDPOINT_URL === cloud.awsUrl)).toBe(true);
    expect(project.mark).toBe(`AWS_ENDPOINT_URL=${cloud.awsUrl}`);
  });

  test('has nothing left to resolve, since SAM resolves little', async () => {
    const template = await readFile(project.template, 'utf8');

    expect(template).not.toMatch(/"(Ref|Fn::\w+)"/);
  });

  test('answers the events that SAM makes, authorizer first', async () => {
    const token = await mintToken({ tenant: 'acme', subject: 'alice', scopes: 'payouts:*' });

    const { context, principalId } = await invoke<APIGatewayAuthorizerResult>(idOf(/^authorizerFunction/), {
      type: 'TOKEN',
      authorizationToken: `Bearer ${token}`,
      methodArn: 'arn:aws:execute-api:us-east-1:123456789012:1234567890/local/POST/payouts',
    });
    const created = await invoke<APIGatewayProxyResult>(
      idOf(/^payoutscreateFunction/),
      samEvent(token, { ...context, principalId }),
    );

    expect(created.statusCode).toBe(201);
    expect(JSON.parse(created.body)).toMatchObject({ state: 'draft', createdBy: 'alice' });
  });
});

describe('a relay', () => {
  test('serves a port of 127.0.0.1 on another address of the machine, until it is ended', async () => {
    const address = process.platform === 'linux' ? '127.0.0.2' : '[::1]';
    const { port } = new URL(cloud.url);
    const end = await relay(address.replace(/[[\]]/g, ''), Number(port));

    const answer = await fetch(`http://${address}:${port}/health`, { headers: { Connection: 'close' } });
    end?.();
    const after = await fetch(`http://${address}:${port}/health`).then(
      () => 'served',
      () => 'refused',
    );

    expect(answer.status).toBe(200);
    expect(after).toBe('refused');
  });

  test('G1: finds out by listening that an address is none of the machine', async () => {
    // TEST-NET-1 (RFC 5737), which no machine has.
    const ended = await relay('192.0.2.1', 8080);

    expect(ended).toBeUndefined();
  });
});
