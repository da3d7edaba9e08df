import { execFile } from 'node:child_process';
import { cp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { freshKey } from '../support/client.ts';
import { type Copy, copyRepository } from '../support/copy.ts';
import { signIn, startService } from '../support/service.ts';

const run = promisify(execFile);

/** Where the sample is, which a team removes. */
const SAMPLE = ['functions/actions', 'functions/operations', 'functions/partners', 'functions/versions'];

let copy: Copy;
beforeAll(async () => {
  copy = await copyRepository(['jest.config.js', 'biome.json', '.gitignore', 'test']);
  for (const folder of [...SAMPLE, 'lib/recorded/contract']) {
    const entries = await readdir(join(copy.root, folder));
    const ofSample =
      folder === 'lib/recorded/contract' ? entries.filter((name) => name.endsWith('.json')) : entries;
    await Promise.all(ofSample.map((name) => rm(join(copy.root, folder, name), { recursive: true })));
  }
});
afterAll(() => copy?.remove());

/** A command of the kit in the copy. */
const command = (...args: string[]) =>
  run('node', ['--no-warnings', 'lib/holdfast/cli/main.ts', ...args], { cwd: copy.root });

test('E8: without the sample a resource is made, and the service compiles, is recorded, synthesizes and serves it', async () => {
  await command('new', 'resource', 'invoices');
  // Tests of the kit's own speak of the sample.
  await rm(join(copy.root, 'test'), { recursive: true });
  await cp(join(ROOT, 'tsconfig.json'), join(copy.root, 'tsconfig.json'));
  await writeFile(
    join(copy.root, 'client.ts'),
    `import { createClient } from './lib/recorded/client.ts';
const client = createClient({ baseUrl: 'http://127.0.0.1', token: '' });
const made = await client.invoices.create({ reference: 'first' });
if (made.ok) console.log(made.data.reference);
`,
  );
  const compiled = await run('tsc', ['--project', '.'], { cwd: copy.root }).catch((error) => error);
  const client = await run('tsc', ['--project', '.', '--listFilesOnly'], { cwd: copy.root });
  const recorded = await command('record', '--check');
  const synthesized = await command('synth', '--stage', 'production');
  const service = await startService({ root: copy.root });
  const alice = await signIn(service.url, { scopes: 'invoices:* operations:*' });
  const made = await alice.post('/invoices', { key: freshKey(), body: { reference: 'first' } });
  const operations = await alice.get('/operations');
  await service.end();

  expect(compiled.stdout).toBe('');
  expect(client.stdout).toContain('lib/recorded/client.ts');
  expect(recorded.stdout).toBe('');
  expect(synthesized.stderr).not.toContain('Error');
  expect(made).toMatchObject({ status: 201, json: { state: 'draft', reference: 'first' } });
  expect(operations).toMatchObject({ status: 200, json: { items: [] } });
}, 240_000);
