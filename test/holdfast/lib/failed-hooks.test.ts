import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { type Copy, copyRepository } from '../support/copy.ts';
import { eventually } from '../support/eventually.ts';
import { run } from '../support/process.ts';

/** For a run of one file whose hook fails at once; a loaded machine takes a quarter of it. */
const BOUND_MS = 120_000;

let copy: Copy;
beforeAll(async () => {
  copy = await copyRepository(['test', 'jest.config.js']);
});
afterAll(() => copy?.remove());

const hook = (failure: string) => `
import { beforeAll, test } from '@jest/globals';
import { startPlane } from '../support/plane.ts';
import { run } from '../support/process.ts';
import { startWire } from '../support/wire.ts';

beforeAll(async () => {
  run('sleep', ['600']);
  await startWire();
  await startPlane();
  ${failure}
}, 20_000);
test('is never run', () => undefined);
`;

/** What runs under this name: each process that was started has its temporary folder in its environment or its arguments. */
async function processesOf(folder: string): Promise<readonly string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const told = await Promise.all(
    ids.map(async (id) => {
      const texts = await Promise.all(
        ['environ', 'cmdline'].map((file) => readFile(`/proc/${id}/${file}`, 'utf8').catch(() => '')),
      );
      return texts.some((text) => text.includes(folder)) ? [texts[1]?.replaceAll('\0', ' ') ?? id] : [];
    }),
  );
  return told.flat();
}

describe('E13: a hook that fails half-way', () => {
  test.each([
    ['by an error', "throw new Error('half-way');"],
    ['by never ending', 'await new Promise(() => undefined);'],
    ['by the death of its worker', "process.kill(process.pid, 'SIGKILL');"],
  ])('%s fails the run, which ends, with no process left', async (_, failure) => {
    await copy.write('test/holdfast/wire/planted.test.ts', hook(failure));
    const temporary = await mkdtemp(join(tmpdir(), 'holdfast-hooks-'));
    const start = Date.now();

    const jest = run(
      process.execPath,
      ['node_modules/jest/bin/jest.js', '--ci', 'test/holdfast/wire/planted.test.ts'],
      {
        cwd: copy.root,
        env: {
          NODE_OPTIONS: '--experimental-vm-modules --no-warnings',
          TMPDIR: temporary,
          PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}`,
        },
      },
    );
    const code = await jest.ended;
    const took = Date.now() - start;
    const left = await eventually(
      'no process of the run to be left',
      () => processesOf(temporary),
      (processes) => processes.length === 0,
    );

    expect({ code, output: jest.lines }).toMatchObject({ code: 1 });
    expect(jest.lines.join('\n')).toMatch(/Test Suites: 1 failed, 1 total/);
    expect(took).toBeLessThan(BOUND_MS);
    expect(left).toEqual([]);
    await rm(temporary, { recursive: true });
  });
});
