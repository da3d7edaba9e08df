import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../lib/root.ts';
import { requireEmulator } from '../e2e/account.ts';
import { EMULATOR_PACKAGES } from '../e2e/packages.ts';
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
