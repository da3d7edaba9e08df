import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { bundleOptions } from '../bundle.ts';

/** Told to a resolution that is our own question, so that it is not asked again. */
const ASKED = Symbol();

/**
 * The packages that functions import, bundled once: nine tenths of a bundle are theirs, and a saved file of ours does not
 * change them.
 */
export class Packages {
  readonly #folder: string;
  readonly #imported = new Set<string>();
  #built = 0;

  constructor(folder: string) {
    this.#folder = join(folder, 'packages');
  }

  /** Leaves packages out of bundles, which import them from where `build` puts them. The last plugin of a build. */
  readonly plugin: Plugin = {
    name: 'packages',
    setup: (build) => {
      build.onResolve({ filter: /^[@\w]/ }, async ({ path, kind, resolveDir, importer, pluginData }) => {
        if (kind === 'entry-point' || pluginData === ASKED) return undefined;
        const found = await build.resolve(path, { kind, resolveDir, importer, pluginData: ASKED });
        if (found.errors.length > 0 || found.external) return undefined;
        this.#imported.add(path);
        return { path: this.#url(path), external: true };
      });
    },
  };

  /** Bundles every package imported so far when one has come since; all together, so that they share what they share. */
  async build(): Promise<void> {
    const imported = [...this.#imported];
    if (imported.length === this.#built) return;
    const options = bundleOptions([], { outdir: this.#folder, mode: 'local' });
    const entryPoints = imported.map((name) => ({ in: name, out: name }));
    await build({ ...options, entryPoints });
    this.#built = imported.length;
  }

  #url(name: string): string {
    return pathToFileURL(join(this.#folder, `${name}.mjs`)).href;
  }
}
