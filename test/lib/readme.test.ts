import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { standardWebhooks } from '../../functions/core/verification.ts';
import { madeUpCallbackSecret } from '../../lib/local/made-up-secrets.ts';
import { signCallback } from '../../lib/local/sign-callback.ts';
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

test('A8: a callback that is signed by hand as the README says is signed as the simulated partners do', async () => {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  const [, commands = ''] = /<!-- callback: [^>]*-->\n\n```\n(.*?)\n```/s.exec(readme) ?? [];

  const { stdout } = await promisify(execFile)('sh', ['-c', `curl() { printf '%s\n' "$@"; }\n${commands}`]);
  const sent = stdout.split('\n');
  const header = (name: string) => sent.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  const seconds = Number(header('webhook-timestamp'));

  expect(
    signCallback(standardWebhooks(), {
      secret: madeUpCallbackSecret('screening'),
      id: 'msg_1',
      at: new Date(seconds * 1000),
      body: sent[sent.indexOf('-d') + 1] ?? '',
    }),
  ).toEqual({
    'webhook-id': header('webhook-id'),
    'webhook-timestamp': header('webhook-timestamp'),
    'webhook-signature': header('webhook-signature'),
  });
  expect(Math.abs(Date.now() / 1000 - seconds)).toBeLessThan(60);
});
