import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { type Copy, copyRepository } from '../support/copy.ts';

const run = promisify(execFile);

const FOLDER = 'lib/holdfast/capabilities';

const NAMES = readdirSync(join(ROOT, FOLDER));

// What a service is deployed as: every bundle, and every template. Each has to be the same, to the byte.
const DEPLOYED = `
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
const at = (path) => import(process.cwd() + '/lib/holdfast/' + path);
const { synthesize } = await at('synthesis/synthesize.ts');
const { bundleOptions } = await at('cdk/bundles/bundle.ts');
const { allEntries } = await at('cdk/bundles/function-entry.ts');
const { loadRegistry } = await at('service/registry.ts');
const hash = (text) => createHash('sha256').update(text).digest('hex');
const outdir = await mkdtemp(join(tmpdir(), 'holdfast-capabilities-'));
const entries = allEntries(await loadRegistry());
await build(bundleOptions(entries, { outdir, mode: 'deploy', site: {} }));
const bundles = await Promise.all(
  entries.map(async ({ name }) => [name, hash(await readFile(join(outdir, name, 'index.mjs')))]),
);
await rm(outdir, { recursive: true });
const { stacks } = await synthesize({ stage: 'production' });
console.log(JSON.stringify({
  bundles,
  templates: stacks.map(({ name, template }) => [name, hash(JSON.stringify(template))]),
}));
`;

const deployedFrom = async (cwd: string): Promise<unknown> => {
  const args = ['--no-warnings', '--input-type=module', '--eval', DEPLOYED];
  const { stdout } = await run('node', args, { cwd, maxBuffer: 2 ** 26 });
  return JSON.parse(stdout);
};

/** What the compiler finds, in its own words. */
const faultsIn = (cwd: string): Promise<string> =>
  run('tsc', ['--singleThreaded'], { cwd }).then(
    () => '',
    ({ stdout }: { readonly stdout: string }) => stdout,
  );

/** Deletes a capability as its page says: its folder, its tests, and its entry in package.json; and who uses it. */
async function withoutIt(root: string, name: string): Promise<void> {
  for (const path of [
    `${FOLDER}/${name}`,
    `test/holdfast/capabilities/${name}`,
    `test/holdfast/types/${name}.ts`,
    // A service that uses every capability.
    'test/holdfast/orders',
    'test/holdfast/wire/orders.test.ts',
  ])
    await rm(join(root, path), { recursive: true });
  // What of it needs the local cloud, where something does.
  await rm(join(root, `test/holdfast/wire/${name}.test.ts`), { force: true });
  const file = join(root, 'package.json');
  const { exports, ...rest } = JSON.parse(await readFile(file, 'utf8'));
  const { [`./${name}`]: entry, ...others } = exports;
  expect(entry).toBe(`./${FOLDER}/${name}/index.ts`);
  await writeFile(file, JSON.stringify({ ...rest, exports: others }));
}

describe.each(NAMES)('the capability %s', (name) => {
  let copy: Copy;
  beforeAll(async () => {
    copy = await copyRepository(['test', 'jest.config.js']);
    await withoutIt(copy.root, name);
  });
  afterAll(() => copy.remove());

  test('has its tests, and what of it must not compile, where they go with it', () => {
    expect(existsSync(join(ROOT, `test/holdfast/types/${name}.ts`))).toBe(true);
    expect(readdirSync(join(ROOT, 'test/holdfast/capabilities', name)).join()).toContain('.test.ts');
  });

  test('can be deleted: nothing that is left misses it', async () => {
    expect(await faultsIn(copy.root)).toBe('');
  });

  test('costs a service that does not use it nothing: bundles and templates are the same without it', async () => {
    expect(await deployedFrom(copy.root)).toEqual(await deployedFrom(ROOT));
  });
});
