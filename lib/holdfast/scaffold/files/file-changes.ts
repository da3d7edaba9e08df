import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Files that are written, and can be taken back as one. */
export class FileChanges {
  readonly #root: string;
  readonly #before = new Map<string, string | undefined>();
  readonly #folders: string[] = [];
  /** Names of the files of a folder. */
  readonly #listed = new Map<string, ReadonlySet<string>>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Remembers a file, by its path from the root, as it is now. */
  async keep(path: string): Promise<void> {
    const at = join(this.#root, path);
    if (!this.#before.has(path)) {
      this.#before.set(path, existsSync(at) ? await readFile(at, 'utf8') : undefined);
    }
  }

  /** Remembers a folder as it is now, without those in it. */
  async keepFolder(path: string): Promise<void> {
    const at = join(this.#root, path);
    const files = existsSync(at)
      ? readdirSync(at, { withFileTypes: true }).filter((each) => each.isFile())
      : [];
    this.#listed.set(path, new Set(files.map(({ name }) => name)));
    for (const { name } of files) await this.keep(`${path}/${name}`);
  }

  /** Writes a file, and the folders that it needs. */
  async write(path: string, text: string): Promise<void> {
    await this.keep(path);
    const made = await mkdir(dirname(join(this.#root, path)), { recursive: true });
    if (made !== undefined) this.#folders.push(made);
    await writeFile(join(this.#root, path), text);
  }

  /** Every file is as it was remembered; those that were not there, and their folders, are gone. */
  async undo(): Promise<void> {
    for (const [path, text] of this.#before) {
      const at = join(this.#root, path);
      if (text === undefined) await rm(at, { force: true });
      else await writeFile(at, text);
    }
    for (const [path, names] of this.#listed) {
      const now = existsSync(join(this.#root, path)) ? readdirSync(join(this.#root, path)) : [];
      for (const name of now)
        if (!names.has(name)) await rm(join(this.#root, path, name), { recursive: true });
      if (names.size === 0) await rm(join(this.#root, path), { recursive: true, force: true });
    }
    for (const folder of this.#folders) await rm(folder, { recursive: true, force: true });
  }
}
