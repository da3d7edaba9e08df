import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, extname, join, relative, resolve, sep } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import type { Site } from '../../core/site-file.ts';
import { ROOT, service } from '../../service/project.ts';
import { versionFiles } from '../../service/registry.ts';
import type { FunctionEntry } from './function-entry.ts';

/**
 * How bundles are built. `deploy`: each stands alone, minified. `local`: they share chunks, which makes a rebuild a
 * matter of milliseconds.
 */
export type BundleMode = 'deploy' | 'local';

/** The handler of every bundle, as Lambda names it: file `index.mjs`, export `handler`. */
export const HANDLER = 'index.handler';

/** esbuild options that make `<outdir>/<entry name>/index.mjs` of every entry in one run. */
export function bundleOptions(
  entries: readonly FunctionEntry[],
  { outdir, mode, site, root = ROOT }: { outdir: string; mode: BundleMode; site: Site; root?: string },
): BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: entries.map(({ name }) => ({ in: `function:${name}`, out: `${name}/index` })),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: mode === 'deploy',
    splitting: mode === 'local',
    sourcemap: 'linked',
    sourcesContent: false,
    ...(mode === 'deploy' && { define: { HOLDFAST_CHECKED: 'true' } }),
    // Some CommonJS dependencies call require at run time; an ES module has none of its own.
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    plugins: [
      entryPlugin(entries, root),
      sitePlugin(site),
      servicePlugin,
      credentialsPlugin,
      ...(mode === 'deploy' ? [sourcesPlugin(entries, { outdir, root })] : []),
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

function entryFile(name: string): string {
  const path = ENTRIES.get(here(name));
  if (path === undefined) throw new Error(`there is no entry '${name}' in ${join(RUNTIME, 'entries')}`);
  return path;
}

/** One bundle per function without an entry file per function: the entry's `@action` or `@resource` is its own. */
function entryPlugin(entries: readonly FunctionEntry[], root: string): Plugin {
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
        return { contents: await readFile(path, 'utf8'), loader: 'ts', pluginData };
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

/**
 * In Lambda, credentials come from the environment alone. The SDK's default chain also carries clients for SSO, STS,
 * sign-in and instance metadata: two fifths of a bundle that no function can ever use.
 */
const credentialsPlugin: Plugin = {
  name: 'environment-credentials',
  setup(build) {
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ resolveDir }) => ({
      path: 'credentials',
      namespace: 'credentials',
      pluginData: resolveDir,
    }));
    build.onLoad({ filter: /.*/, namespace: 'credentials' }, ({ pluginData }) => ({
      contents: "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
      resolveDir: String(pluginData),
    }));
  },
};

/** A source map names its sources by their path in the repository, so that a bundle is the same wherever it is built. */
const sourcesPlugin = (
  entries: readonly FunctionEntry[],
  { outdir, root }: { outdir: string; root: string },
): Plugin => ({
  name: 'repository-sources',
  setup(build) {
    build.onEnd(async ({ errors }) => {
      if (errors.length > 0) return;
      for (const { name } of entries) {
        const path = join(outdir, name, 'index.mjs.map');
        const map: { readonly sources: readonly string[] } = JSON.parse(await readFile(path, 'utf8'));
        const sources = map.sources.map((source) =>
          relative(root, resolve(dirname(path), source))
            .split(sep)
            .join('/'),
        );
        await writeFile(path, JSON.stringify({ ...map, sources }));
      }
    });
  },
});
