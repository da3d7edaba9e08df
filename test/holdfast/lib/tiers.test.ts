import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from '@jest/globals';
import { checksOf } from '../../../lib/holdfast/cli/check.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';

const run = promisify(execFile);

/** Files that jest runs, as it is called by a script of package.json. */
async function listed(script: string): Promise<readonly string[]> {
  const env = { ...process.env, PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}` };
  const { stdout } = await run('sh', ['-c', `${script} --listTests --json`], { cwd: ROOT, env });
  return (JSON.parse(stdout) as string[]).sort();
}

let scripts: Record<string, string>;
let files: readonly string[];
beforeAll(async () => {
  ({ scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')));
  files = (await readdir(join(ROOT, 'test'), { recursive: true }))
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join(ROOT, 'test', file))
    .sort();
});

test('E13: npm run test:all runs every test file that there is', async () => {
  expect(await listed(scripts['test:all'] ?? '')).toEqual(files);
});

test('E13: every test file is in exactly one tier', async () => {
  const { default: config } = await import(join(ROOT, 'jest.config.js'));
  const names = (config.projects as { displayName: string }[]).map(({ displayName }) => displayName);

  const tiers = await Promise.all(
    names.map((name) => listed(`${scripts['test:all']} --selectProjects ${name}`)),
  );

  expect(tiers.flat().sort()).toEqual(files);
});

test('what is begun first, since it takes longest, is there', async () => {
  const longest: string[] = JSON.parse(
    await readFile(join(ROOT, 'test/holdfast/longest-first.json'), 'utf8'),
  );

  expect(longest.filter((file) => !files.includes(join(ROOT, file)))).toEqual([]);
});

test('what takes longest is begun first, however small its file is', async () => {
  const { default: config } = await import(join(ROOT, 'jest.config.js'));
  const { default: Sequencer } = await import(config.testSequencer.replace('<rootDir>', ROOT));
  const files = ['test/holdfast/wire/faults', 'test/holdfast/operations/many', 'test/crash'];
  const [large, many, crash] = files.map((name, i) => ({
    path: join(ROOT, `${name}.test.ts`),
    context: {
      config: { rootDir: ROOT, cacheDirectory: ROOT, id: 'x' },
      hasteFS: { getSize: () => files.length - i },
    },
  }));

  const sorted = await new Sequencer({ contexts: [], globalConfig: {} }).sort([large, many, crash]);

  expect(sorted).toEqual([crash, many, large]);
});

test('npm run check is every check there is, each of which .ci/run counts', () => {
  const parts = Object.keys(scripts).filter((name) => name.startsWith('check:'));

  expect(checksOf(scripts)).toEqual(parts);
  expect(scripts.check).toBe('node --no-warnings lib/holdfast/cli/main.ts check');
});

test('E13: npm test runs the tiers that need no copy of the repository and no second deployment', async () => {
  const fast = await listed(`${scripts['test:all']} --selectProjects unit contract`);

  expect(await listed(scripts.test ?? '')).toEqual(fast);
});

test('E13: no test of npm test copies the repository or starts a cloud of its own', async () => {
  const fast = await listed(scripts.test ?? '');

  const texts = await Promise.all(fast.map(async (file) => [file, await readFile(file, 'utf8')] as const));

  const starts = /from '[./]+\/support\/(copy|operations|plane|service|wire)\.ts'/;
  expect(texts.flatMap(([file, text]) => (starts.test(text) ? [file] : []))).toEqual([]);
});
