import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Grant, items, machines } from '../../../lib/holdfast/cdk/bundles/needs.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';
import { type BundledEntry, needFaults } from '../support/need-faults.ts';

const run = promisify(execFile);

// esbuild does not run inside jest's VM. Bundles the kit's and the team's code of every function, and of consumers with each
// kind of credentials.
const BUILD = `
import { build } from 'esbuild';
import { apiKey, oauth2 } from './lib/holdfast/core/partners/credentials.ts';
import { bundleOptions } from './lib/holdfast/cdk/bundles/bundle.ts';
import { allEntries, consumerEntry } from './lib/holdfast/cdk/bundles/function-entry.ts';
import { loadRegistry } from './lib/holdfast/service/registry.ts';
const registry = await loadRegistry();
const partner = (name, credentials) => consumerEntry({ name, credentials }, registry);
const kinds = [partner('key', apiKey({ header: 'X-Api-Key' })), partner('oauth2', oauth2({ scopes: [] }))];
const entries = [...allEntries(registry, { status: true }), ...kinds];
const options = bundleOptions(entries, { outdir: '/', mode: 'local', site: {} });
const { outputFiles } = await build({ ...options, splitting: false, sourcemap: false, packages: 'external', write: false });
const textOf = (name) => outputFiles.find(({ path }) => path.endsWith('/' + name + '/index.mjs')).text;
console.log(JSON.stringify(entries.map((entry) => ({ ...entry, text: textOf(entry.name) }))));
`;

// Bundles of the local cloud share chunks, so that a function loads what others import beside what it imports itself. Loads
// one of each entry with the variables that it declares, and no other.
const LOAD = `
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { bundleOptions } from './lib/holdfast/cdk/bundles/bundle.ts';
import { allEntries } from './lib/holdfast/cdk/bundles/function-entry.ts';
import { loadRegistry } from './lib/holdfast/service/registry.ts';
const entries = allEntries(await loadRegistry(), { status: true });
const outdir = await mkdtemp('.holdfast/needs-');
const options = bundleOptions(entries, { outdir, mode: 'local', site: {} });
await build({ ...options, sourcemap: false, packages: 'external' });
const each = [...new Map(entries.map((entry) => [entry.entry, entry])).values()];
const VALUES = { TOKEN_RULES: '{"jwksUri":"https://issuer.example.com/jwks.json"}' };
const common = { POWERTOOLS_SERVICE_NAME: 'test', STAGE: 'test', AWS_REGION: 'us-east-1' };
const faults = await Promise.all(each.map(async ({ name, needs }) => {
  const env = { ...common, ...Object.fromEntries(needs.environment.map((variable) => [variable, VALUES[variable] ?? '{}'])) };
  const worker = new Worker(resolve(outdir, name, 'index.mjs'), { env, execArgv: [] });
  return once(worker, 'exit').then(() => [], (error) => [name + ': ' + error.message]);
}));
await rm(outdir, { recursive: true });
console.log(JSON.stringify({ loaded: each.length, faults: faults.flat() }));
`;

let functions: readonly BundledEntry[];
beforeAll(async () => {
  const args = ['--no-warnings', '--input-type=module', '--eval', BUILD];
  const { stdout } = await run('node', args, { cwd: ROOT, maxBuffer: 2 ** 26 });
  functions = JSON.parse(stdout);
});

describe('what a function declares that it needs', () => {
  test('is what its bundle uses, no more and no less', () => {
    expect(needFaults(functions)).toEqual([]);
  });

  test('is all that it loads with, where it shares code with the others on this machine', async () => {
    await mkdir(join(ROOT, '.holdfast'), { recursive: true });
    const args = ['--no-warnings', '--input-type=module', '--eval', LOAD];
    const { stdout } = await run('node', args, { cwd: ROOT });

    const { loaded, faults } = JSON.parse(stdout);

    expect(faults).toEqual([]);
    expect(loaded).toBeGreaterThan(15);
  });

  test('names items of one resource where it serves one, and of its operations where it starts them', async () => {
    const { resources } = await loadRegistry();

    const touched = resources.flatMap(({ definition, actions }) => {
      const starts = actions.filter(({ definition: { operation } }) => operation !== undefined);
      const started = starts.map(({ definition: { name } }) => `${definition.name}-${name}`);
      return functions
        .filter(({ name }) => name.startsWith(`${definition.name}-`))
        .map(({ name, needs }) => ({
          name,
          keys: [...new Set(needs.grants.flatMap(keysOf))],
          expected: [`${definition.name}#*`, ...(started.includes(name) ? ['operations#*'] : [])],
        }));
    });

    expect(touched.length).toBeGreaterThan(5);
    expect(touched.map(({ name, keys }) => [name, keys])).toEqual(
      touched.map(({ name, expected }) => [name, expected]),
    );
  });

  test.each([
    [
      'a variable that nothing reads',
      'payouts-get',
      { variables: ['PARTNER_URLS'] },
      ['payouts-get declares PARTNER_URLS, which its bundle does not use'],
    ],
    [
      'a call that nothing makes',
      'dispatcher',
      { grants: [items('records', ['GetItem'], 'operations')] },
      [
        'dispatcher declares GetItem, which its bundle does not use',
        'dispatcher declares RECORDS_TABLE, which its bundle does not use',
      ],
    ],
    [
      'items of the kit that it makes no key of',
      'operate',
      { grants: [items('records', ['GetItem'], 'waits')] },
      ['operate declares waits, which its bundle does not use'],
    ],
    [
      'an operation that it never starts',
      'operate',
      { grants: [machines('StartExecution')] },
      ['operate declares StartExecution, which its bundle does not use'],
    ],
  ] as const)('is not %s', (_, name, { variables = [], grants = [] }: More, faults) => {
    const planted = functions.map((each) => {
      const { environment, grants: own } = each.needs;
      const needs = { environment: [...environment, ...variables], grants: [...own, ...grants] };
      return each.name === name ? { ...each, needs } : each;
    });

    expect(needFaults(planted)).toEqual(faults);
  });

  test('lacks nothing that its bundle uses, or it is named with what it lacks', () => {
    const planted = functions.map((each) =>
      ['operations-get', 'history'].includes(each.name)
        ? { ...each, needs: { environment: [], grants: [] } }
        : each,
    );

    const of = (name: string, entry: string, ...what: readonly string[]) =>
      what.map((each) => `${name} uses ${each}, which no function of ${entry} declares`);
    expect(needFaults(planted)).toEqual([
      ...of(
        'operations-get',
        'operation-get-entry.ts',
        'ALLOW_ORIGIN',
        'DEFAULT_API_VERSION',
        'RECORDS_TABLE',
        'WAITING_SEATS',
        'GetItem',
        'UpdateItem',
        'waits',
        'an item of RECORDS_TABLE',
      ),
      ...of('history', 'history-entry.ts', 'HISTORY_TABLE', 'PutItem', 'an item of HISTORY_TABLE'),
    ]);
  });
});

interface More {
  readonly variables?: BundledEntry['needs']['environment'];
  readonly grants?: readonly Grant[];
}

const keysOf = ({ on }: Grant) => (typeof on === 'object' && 'keys' in on ? on.keys : []);
