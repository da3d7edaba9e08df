import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import type { Site } from '../../core/site-file.ts';
import { ROOT, service } from '../../service/project.ts';
import { versionFiles } from '../../service/registry.ts';
import { named } from './bundle-name.ts';
import { firstReadSource } from './first-read.ts';
import type { FunctionEntry } from './function-entry.ts';
import { unusedParts } from './unused-parts.ts';

/**
 * How bundles are built. `deploy`: each stands alone, minified. `local`: they share chunks, which makes a rebuild a
 * matter of milliseconds.
 */
export type BundleMode = 'deploy' | 'local';

/** The handler of every bundle, as Lambda names it: file `index.mjs`, export `handler`. */
export const HANDLER = 'index.handler';

/** What is bundled, and how. */
interface Bundling {
  readonly outdir: string;
  readonly mode: BundleMode;
  readonly site: Site;
  /** Of the project. @default that which is at work */
  readonly root?: string;
  /** Names of those that are made; each is the same as among all. @default all */
  readonly only?: readonly string[];
}

/** esbuild options that make `<outdir>/<entry name>/index.mjs` of every entry in one run. */
export function bundleOptions(
  entries: readonly FunctionEntry[],
  { outdir, mode, site, root = ROOT, only }: Bundling,
): BuildOptions {
  const names = entries.map(({ name }) => name).filter((name) => only?.includes(name) ?? true);
  return {
    absWorkingDir: root,
    entryPoints: names.map((name) => ({ in: `function:${name}`, out: `${name}/index` })),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: mode === 'deploy',
    splitting: mode === 'local',
    // What is deployed names itself instead: a map of its own would be downloaded and read by every cold start.
    sourcemap: mode === 'local' && 'linked',
    sourcesContent: false,
    ...(mode === 'deploy' && { define: { HOLDFAST_CHECKED: 'true' } }),
    // Some CommonJS dependencies call require at run time; an ES module has none of its own.
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    plugins: [
      entryPlugin(entries, { mode, root }),
      sitePlugin(site),
      servicePlugin,
      ...unusedParts,
      ...(mode === 'deploy' ? [namedPlugin(names, outdir)] : []),
    ],
    logLevel: 'silent',
  };
}

const RUNTIME = join(import.meta.dirname, '../../runtime');

/** What a file of the kit is called here: `.ts` in its source, `.js` in the package. */
const here = (name: string) => name.replace(/\.ts$/, extname(import.meta.filename));

/** Entries by their names, whichever room they are in. */
const ENTRIES = new Map(
  readdirSync(join(RUNTIME, 'entries'), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) => [name, join(parentPath, name)]),
);

/** What makes a function ready. */
const READYING = {
  connected: join(RUNTIME, 'aws', here('connected.ts')),
  rehearse: join(RUNTIME, 'actions', here('rehearse.ts')),
};

function entryFile(name: string): string {
  const path = ENTRIES.get(here(name));
  if (path === undefined) throw new Error(`there is no entry '${name}' in ${join(RUNTIME, 'entries')}`);
  return path;
}

/** One bundle per function without an entry file per function: the entry's `@action` or `@resource` is its own. */
function entryPlugin(
  entries: readonly FunctionEntry[],
  { mode, root }: { readonly mode: BundleMode; readonly root: string },
): Plugin {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  return {
    name: 'function-entry',
    setup(build) {
      build.onResolve({ filter: /^function:/ }, ({ path }) => {
        const entry = byName.get(path.slice('function:'.length));
        return {
          path: entryFile(entry?.entry ?? ''),
          suffix: `?${entry?.name}`,
          pluginData: entry,
        };
      });
      // esbuild hands pluginData on only to what a file loaded by a plugin imports.
      build.onLoad({ filter: /-entry\.[jt]s$/ }, async ({ path, pluginData }) => {
        const first = mode === 'deploy' ? firstReadSource(pluginData, READYING) : '';
        return { contents: `${await readFile(path, 'utf8')}${first}`, loader: 'ts', pluginData };
      });
      build.onResolve({ filter: /^@(action|resources?)$/ }, ({ pluginData }: WithEntry) => ({
        path: pluginData.name,
        namespace: 'definition',
        pluginData,
      }));
      build.onResolve({ filter: /^@credentials$/ }, ({ path, pluginData }: WithEntry) => {
        const { credentials } = pluginData;
        return credentials === undefined
          ? { path, namespace: 'nothing' }
          : { path: join(RUNTIME, 'partners', here(credentials)) };
      });
      build.onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: 'export default undefined;' }));
      // The same for every function, and imported deeper than esbuild hands pluginData down.
      const operations = entries.find((entry) => entry.operations !== undefined)?.operations ?? [];
      const shared = { '@operations': operations, '@versions': versionFiles(root) };
      for (const [path, files] of Object.entries(shared)) {
        build.onResolve({ filter: new RegExp(`^${path}$`) }, () => ({
          path,
          namespace: 'definition',
          pluginData: { resources: files },
        }));
      }
      build.onLoad({ filter: /.*/, namespace: 'definition' }, ({ pluginData }: WithEntry) => ({
        contents: definitionModule(pluginData),
        resolveDir: root,
      }));
    },
  };
}

/** esbuild hands on what a plugin gave it, without its type. */
interface WithEntry {
  readonly path: string;
  readonly pluginData: FunctionEntry;
}

/** Source of what an entry imports: its own action or resource, or every file of a kind that there is. */
function definitionModule({ definition, resources: files = [] }: FunctionEntry): string {
  if (definition !== undefined) {
    const transitions = JSON.stringify(definition.transitions);
    return `export { default } from './${definition.file}';\nexport const transitions = ${transitions};`;
  }
  const imports = files.map((file, i) => `import each${i} from './${file}';`);
  return `${imports.join('\n')}\nexport default [${files.map((_, i) => `each${i}`).join(', ')}];`;
}

/** The documentation is data: the function that serves it holds it as `@site`. */
const sitePlugin = (site: Site): Plugin => ({
  name: 'site',
  setup(build) {
    build.onResolve({ filter: /^@site$/ }, ({ path }) => ({ path, namespace: 'site' }));
    build.onLoad({ filter: /.*/, namespace: 'site' }, () => ({
      contents: JSON.stringify(site),
      loader: 'json',
    }));
  },
});

/** What the service is called is the same in each of its functions, and in no environment that a deployment could change. */
const servicePlugin: Plugin = {
  name: 'service',
  setup(build) {
    build.onResolve({ filter: /^@service$/ }, ({ path }) => ({ path, namespace: 'service' }));
    build.onLoad({ filter: /.*/, namespace: 'service' }, () => {
      const { prefix, title, namespace, apiVersion } = service;
      return { contents: JSON.stringify({ prefix, title, namespace, apiVersion }), loader: 'json' };
    });
  },
};

/** A deployed bundle names itself in every stack, by its content: `npm run stack` finds its source by that. */
const namedPlugin = (names: readonly string[], outdir: string): Plugin => ({
  name: 'bundle-name',
  setup(build) {
    build.onEnd(async ({ errors }) => {
      // One that is to be read on one's own machine has its map beside it.
      if (errors.length > 0 || build.initialOptions.sourcemap === 'linked') return;
      for (const name of names) {
        const path = join(outdir, name, 'index.mjs');
        await writeFile(path, named(name, await readFile(path, 'utf8')));
      }
    });
  },
});
