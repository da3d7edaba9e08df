import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freshKey } from '../support/client.ts';
import { type Running, run } from '../support/process.ts';
import { createProject, emptyFolder, inFolder, installed, ownFiles, TERMINAL } from './project.ts';
import { REPOSITORY } from './root.ts';
import { type Packages, packInto } from './tarballs.ts';

const MEGABYTE = 1_000_000;

let folder: Awaited<ReturnType<typeof emptyFolder>>;
let packages: Packages;
let project: string;
beforeAll(async () => {
  folder = await emptyFolder();
  packages = await packInto(folder.path);
  project = await createProject(folder.path, packages, 'orders');
});
afterAll(() => folder?.remove());

/** package.json of the kit, as npm has installed it. */
const installedManifest = async () =>
  JSON.parse(await readFile(join(project, 'node_modules/holdfast/package.json'), 'utf8'));

const script = (root: string, ...args: string[]) => inFolder(root, 'npm', 'run', '--silent', ...args);

interface Served extends AsyncDisposable {
  post(path: string, body: object, headers?: Record<string, string>): Promise<Response>;
}

/** `npm start` in a project, and a person of its local issuer who may do everything. */
async function serve(root: string): Promise<Served> {
  const child: Running = run('npm', ['start'], {
    cwd: root,
    env: { ...TERMINAL, PORT: '0' },
    detached: true,
  });
  const [, url] = await child.line(/^ready (\S+)$/);
  const [, token] = await child.line(/^TOKEN=(\S+)$/);
  return {
    post: (path, body, headers = {}) =>
      fetch(url + path, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': freshKey(),
          ...headers,
        },
        body: JSON.stringify(body),
      }),
    async [Symbol.asyncDispose]() {
      await child.end('SIGINT');
    },
  };
}

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
  test('passes its tests and its checks', async () => {
    await script(project, 'test');

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

describe('a project with one resource of its own', () => {
  test('has at most 15 files besides what npm run record writes, passes its tests and its checks, and serves a write', async () => {
    const own = await createProject(folder.path, packages, 'billing', '--empty', 'invoices');
    const files = await ownFiles(own);
    await script(own, 'test');
    await script(own, 'check');
    await using service = await serve(own);

    const made = await service.post('/invoices', { reference: 'first' });

    expect(files.length).toBeLessThanOrEqual(15);
    expect([made.status, await made.json()]).toMatchObject([201, { state: 'draft', reference: 'first' }]);
  });

  test('is refused where a folder is not empty, and that folder is left as it was', async () => {
    const before = await ownFiles(project);

    const refused = createProject(folder.path, packages, 'orders');

    await expect(refused).rejects.toThrow('orders is not empty; choose another folder');
    expect(await ownFiles(project)).toEqual(before);
    await access(join(project, 'package.json'));
  });
});

/** Bytes of each function's bundle, as it is deployed. */
async function bundleBytes(root: string, kit: string, extension: string): Promise<Record<string, number>> {
  const module = (name: string) => JSON.stringify(join(kit, name + extension));
  const told = await inFolder(
    root,
    'node',
    '--no-warnings',
    '--input-type=module',
    '--eval',
    `import { build } from 'esbuild';
const { bundleOptions } = await import(${module('cdk/bundles/bundle')});
const { allEntries } = await import(${module('cdk/bundles/function-entry')});
const { loadRegistry } = await import(${module('service/registry')});
const { buildSite } = await import(${module('site/site')});
const registry = await loadRegistry();
const site = await buildSite(registry);
const options = bundleOptions(allEntries(registry), { outdir: 'cdk.out/bundles', mode: 'deploy', site });
const { metafile } = await build({ ...options, plugins: options.plugins.slice(0, -1), metafile: true, write: false });
const bundles = Object.entries(metafile.outputs).filter(([file]) => file.endsWith('/index.mjs'));
console.log(JSON.stringify(Object.fromEntries(bundles.map(([file, { bytes }]) => [file.split('/').at(-2), bytes]))));`,
  );
  return JSON.parse(told);
}
