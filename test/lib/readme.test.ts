import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadRegistry } from '../../lib/registry.ts';
import { ROOT } from '../../lib/root.ts';
import { problemTable, withProblemTable } from '../../lib/tools/problem-table.ts';
import { skipTable } from '../e2e/skips.ts';

test('the README shows the table of problems as it is; npm run readme writes it', async () => {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');

  const written = withProblemTable(readme, problemTable(await loadRegistry()));

  expect(readme).toBe(written);
});

test('the README lists what the emulated deployment leaves out, as it is', async () => {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');

  const [, listed] = /<!-- skips: [^>]*-->\n\n(.*?)\n\n<!-- \/skips -->/s.exec(readme) ?? [];

  expect(listed).toBe(skipTable());
});

test('the README names every script of package.json that a user runs', async () => {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const own = Object.keys(scripts).filter((name) => !name.includes(':'));

  const missing = own.filter(
    (name) => !readme.includes(`npm ${name}`) && !readme.includes(`npm run ${name}`),
  );

  expect(missing.filter((name) => !readme.includes(`npm run --silent ${name}`))).toEqual([]);
});
