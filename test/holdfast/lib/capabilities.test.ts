import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
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

/** What the compiler finds, in its own words; of what it has found before, it looks at what has changed since. */
const faultsIn = (cwd: string): Promise<string> =>
  run('tsc', ['--singleThreaded', '--incremental', '--tsBuildInfoFile', '.holdfast/tsbuildinfo'], {
    cwd,
  }).then(
    () => '',
    ({ stdout }: { readonly stdout: string }) => stdout,
  );

/** What goes with a capability, as its page says, besides its entry in package.json. */
const partsOf = (name: string) => [
  `${FOLDER}/${name}`,
  `test/holdfast/capabilities/${name}`,
  `test/holdfast/types/${name}.ts`,
  // What of it needs the local cloud, where something does.
  `test/holdfast/wire/${name}.test.ts`,
];

/** Takes capabilities out of a copy; they come back by what this gives. */
async function without(root: string, names: readonly string[]): Promise<() => Promise<void>> {
  const file = join(root, 'package.json');
  const text = await readFile(file, 'utf8');
  const { exports, ...rest } = JSON.parse(text);
  for (const name of names) expect(exports[`./${name}`]).toBe(`./${FOLDER}/${name}/index.ts`);
  const others = Object.entries(exports).filter(([path]) => !names.includes(path.replace('./', '')));
  await writeFile(file, JSON.stringify({ ...rest, exports: Object.fromEntries(others) }));
  const away = await mkdtemp(join(root, '.holdfast/away-'));
  const parts = names.flatMap(partsOf).filter((path) => existsSync(join(root, path)));
  const moved = parts.map((path, i) => [join(root, path), join(away, String(i))] as const);
  for (const [from, to] of moved) await rename(from, to);
  return async () => {
    for (const [from, to] of moved) await rename(to, from);
    await writeFile(file, text);
  };
}

let copy: Copy;
beforeAll(async () => {
  copy = await copyRepository(['test', 'jest.config.js']);
  // A service that uses every capability.
  for (const path of ['test/holdfast/orders', 'test/holdfast/wire/orders.test.ts'])
    await rm(join(copy.root, path), { recursive: true });
  expect(await faultsIn(copy.root)).toBe('');
});
afterAll(() => copy.remove());

test.each(NAMES)('the capability %s can be deleted: nothing that is left misses it', async (name) => {
  const back = await without(copy.root, [name]);

  expect(await faultsIn(copy.root)).toBe('');

  await back();
});

test.each(NAMES)(
  'the capability %s has its tests, and what of it must not compile, where they go with it',
  (name) => {
    expect(existsSync(join(ROOT, `test/holdfast/types/${name}.ts`))).toBe(true);
    expect(readdirSync(join(ROOT, 'test/holdfast/capabilities', name)).join()).toContain('.test.ts');
  },
);

// One that is left out alone is no other than one that is left out with the rest: none of them is in a bundle.
test('a service that uses no capability pays for none: bundles and templates are the same without them', async () => {
  const back = await without(copy.root, NAMES);

  expect(await deployedFrom(copy.root)).toEqual(await deployedFrom(ROOT));

  await back();
});
