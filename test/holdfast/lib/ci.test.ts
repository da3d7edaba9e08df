import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { isAlive } from '../../../lib/holdfast/synthesis/is-alive.ts';
import { eventually } from '../support/eventually.ts';
import { run } from '../support/process.ts';

// What the script may use of the machine: whether that has a Spin must not matter here.
const TOOLS = 'awk bash cut date dirname env grep id mktemp rm seq setsid sh sleep tail timeout tr wc'.split(
  ' ',
);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-ci-'));
  await mkdir(join(folder, '.ci'));
  await cp(join(ROOT, '.ci/run'), join(folder, '.ci/run'));
  const scripts = { 'check:one': '', 'check:two': '', 'test:all': '', e2e: '' };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ scripts }));
  await program('apt-get', 'exit 100');
  for (const name of ['gcc', 'chromium']) await program(name, 'exit 0');
  const { stdout } = await promisify(execFile)('which', TOOLS);
  for (const path of stdout.trim().split('\n')) await symlink(path, join(folder, 'bin', basename(path)));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A program that stands in the way of the real one. */
async function program(name: string, script: string): Promise<void> {
  const path = join(folder, 'bin', name);
  await mkdir(join(folder, 'bin'), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
}

/** `.ci/run`, with an npm that does for each command what is said here, and else nothing. */
async function ci(npm: Readonly<Record<string, string>>) {
  const cases = Object.entries(npm).map(([command, script]) => `'${command}'*) ${script} ;;`);
  await program('npm', `case "$*" in\n${cases.join('\n')}\nesac`);
  const PATH = `${join(folder, 'bin')}:${dirname(process.execPath)}`;
  const running = run(join(folder, '.ci/run'), [], { cwd: folder, env: { PATH } });
  const code = await running.ended;
  return { code, lines: running.lines, last: running.lines.at(-1) };
}

const report = (passed: number, failed: number, broken = 0, testResults: object[] = []) => `
for word; do case "$word" in --outputFile=*) file="\${word#--outputFile=}" ;; esac; done
printf %s '${JSON.stringify({
  numPassedTests: passed,
  numFailedTests: failed,
  numRuntimeErrorTestSuites: broken,
  testResults,
})}' >"$file"
exit ${failed + broken > 0 ? 1 : 0}`;
const TESTS = 'run test:all';
const E2E = { 'run e2e': 'echo "5 0" >>"$HOLDFAST_COUNTS"' };

describe('.ci/run', () => {
  test('E13: sums up the checks, the tests and the deployment in its last line', async () => {
    const { code, last } = await ci({ [TESTS]: report(30, 0), ...E2E });

    expect({ code, last }).toEqual({ code: 0, last: '37 passed, 0 failed' });
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['a check', { 'run check:one': 'exit 1', [TESTS]: report(30, 0), ...E2E }, '36 passed, 1 failed'],
    ['a test', { [TESTS]: report(29, 1), ...E2E }, '36 passed, 1 failed'],
    ['a file that does not load', { [TESTS]: report(30, 0, 1), ...E2E }, '37 passed, 1 failed'],
    ['jest itself', { [TESTS]: 'exit 1', ...E2E }, '7 passed, 1 failed'],
    ['jest, of which no test has failed', { [TESTS]: `${report(30, 0)}1`, ...E2E }, '37 passed, 1 failed'],
    ['the deployment', { [TESTS]: report(30, 0), 'run e2e': 'exit 1' }, '32 passed, 1 failed'],
    ['the acceptance', { [TESTS]: report(30, 0), ...E2E, 'run accept': 'exit 1' }, '37 passed, 1 failed'],
    [
      'the acceptance, cut off after what it has counted',
      { [TESTS]: report(30, 0), ...E2E, 'run accept': 'echo "3 0" >>"$HOLDFAST_COUNTS"; exit 1' },
      '40 passed, 1 failed',
    ],
    ['the installation', { ci: 'exit 1' }, '0 passed, 1 failed'],
  ])('E13: fails for %s, and goes on where it can', async (_, npm, last) => {
    expect(await ci(npm)).toMatchObject({ code: 1, last });
  });

  test('names each failure, with the start of its message, right before the last line', async () => {
    const results = {
      name: join(folder, 'test/a.test.ts'),
      message: '',
      assertionResults: [
        { status: 'passed', fullName: 'holds', failureMessages: [] },
        { status: 'failed', fullName: 'a replay is equal', failureMessages: ['Expected 1\nReceived 2'] },
      ],
    };
    const failing = report(2, 1, 0, [results]);

    const { lines } = await ci({ 'run check:two': 'exit 1', [TESTS]: failing, ...E2E });

    expect(lines.slice(lines.indexOf('What failed:')).filter((line) => line !== '')).toEqual([
      'What failed:',
      '- npm run check:two',
      '- test/a.test.ts: a replay is equal',
      '    Expected 1',
      '    Received 2',
      '8 passed, 2 failed',
    ]);
  });

  test('E13: ends what was left, in whatever session, and nothing that it has not started', async () => {
    const bystander = run('sleep', ['300']);
    const left = join(folder, 'left');
    const leave = `setsid sleep 300 </dev/null >/dev/null 2>&1 & echo $! >'${left}'`;

    const { code } = await ci({ 'run check:one': leave, [TESTS]: report(30, 0), ...E2E });

    expect(code).toBe(0);
    await eventually(
      'what was left to be gone',
      async () => isAlive(Number(await readFile(left, 'utf8'))),
      (alive) => !alive,
    );
    expect(isAlive(bystander.child.pid ?? 0)).toBe(true);
    await bystander.end();
  });

  test('says in one line what it cannot install', async () => {
    const { lines } = await ci({ [TESTS]: report(1, 0), ...E2E });

    expect(lines.filter((line) => line.includes('spin'))).toEqual([
      'there is no spin and apt cannot install it; what needs spin is left out or fails',
    ]);
  });
});
