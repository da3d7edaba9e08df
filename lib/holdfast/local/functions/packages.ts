import { join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { bundleOptions } from '../../cdk/bundles/bundle.ts';

/** The kit's files are bundled like a team's, be they in `node_modules` or not: both hold definitions. */
const KIT = resolve(import.meta.dirname, '../..') + sep;

const isOurs = (file: string) => file.startsWith(KIT) || !/[\\/]node_modules[\\/]/.test(file);

/** Told to a resolution that is our own question, so that it is not asked again. */
const ASKED = Symbol();

/**
 * The packages that functions import, bundled once: nine tenths of a bundle are theirs, and a saved file of ours does not
 * change them.
 */
export class Packages {
  readonly #folder: string;
  /** By their files, what they are called below `packages`: two versions of one package are two. */
  readonly #imported = new Map<string, string>();
  /** CommonJS has no names that could be imported from another file; these stay in the bundles. */
  readonly #commonJs = new Set<string>();
  #built = 0;

  constructor(folder: string) {
    this.#folder = join(folder, 'packages');
  }

  /** Leaves packages out of bundles, which import them from where `build` puts them. The last plugin of a build. */
  readonly plugin: Plugin = {
    name: 'packages',
    setup: (build) => {
      build.onResolve({ filter: /^[@\w]/ }, async ({ path, kind, resolveDir, importer, pluginData }) => {
        if (kind === 'entry-point' || !isOurs(importer) || pluginData === ASKED) return undefined;
        const found = await build.resolve(path, { kind, resolveDir, importer, pluginData: ASKED });
        if (found.errors.length > 0 || found.external) return undefined;
        if (isOurs(found.path) || this.#commonJs.has(found.path)) return undefined;
        return { path: this.#url(this.#nameOf(found.path, path)), external: true };
      });
    },
  };

  /**
   * Bundles every package imported so far when one has come since; all together, so that they share what they share.
   * @returns whether what imports them has to be bundled again
   */
  async build(): Promise<boolean> {
    if (this.#imported.size === this.#built) return false;
    const options = bundleOptions([], { outdir: this.#folder, mode: 'local', site: {} });
    const entryPoints = [...this.#imported].map(([file, name]) => ({ in: file, out: name }));
    // Each thread would parse the maps of all that it imports when it starts; a stack shows our own files by theirs.
    const { metafile } = await build({ ...options, entryPoints, sourcemap: false, metafile: true });
    this.#built = entryPoints.length;
    const before = this.#commonJs.size;
    for (const { entryPoint } of Object.values(metafile.outputs)) {
      if (entryPoint === undefined || metafile.inputs[entryPoint]?.format !== 'cjs') continue;
      this.#commonJs.add(resolve(options.absWorkingDir ?? '', entryPoint));
    }
    return this.#commonJs.size > before;
  }

  #nameOf(file: string, imported: string): string {
    const known = this.#imported.get(file);
    if (known !== undefined) return known;
    const taken = [...this.#imported.values()].includes(imported);
    const name = taken ? `${imported}-${this.#imported.size}` : imported;
    this.#imported.set(file, name);
    return name;
  }

  #url(name: string): string {
    return pathToFileURL(join(this.#folder, `${name}.mjs`)).href;
  }
}
