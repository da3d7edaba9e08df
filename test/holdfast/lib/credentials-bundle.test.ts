import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';

const run = promisify(execFile);

// esbuild does not run inside jest's VM. Bundles the consumer of a partner with no credentials, with a key and with OAuth 2,
// and prints what each is made of.
const BUILD = `
import { build } from 'esbuild';
import { apiKey, oauth2 } from './lib/holdfast/core/partners/credentials.ts';
import { bundleOptions } from './lib/holdfast/cdk/bundles/bundle.ts';
import { consumerEntry } from './lib/holdfast/cdk/bundles/function-entry.ts';
import { loadRegistry } from './lib/holdfast/service/registry.ts';
const outdir = process.argv[1];
const registry = await loadRegistry();
const partner = (name, credentials) => consumerEntry({ name, credentials }, registry);
const entries = [partner('none'), partner('key', apiKey({ header: 'X-Api-Key' })), partner('oauth2', oauth2({ scopes: [] }))];
const site = {};
const { metafile } = await build({ ...bundleOptions(entries, { outdir, mode: 'deploy', site }), metafile: true });
const bundles = Object.entries(metafile.outputs).filter(([file]) => file.endsWith('/index.mjs'));
console.log(JSON.stringify(Object.fromEntries(bundles.map(([file, { inputs, bytes }]) => [
  file.split('/').at(-2).replace('partner-', ''),
  { bytes, inputs: Object.keys(inputs) },
]))));
`;

interface Bundle {
  readonly bytes: number;
  readonly inputs: readonly string[];
}

let outdir: string;
let bundles: Readonly<Record<'none' | 'key' | 'oauth2', Bundle>>;
beforeAll(async () => {
  outdir = await mkdtemp(join(tmpdir(), 'holdfast-credentials-'));
  const args = ['--no-warnings', '--input-type=module', '--eval', BUILD, outdir];
  const { stdout } = await run('node', args, { cwd: ROOT, maxBuffer: 2 ** 26 });
  bundles = JSON.parse(stdout);
}, 60_000);
afterAll(() => rm(outdir, { recursive: true, force: true }));

const PACKAGES = ['client-secrets-manager', 'oauth4webapi', 'standardwebhooks'];

const holds = ({ inputs }: Bundle) =>
  PACKAGES.filter((name) =>
    inputs.some((input) => input.includes(`node_modules/`) && input.includes(`/${name}/`)),
  );

describe('A7: the bundle of a consumer', () => {
  test('holds what its partner’s credentials need, and nothing of what others’ need', () => {
    expect({ none: holds(bundles.none), key: holds(bundles.key), oauth2: holds(bundles.oauth2) }).toEqual({
      none: [],
      key: ['client-secrets-manager'],
      oauth2: ['client-secrets-manager', 'oauth4webapi'],
    });
  });

  // Measured: 15 kB for a secret, 15 kB more for a token.
  test('grows by less than 20 kB for a secret, and by less than 20 kB more for a token', () => {
    expect(bundles.key.bytes - bundles.none.bytes).toBeLessThan(20_000);
    expect(bundles.oauth2.bytes - bundles.key.bytes).toBeLessThan(20_000);
  });
});
