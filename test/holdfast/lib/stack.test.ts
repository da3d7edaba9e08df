import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loggedStacks } from '../../../lib/holdfast/cli/stack/logged-stacks.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';

const run = promisify(execFile);

// esbuild does not run inside jest's VM. Bundles every function as for a deployment.
const BUILD = `
import { build } from 'esbuild';
const { bundleOptions } = await import('./lib/holdfast/cdk/bundles/bundle.ts');
const { allEntries } = await import('./lib/holdfast/cdk/bundles/function-entry.ts');
const { loadRegistry } = await import('./lib/holdfast/service/registry.ts');
await build(bundleOptions(allEntries(await loadRegistry()), { outdir: process.argv[1], mode: 'deploy', site: {} }));
`;

// No gateway sends such an event: what is thrown is a fault of ours, and is logged as one.
const FAIL = `
const { handler } = await import(process.argv[1]);
await handler({}, { awsRequestId: 'r', functionVersion: '1', getRemainingTimeInMillis: () => 15000 });
`;

let folder: string;
/** What a deployed function has logged. */
let log: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-stack-test-'));
  await run('node', ['--no-warnings', '--input-type=module', '--eval', BUILD, folder], { cwd: ROOT });
  const env = {
    PATH: process.env.PATH,
    AWS_REGION: 'eu-central-1',
    RECORDS_TABLE: 'records',
    IDEMPOTENCY_TABLE: 'idempotency',
    ALLOW_ORIGIN: '*',
    DEFAULT_API_VERSION: '2026-11-01',
    POWERTOOLS_SERVICE_NAME: 'payouts-approve',
    STAGE: 'production',
  };
  const bundle = join(folder, 'payouts-approve/index.mjs');
  const { stdout, stderr } = await run('node', ['--input-type=module', '--eval', FAIL, bundle], { env });
  log = stdout + stderr;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the command prints of a text, and its exit status. */
async function told(text: string) {
  const file = join(folder, 'log.txt');
  await writeFile(file, text);
  const args = ['--no-warnings', 'lib/holdfast/cli/main.ts', 'stack', file];
  return run('node', args, { cwd: ROOT, env: { ...process.env, NODE_OPTIONS: '' } }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
      code,
      stdout,
      stderr,
    }),
  );
}

const BUNDLE = /payouts-approve\.[0-9a-f]{12}\.mjs/g;

describe('the stack that a deployed function logs', () => {
  test('names its bundle and no source, and leads to the very line that threw', async () => {
    expect(log).toMatch(BUNDLE);
    expect(log).not.toMatch(/http-request\.ts/);

    const { code, stdout, stderr } = await told(log);

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).not.toMatch(BUNDLE);
    const [, file = '', line] = /^ +at .*?\(?((?:lib|functions)\/\S+\.ts):(\d+):\d+/m.exec(stdout) ?? [];
    expect(file).toBe('lib/holdfast/runtime/http/http-request.ts');
    const source = (await readFile(join(ROOT, file), 'utf8')).split('\n');
    expect(source[Number(line) - 1]).toMatch(/requestContext/);
  });

  test('is not resolved by a checkout of another release, which says what to check out', async () => {
    const { code, stdout, stderr } = await told(log.replace(BUNDLE, 'payouts-approve.0123456789ab.mjs'));

    expect(code).toBe(1);
    expect(stdout).toMatch(/payouts-approve\.0123456789ab\.mjs:\d/);
    expect(stderr).toMatch(
      /^payouts-approve\.0123456789ab\.mjs is of another release: this checkout makes payouts-approve\.[0-9a-f]{12}\.mjs\ncheck out the commit that was deployed, run npm ci/,
    );
  });

  test('of a function that has gone since is told as such', async () => {
    const { code, stderr } = await told('at a (payouts-gone.0123456789ab.mjs:1:2)');

    expect([code, stderr.split('\n')[0]]).toEqual([
      1,
      'payouts-gone.0123456789ab.mjs is of a function that this checkout does not have',
    ]);
  });

  test('is missed where there is none, with what to give', async () => {
    const { code, stderr } = await told('{"level":"INFO","message":"answered"}\n');

    expect(code).toBe(2);
    expect(stderr).toMatch(
      /holds no frame of a deployed function, as .*give the line of the log that has the stack/,
    );
  });
});

const STACK = 'Error: no\n    at a (x.mjs:1:2)\n    at b (x.mjs:3:4)';
const LINE = JSON.stringify({ level: 'ERROR', error: { message: 'no', stack: STACK } });

test.each([
  ['a line of the log', LINE],
  ['a line with a time before it, among others', `{"level":"INFO"}\n2026-11-30T22:53:15Z req-1 ${LINE}\nEND`],
  ['JSON over several lines', JSON.stringify(JSON.parse(LINE), null, 2)],
  [
    'what Lambda logs of an error that nobody caught',
    JSON.stringify({ errorType: 'Error', stackTrace: STACK.split('\n') }),
  ],
  ['a stack by itself', STACK],
])('a stack is found in %s', (_, text) => {
  expect(loggedStacks(text, (each) => each.includes('x.mjs'))).toEqual([STACK]);
});

test('a stack is found in a line that is cut off', () => {
  const [found] = loggedStacks(LINE.slice(0, -2), (each) => each.includes('x.mjs'));

  expect(found?.split('\n').slice(1)).toEqual([
    '    at a (x.mjs:1:2)',
    expect.stringMatching(/^ {4}at b \(x\.mjs:3:4\)/),
  ]);
});
