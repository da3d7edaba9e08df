import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freshKey } from '../support/client.ts';
import { bundleBytes } from './bundle-bytes.ts';
import { createProject, emptyFolder, inFolder, installed, NOT_MADE, ownFiles } from './project.ts';
import { REPOSITORY } from './root.ts';
import { script, serve } from './served.ts';
import { type Packages, packInto } from './tarballs.ts';

const MEGABYTE = 1_000_000;

/** What takes minutes more: `npm run test:package` asks for it, and `npm run test:all` leaves it out. */
const isWhole = process.env.PACKAGE === 'whole';
const testWhole = isWhole ? test : test.skip;
const describeWhole = isWhole ? describe : describe.skip;

let folder: Awaited<ReturnType<typeof emptyFolder>>;
let packages: Packages;
let project = NOT_MADE;
beforeAll(async () => {
  folder = await emptyFolder();
  packages = await packInto(folder.path);
  project = await createProject(folder.path, packages, 'orders');
});
afterAll(() => folder?.remove());

/** package.json of the kit, as npm has installed it. */
const installedManifest = async () =>
  JSON.parse(await readFile(join(project, 'node_modules/holdfast/package.json'), 'utf8'));

describe('the package', () => {
  test('is smaller than 1 MB, and holds nothing but what was built of the kit', () => {
    const { bytes, files } = packages.kit;

    expect(bytes).toBeLessThan(MEGABYTE);
    expect(files.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))).toEqual([]);
    expect(files.filter((file) => /(^|\/)(test|node_modules)\//.test(file))).toEqual([]);
  });

  test('holds every file that its exports and its command name', async () => {
    const { exports, bin } = await installedManifest();
    const targets = [exports, bin].flatMap((named) =>
      Object.values(named).flatMap((target) =>
        typeof target === 'string' ? target : Object.values(target as object),
      ),
    );

    expect(targets.filter((target) => !packages.kit.files.includes(target.slice(2)))).toEqual([]);
  });

  test('brings at most 430 packages and 350 MB into a project', async () => {
    const { packages: count, bytes } = await installed(project);

    expect(count).toBeLessThanOrEqual(430);
    expect(bytes / MEGABYTE).toBeLessThanOrEqual(350);
  });

  test('has declarations without a fault in each entry, those of aws-cdk-lib apart', async () => {
    const { exports } = await installedManifest();
    const entries = Object.keys(exports).filter((entry) => !entry.endsWith('.json'));
    const imports = entries.map(
      (entry, i) => `import * as e${i} from 'holdfast${entry.slice(1)}';\nvoid e${i};\n`,
    );
    await writeFile(join(project, 'entries.ts'), imports.join(''));
    const args = [
      '--ignoreConfig',
      '--noEmit',
      '--skipLibCheck',
      'false',
      '--module',
      'nodenext',
      '--types',
      'node',
      '--target',
      'es2024',
    ];

    const told = await inFolder(
      project,
      'npx',
      'tsc',
      ...args,
      '--lib',
      'es2024,esnext.disposable',
      '--strict',
      'entries.ts',
    ).catch(String);

    expect(told.split('\n').filter((line) => /error TS/.test(line) && !/aws-cdk-lib/.test(line))).toEqual([]);
  });
});

describe('a project with the sample', () => {
  test('is a git repository in which nothing is committed yet', async () => {
    expect(await inFolder(project, 'git', 'status', '--branch', '--short')).toMatch(
      /^## No commits yet on .*\n(\?\? .*\n)+$/,
    );
  });

  // The contract suite and the crash proof of the sample are this repository's too; a project's are run below.
  test('passes its checks, and the tests of its decisions', async () => {
    await script(project, 'test', '--', 'test/actions');

    expect(await script(project, 'check')).toBe('');
  });

  test('serves a write, its replay and a refusal', async () => {
    await using service = await serve(project);
    const beneficiary = { name: 'Lovelace Ltd', iban: 'DE89370400440532013000' };
    const payout = { amount: { currency: 'EUR', value: '12.50' }, beneficiary, reference: 'first' };
    const key = { 'Idempotency-Key': freshKey() };

    const made = await service.post('/payouts', payout, key);
    const replayed = await service.post('/payouts', payout, key);
    const [text, again] = [await made.text(), await replayed.text()];
    const { id } = JSON.parse(text);
    const submitted = await service.post(
      `/payouts/${id}/submit`,
      {},
      { 'If-Match': made.headers.get('ETag') ?? '' },
    );
    const refused = await service.post(
      `/payouts/${id}/approve`,
      {},
      { 'If-Match': submitted.headers.get('ETag') ?? '' },
    );

    expect([made.status, replayed.status, replayed.headers.get('Idempotent-Replayed')]).toEqual([
      201,
      201,
      'true',
    ]);
    expect(again).toBe(text);
    expect([submitted.status, refused.status]).toEqual([200, 403]);
    expect(await refused.json()).toMatchObject({ code: 'separation-of-duties' });
  });

  test('has bundles as large as those made from source, within 1 %', async () => {
    const [packaged, source] = await Promise.all([
      bundleBytes(project, join(project, 'node_modules/holdfast'), '.js'),
      bundleBytes(REPOSITORY, join(REPOSITORY, 'lib/holdfast'), '.ts'),
    ]);

    expect(Object.keys(packaged)).toEqual(Object.keys(source));
    const off = Object.keys(source).filter(
      (name) => Math.abs((packaged[name] ?? 0) / (source[name] ?? 1) - 1) > 0.01,
    );
    expect(off).toEqual([]);
  });
});

describe('that project, once the lines of the README have removed the sample', () => {
  beforeAll(async () => {
    await inFolder(project, 'sh', '-e', '-c', removal(await readFile(join(REPOSITORY, 'README.md'), 'utf8')));
    await writeFile(join(project, 'test/client.ts'), CLIENT);
  });

  test('has nothing of the sample, synthesizes, and serves its own resource', async () => {
    const definitions = await ownFiles(join(project, 'functions'));
    await script(project, 'synth', '--', '--stage', 'production');
    await using service = await serve(project);

    const made = await service.post('/invoices', { reference: 'first' });
    const operations = await service.get('/operations');

    expect(definitions).toEqual(['actions/invoices/create.ts', 'actions/invoices/resource.ts']);
    expect([made.status, await made.json()]).toMatchObject([201, { state: 'draft', reference: 'first' }]);
    expect([operations.status, await operations.json()]).toMatchObject([200, { items: [] }]);
  });

  testWhole('passes its tests: the contract suite and the crash proof', async () => {
    await script(project, 'test');
  });

  // Each of these runs the tests that it has made.
  testWhole('passes its checks with one of everything that npm run new makes', async () => {
    await made('partner', 'courier', '--callback');
    await made('partner', 'printer');
    await made('action', 'invoices', 'send', '--from', 'draft', '--to', 'sent');
    const states = ['--from', 'sent', '--during', 'collecting', '--succeeded', 'paid', '--failed', 'sent'];
    await made('operation', 'invoices', 'collect-invoice', '--steps', 'printer,courier', ...states);

    expect(await script(project, 'check')).toBe(
      'npm run contract tells reviewers what clients get of invoices.collect, invoices.create, invoices.send\n',
    );
  });

  const made = (...args: string[]) => script(project, 'new', '--', ...args);
});

describeWhole('a project with one resource of its own, in a workspace', () => {
  let member = NOT_MADE;
  beforeAll(async () => {
    const workspace = join(folder.path, 'shop');
    await mkdir(workspace);
    await writeFile(join(workspace, 'package.json'), '{ "private": true, "workspaces": ["services/*"] }');
    member = await createProject(folder.path, packages, 'shop/services/billing', '--empty', 'invoices');
  });

  test('has at most 15 files, those that npm run record writes included', async () => {
    expect((await ownFiles(member)).length).toBeLessThanOrEqual(15);
  });

  test('finds its packages in a folder above: it tests its decisions, compiles, synthesizes and serves', async () => {
    await script(member, 'test', '--', 'test/actions');
    await script(member, 'check:types');
    await script(member, 'synth');
    await using service = await serve(member);

    const made = await service.post('/invoices', { reference: 'first' });

    expect(await readdir(member)).not.toContain('node_modules');
    expect([made.status, await made.json()]).toMatchObject([201, { state: 'draft', reference: 'first' }]);
  });
});

test('a folder that is not empty is refused, and left as it was', async () => {
  const before = await ownFiles(project);

  const refused = createProject(folder.path, packages, 'orders');

  await expect(refused).rejects.toThrow('orders is not empty; choose another folder');
  expect(await ownFiles(project)).toEqual(before);
  await access(join(project, 'package.json'));
});

/** A program that is only compiled. */
const CLIENT = `import { createClient } from '../lib/recorded/client.ts';

const client = createClient({ baseUrl: 'http://127.0.0.1', token: '' });
const made = await client.invoices.create({ reference: 'first' });
if (made.ok) console.log(made.data.reference);
`;

/** The lines that a page quotes, which remove the sample. */
function removal(page: string): string {
  const blocks = [...page.matchAll(/^```\w*\n([^`]*)^```/gm)].map(([, lines = '']) => lines);
  const [lines, ...more] = blocks.filter((block) => block.includes('rm -r functions'));
  if (lines === undefined || more.length > 0)
    throw new Error('README.md is to have one block that removes the sample, by rm -r functions…');
  return lines;
}
