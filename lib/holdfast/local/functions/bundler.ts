import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, stop } from 'esbuild';
import { bundleOptions } from '../../cdk/bundles/bundle.ts';
import type { FunctionEntry } from '../../cdk/bundles/function-entry.ts';
import type { Site } from '../../core/site-file.ts';
import { Packages } from './packages.ts';

/** Source that does not bundle; the message names file and line. */
export class BundleError extends Error {}

/** Bundles the functions, and bundles them again when a file has changed; each build has a folder of its own. */
export class Bundler {
  readonly #folder: string;
  /** Of each entry: its bundle's path and text, as it was when it last changed. */
  readonly #bundles = new Map<string, { readonly path: string; readonly text: string }>();
  readonly #packages: Packages;
  #builds = 0;

  constructor(folder: string) {
    this.#folder = folder;
    this.#packages = new Packages(folder);
  }

  /**
   * Bundles the source as it is now.
   * @returns where an entry's bundle is
   * @throws BundleError; the bundles of before stay
   */
  async build(entries: readonly FunctionEntry[], site: Site): Promise<(entry: FunctionEntry) => string> {
    const outdir = join(this.#folder, String(this.#builds++));
    try {
      const options = bundleOptions(entries, { outdir, mode: 'local', site });
      const plugins = [...(options.plugins ?? []), this.#packages.plugin];
      await build({ ...options, plugins });
      if (await this.#packages.build()) await build({ ...options, plugins });
    } catch (error) {
      throw new BundleError(described(error), { cause: error });
    } finally {
      // Its process would keep 90 MB for what a build without it takes 20 ms longer.
      await stop();
    }
    for (const { name } of entries) await this.#keep(name, join(outdir, name, 'index.mjs'));
    return ({ name }) => this.#bundles.get(name)?.path ?? join(outdir, name, 'index.mjs');
  }

  /** What a bundle imports is named by its content: the same text is the same function, which need not start anew. */
  async #keep(name: string, path: string): Promise<void> {
    const text = await readFile(path, 'utf8');
    if (this.#bundles.get(name)?.text !== text) this.#bundles.set(name, { path, text });
  }
}

interface BuildError {
  readonly text: string;
  readonly location: { readonly file: string; readonly line: number; readonly column: number } | null;
}

/** `functions/actions/payouts/hold.ts:12:3: Expected ";"` */
function described(error: unknown): string {
  const [first] = (error as { errors?: readonly BuildError[] }).errors ?? [];
  if (first === undefined) return error instanceof Error ? error.message : String(error);
  const { file, line, column } = first.location ?? {};
  return file === undefined ? first.text : `${file}:${line}:${column}: ${first.text}`;
}
