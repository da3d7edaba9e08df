import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { clientScopes } from '../../../lib/holdfast/cdk/api/identity.ts';
import { stageConfig } from '../../../lib/holdfast/service/config.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { loadRegistry, scopesOf } from '../../../lib/holdfast/service/registry.ts';
import { requireEmulator } from '../e2e/account.ts';
import { ofDefinitions } from '../e2e/one-token-skips.ts';
import { EMULATOR_PACKAGES } from '../e2e/packages.ts';
import { type KnownFailure, runDifferingSuite } from '../e2e/suite.ts';
import { type TokenOptions, tokensFor } from '../e2e/tokens.ts';
import { type Command, CommandError } from '../support/command.ts';
import { run } from '../support/process.ts';
import { pythonEnvironment } from '../support/python.ts';

const closing: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** An endpoint that gives this answer, and no other. */
const answering = async (answer: string): Promise<string> => {
  const server = createServer((_, response) => response.end(answer));
  closing.push(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const endpointOf = (account: string) =>
  answering(`<GetCallerIdentityResponse><Account>${account}</Account></GetCallerIdentityResponse>`);

/** All that a run says that ends by itself. */
const e2e = async (args: readonly string[], env: Record<string, string> = {}) => {
  const running = run(process.execPath, ['--no-warnings', 'test/holdfast/e2e/run.ts', ...args], {
    cwd: ROOT,
    env,
  });
  await new Promise((resolve) => running.child.once('close', resolve));
  return { code: running.child.exitCode, said: running.lines.join('\n') };
};

describe('npm run e2e deploys to an emulator of its own, and refuses', () => {
  test('an account that someone has', async () => {
    const endpoint = await endpointOf('123456789012');

    const deployed = requireEmulator(endpoint);

    await expect(deployed).rejects.toThrow(`the account at ${endpoint} is 123456789012`);
  });

  test('an account that nobody names', async () => {
    const endpoint = await endpointOf('');

    const deployed = requireEmulator(endpoint);

    await expect(deployed).rejects.toThrow('npm run e2e deploys to 000000000000 alone');
  });

  test.each([
    'https://cloudformation.eu-west-1.amazonaws.com',
    'http://10.0.0.1:4566',
    'http://127.0.0.1.example.com',
    'localhost:4566',
    '',
  ])('the endpoint %j, without a request', async (endpoint) => {
    const deployed = requireEmulator(endpoint);

    await expect(deployed).rejects.toThrow(`endpoint is '${endpoint}'`);
  });

  test('to start when the environment names an endpoint beyond this machine', async () => {
    const refused = await e2e([], { AWS_ENDPOINT_URL_S3: 'https://s3.eu-west-1.amazonaws.com' });

    expect(refused.said).toMatch(/^AWS_ENDPOINT_URL_S3 is 'https:.*tests a deployment with --base-url$/);
    expect(refused.code).toBe(1);
  });

  test('to test a deployment whose tokens nobody can make', async () => {
    const refused = await e2e(['--base-url', 'https://api.example.com/dev']);

    expect(refused.said).toMatch(
      /^--base-url is 'https:\/\/api\.example\.com\/dev'.*add --stage STAGE .* or --token-command "COMMAND", which prints .* or --token TOKEN, one that holds payouts:\* and operations:\*/,
    );
    expect(refused.code).toBe(1);
  });

  test('tokens for the deployment that it makes itself', async () => {
    const refused = await e2e(['--token', 'x.y.z']);

    expect(refused.said).toMatch(/^tokens are for a deployment that is there; add --stage STAGE/);
    expect(refused.code).toBe(2);
  });
});

describe('the tests of a deployment have a token', () => {
  const url = 'https://a1.execute-api.eu-west-1.amazonaws.com/dev';
  const nothing = { url, token: undefined, tokenCommand: undefined, stage: undefined, client: undefined };
  const tokens = (given: Partial<TokenOptions>, printed = '') =>
    tokensFor(
      { ...nothing, ...given },
      async () => printed,
      () => undefined,
    );
  const jwt = (claims: object) =>
    `${[{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.c2ln`;
  const ofPool = (...scopes: string[]) =>
    jwt({
      token_use: 'access',
      client_id: 'c1',
      scope: scopes.map((scope) => `holdfast/${scope}`).join(' '),
    });

  test('that is used for every request, so tests that need another are skipped by name', async () => {
    const token = ofPool('payouts:*', 'operations:*');

    const given = [await tokens({ token }), await tokens({ tokenCommand: 'print' }, `${token}\n`)];

    for (const { tokenCommand, skipped } of given) {
      expect(tokenCommand).toBe(`echo ${token} #`);
      expect(skipped.map(({ names }) => names.source)).toContain('^(payouts\\.approve|payouts\\.disburse) ');
    }
  });

  test('each of its own, where a command makes them as it is asked to', async () => {
    const own = jwt({ sub: 'one', tenant: 'one' });

    expect(await tokens({ tokenCommand: 'print' }, own)).toEqual({ tokenCommand: 'print', skipped: [] });
  });

  test('of the local issuer, where the service is on this machine', async () => {
    expect(await tokens({ url: 'http://127.0.0.1:1' })).toEqual({ skipped: [] });
  });

  test('that may write: a client that only reads is refused with the setting that is missing', async () => {
    await expect(tokens({ token: ofPool('payouts:read', 'operations:*') })).rejects.toThrow(
      "the client of the token may not do payouts:*, which the contract suite needs; state scopes: 'all' for a client of the stage",
    );
  });

  test('of the team’s own issuer, where the stage has no pool: it says what such a token is to hold', async () => {
    await expect(tokens({ stage: 'emulated' })).rejects.toThrow(
      /^tokens for stage emulated are those of urn:holdfast:local; get one there\ngive --token-command .*--token TOKEN, one that holds payouts:\* and operations:\*/,
    );
  });

  test('that is a JWT: whatever a shell would read otherwise is refused', async () => {
    await expect(tokens({ token: 'x; rm -rf /' })).rejects.toThrow('--token is no JWT');
  });

  test('of stage dev as it comes: its client may do all that the suite does', async () => {
    const { userPool } = stageConfig('dev');
    const all = scopesOf(await loadRegistry());
    const [machine] = Object.entries(userPool?.clients ?? {});

    const scopes = clientScopes('machine', machine?.[1] ?? { tenant: '' }, all);

    expect(scopes).toEqual(expect.arrayContaining(['payouts:*', 'operations:*']));
    await expect(tokens({ token: ofPool(...scopes) })).resolves.toBeDefined();
  });
});

describe('a test that needs more than one token', () => {
  const registry = loadRegistry();
  const sources = async (only: (action: string) => boolean, by: Record<string, string>) => {
    const [payouts] = (await registry).resources;
    if (payouts === undefined) throw new Error('there is no resource');
    const actions = payouts.actions.filter(({ definition }) => only(definition.name));
    const examples = new Map(Object.entries(by).map(([name, subject]) => [name, { input: {}, by: subject }]));
    const skipped = ofDefinitions({ ...(await registry), resources: [{ ...payouts, actions }] }, examples);
    return skipped.map(({ names }) => names.source);
  };

  test('is known by who sends each action, and by the states that nobody else leads to', async () => {
    expect(await sources(() => true, { 'payouts.approve': 'bob' })).toEqual([
      String.raw`(payouts\.create), sent six times at once`,
      String.raw`operation of (payouts\.disburse) is followed`,
      String.raw`^(payouts\.approve|payouts\.disburse) `,
      " (in|from) '(approved|paid)'",
    ]);
  });

  test('is none of those that a service without other people and operations has not', async () => {
    expect(await sources((name) => ['create', 'submit', 'cancel'].includes(name), {})).toEqual([
      String.raw`(payouts\.create), sent six times at once`,
    ]);
  });
});

describe('a base URL that API Gateway has made', () => {
  const url = 'https://a1.execute-api.eu-west-1.amazonaws.com/dev';
  const tried = async (outputs: string) =>
    e2e(['--base-url', url], {
      AWS_ENDPOINT_URL: await answering(
        `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>s</StackName><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${outputs}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
      ),
      AWS_ACCESS_KEY_ID: 'nobody',
      AWS_SECRET_ACCESS_KEY: 'nothing',
    });
  const output = (value: string) =>
    `<member><OutputKey>ApiUrl</OutputKey><OutputValue>${value}</OutputValue></member>`;

  test('is that of a stage, whose pool is asked for the token, and it says so before', async () => {
    const { said } = await tried(output(`${url}/`));

    expect(said).toMatch(/one token of the first client of stage dev, from its user pool; nothing is made/);
    expect(said).toContain("stage dev has no client ''");
  });

  test('is refused where the stage of that name is elsewhere, with the region that was asked', async () => {
    const { code, said } = await tried(output('https://b2.execute-api.eu-west-1.amazonaws.com/dev/'));

    expect(said).toContain(
      `--base-url is '${url}', and stage dev is at https://b2.execute-api.eu-west-1.amazonaws.com/dev/ in eu-west-1 for the credentials that are used; check AWS_PROFILE`,
    );
    expect(code).toBe(1);
  });
});

test('without Python, npm run e2e says in one line how to get it', async () => {
  const command: Command = async (file) => {
    throw new CommandError(`spawn ${file} ENOENT`);
  };

  const made = pythonEnvironment(command, EMULATOR_PACKAGES);

  await expect(made).rejects.toThrow(
    /^npm run e2e needs Python 3\.10 or newer with venv.*apt install python3 python3-venv.*$/,
  );
});

describe('G4: a suite with known failures', () => {
  const passed = { fullName: 'b', status: 'passed', failureMessages: [] };
  const failed = { fullName: 'a', status: 'failed', failureMessages: ['Received: \u001b[31m502\u001b[39m'] };

  /** Runs it where jest reports these results. */
  const suite = async (results: readonly object[], known: readonly KnownFailure[]) => {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-suite-'));
    closing.push(() => rm(folder, { recursive: true, force: true }));
    const command: Command = async () => {
      await writeFile(
        join(folder, 'contract.json'),
        JSON.stringify({ testResults: [{ assertionResults: results }] }),
      );
      throw new CommandError('jest ended with code 1');
    };
    return runDifferingSuite({ command, service: { url: 'http://127.0.0.1:1' }, folder }, known);
  };

  test('holds when exactly those fail, as they are known to', async () => {
    expect(await suite([failed, passed], [{ name: 'a', shows: /Received: 502/ }])).toBe(1);
  });

  test.each([
    ['that is not known', [failed, passed], [], 'fails, and is not known to: a'],
    [
      'that no longer occurs',
      [{ ...failed, status: 'passed' }],
      [{ name: 'a', shows: /502/ }],
      'is known to fail, and did not: a',
    ],
    ['that shows something else', [failed], [{ name: 'a', shows: /401/ }], 'fails, and shows no /401/: a'],
  ])('fails by one %s', async (_, results, known, message) => {
    await expect(suite(results, known)).rejects.toThrow(message);
  });
});
