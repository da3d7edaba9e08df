import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { nearest } from '../service/packages.ts';

/** Everything that templates follow from, besides stage and options: from the root of the repository. */
const FOLDERS = ['lib', 'functions'];
const FILES = ['cdk.json', 'package.json'];

/**
 * What npm is to install, and what it has really installed, which a copy of the repository may share with another. In a
 * workspace both are in a folder above.
 */
const LOCKFILES = ['package-lock.json', 'node_modules/.package-lock.json'];

/** The kit itself, which in a project is a package: another release of it makes other templates. */
const KIT = join(import.meta.dirname, '..');

/** The files that templates follow from, as they are at one moment. */
export interface Source {
  /** Hash of their paths and texts: the same text anywhere is the same source. */
  readonly content: string;
  /** Hash of when each was last touched, which tells a text that was changed and changed back. */
  readonly touched: string;
}

/**
 * Reads them all, which takes some 20 ms.
 * @param kit folder of the kit that synthesizes
 */
export async function readSource(root: string, kit = KIT): Promise<Source> {
  const folders = FOLDERS.map((folder) => join(root, folder));
  const files = [
    ...(await Promise.all(folders.map((folder) => filesIn(root, folder)))).flat(),
    ...FILES.map((name): File => ({ name, path: join(root, name) })),
    ...LOCKFILES.map((name): File => ({ name, path: nearest(root, name) ?? join(root, name) })),
    ...(folders.some((folder) => kit.startsWith(join(folder, '/'))) ? [] : await filesIn(kit, kit)),
  ];
  const content = createHash('sha256').update(process.version);
  const touched = createHash('sha256');
  for (const { name, path } of files) {
    // One that is gone in the meantime, or was never there, is different from one that is empty.
    const [bytes, ctime] = await Promise.all([
      readFile(path).catch(() => undefined),
      stat(path).then(
        ({ ctimeMs }) => ctimeMs,
        () => undefined,
      ),
    ]);
    content.update(`\0${name}\0${bytes?.length}\0`).update(bytes ?? '');
    touched.update(`\0${path}\0${ctime}`);
  }
  return { content: content.digest('hex'), touched: touched.digest('hex') };
}

/** A file, and what it is called wherever the project is. */
interface File {
  readonly name: string;
  readonly path: string;
}

/** Every file below a folder, in an order of its own; packages of a package are in the lockfile. */
async function filesIn(root: string, folder: string): Promise<readonly File[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path): File => ({ name: relative(root, path), path }))
    .filter(({ name }) => !name.startsWith('node_modules'))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
