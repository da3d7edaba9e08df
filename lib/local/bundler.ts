import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { type BuildContext, context } from 'esbuild';
import { bundleOptions } from '../bundle.ts';
import type { FunctionEntry } from '../function-entry.ts';

/** Source that does not bundle; the message names file and line. */
export class BundleError extends Error {}

/** Bundles the functions, and bundles them again when a file has changed; a build has a folder of its own. */
export class Bundler {
  readonly #folder: string;
  #build = 0;
  #entries = '';
  #context: BuildContext | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Bundles the source as it is now.
   * @returns where an entry's bundle is
   * @throws BundleError; the bundles of before stay
   */
  async build(entries: readonly FunctionEntry[]): Promise<(entry: FunctionEntry) => string> {
    const context = await this.#contextOf(entries);
    const folder = join(this.#folder, String(this.#build++));
    const { outputFiles = [] } = await context.rebuild().catch((error: unknown) => {
      throw new BundleError(described(error), { cause: error });
    });
    for (const { path, contents } of outputFiles) {
      const target = join(folder, relative(this.#outdir, path));
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, contents);
    }
    return ({ name }) => join(folder, name, 'index.mjs');
  }

  /** Nothing is written there; it is as deep as the folders that are written, so that source maps fit. */
  get #outdir(): string {
    return join(this.#folder, 'out');
  }

  async close(): Promise<void> {
    await this.#context?.dispose();
  }

  async #contextOf(entries: readonly FunctionEntry[]): Promise<BuildContext> {
    const key = JSON.stringify(entries);
    if (this.#context !== undefined && key === this.#entries) return this.#context;
    await this.#context?.dispose();
    this.#context = await context({
      ...bundleOptions(entries, { outdir: this.#outdir, mode: 'local' }),
      write: false,
    });
    this.#entries = key;
    return this.#context;
  }
}

/** `functions/actions/payouts/hold.ts:12:3: Expected ";"` */
function described(error: unknown): string {
  const { errors } = error as {
    errors?: { text: string; location: { file: string; line: number; column: number } | null }[];
  };
  const [first] = errors ?? [];
  if (first === undefined) return error instanceof Error ? error.message : String(error);
  const { file, line, column } = first.location ?? {};
  return file === undefined ? first.text : `${file}:${line}:${column}: ${first.text}`;
}
