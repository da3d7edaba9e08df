import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ROOT } from '../../../../lib/holdfast/service/project.ts';

const run = promisify(execFile);

// esbuild does not run inside jest's VM. Bundles an action twice, as a saved file is: its own imports, then the packages.
const BUILD = `
import { build } from 'esbuild';
import { Packages } from './lib/holdfast/local/functions/packages.ts';
const packages = new Packages(process.argv[1]);
const options = {
  entryPoints: ['functions/actions/payouts/approve.ts'],
  outdir: process.argv[1] + '/bundles',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  mainFields: ['module', 'main'],
  plugins: [packages.plugin],
};
await build(options);
if (await packages.build()) await build(options);
`;

let folder: string;
let bundled: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-packages-test-'));
  await run('node', ['--no-warnings', '--input-type=module', '--eval', BUILD, folder], { cwd: ROOT });
  const files = await readdir(join(folder, 'bundles'), { recursive: true });
  const texts = files
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFile(join(folder, 'bundles', file), 'utf8'));
  bundled = (await Promise.all(texts)).join('\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the kit is bundled with the definitions that import it, and is no package beside them', async () => {
  expect(await readdir(join(folder, 'packages'))).not.toContain('holdfast.mjs');
  expect(bundled).toContain('// lib/holdfast/core/definitions/define-action.ts');
});

test('a package is bundled once, and bundles import it from there', async () => {
  expect(await readdir(join(folder, 'packages'))).toContain('zod.mjs');
  expect(bundled).toMatch(/from "file:.*\/packages\/zod\.mjs"/);
});
