import { join } from 'node:path';
import { inFolder } from './project.ts';

/** Bytes of each function's bundle, as it is deployed. */
export async function bundleBytes(
  root: string,
  kit: string,
  extension: string,
): Promise<Record<string, number>> {
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
