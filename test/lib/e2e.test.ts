import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../lib/root.ts';
import { requireEmulator } from '../e2e/account.ts';
import { EMULATOR_PACKAGES } from '../e2e/packages.ts';
import { type KnownFailure, runDifferingSuite } from '../e2e/suite.ts';
import { type Command, CommandError } from '../support/command.ts';
import { run } from '../support/process.ts';
import { pythonEnvironment } from '../support/python.ts';

const closing: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** An endpoint that says whose account it is; it answers nothing else. */
const endpointOf = async (account: string): Promise<string> => {
  const server = createServer((_, response) => {
    response.end(`<GetCallerIdentityResponse><Account>${account}</Account></GetCallerIdentityResponse>`);
  });
  closing.push(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** All that a run says that ends by itself. */
const e2e = async (args: readonly string[], env: Record<string, string> = {}) => {
  const running = run(process.execPath, ['--no-warnings', 'test/e2e/run.ts', ...args], { cwd: ROOT, env });
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

    expect(refused.said).toMatch(/^--base-url is 'https:\/\/api\.example\.com\/dev'.*add --token-command/);
    expect(refused.code).toBe(1);
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
