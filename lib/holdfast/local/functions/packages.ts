import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { bundleOptions } from '../../cdk/bundles/bundle.ts';

/** Told to a resolution that is our own question, so that it is not asked again. */
const ASKED = Symbol();

/**
 * The packages that functions import, bundled once: nine tenths of a bundle are theirs, and a saved file of ours does not
 * change them.
 */
export class Packages {
  readonly #folder: string;
  readonly #imported = new Set<string>();
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
        const ours = kind !== 'entry-point' && !/[\\/]node_modules[\\/]/.test(importer);
        if (!ours || pluginData === ASKED) return undefined;
        const found = await build.resolve(path, { kind, resolveDir, importer, pluginData: ASKED });
        if (found.errors.length > 0 || found.external || this.#commonJs.has(path)) return undefined;
        this.#imported.add(path);
        return { path: this.#url(path), external: true };
      });
    },
  };

  /**
   * Bundles every package imported so far when one has come since; all together, so that they share what they share.
   * @returns whether what imports them has to be bundled again
   */
  async build(): Promise<boolean> {
    const imported = [...this.#imported];
    if (imported.length === this.#built) return false;
    const options = bundleOptions([], { outdir: this.#folder, mode: 'local', site: {} });
    const entryPoints = imported.map((name) => ({ in: name, out: name }));
    const { metafile } = await build({ ...options, entryPoints, metafile: true });
    this.#built = imported.length;
    const before = this.#commonJs.size;
    for (const { entryPoint = '' } of Object.values(metafile.outputs)) {
      if (metafile.inputs[entryPoint]?.format !== 'cjs') continue;
      const name = imported.find((each) => entryPoint.includes(`node_modules/${each}/`));
      if (name !== undefined) this.#commonJs.add(name);
    }
    return this.#commonJs.size > before;
  }

  #url(name: string): string {
    return pathToFileURL(join(this.#folder, `${name}.mjs`)).href;
  }
}
