import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Everything that templates follow from, besides stage and options: from the root of the repository. */
const FOLDERS = ['lib', 'functions'];
const FILES = ['cdk.json', 'package.json', 'package-lock.json'];

/** What npm has really installed, which a copy of the repository may share with another. */
const INSTALLED = 'node_modules/.package-lock.json';

/** The files that templates follow from, as they are at one moment. */
export interface Source {
  /** Hash of their paths and texts: the same text anywhere is the same source. */
  readonly content: string;
  /** Hash of when each was last touched, which tells a text that was changed and changed back. */
  readonly touched: string;
}

/** Reads them all, which takes some 20 ms. */
export async function readSource(root: string): Promise<Source> {
  const folders = await Promise.all(
    FOLDERS.map((folder) => readdir(join(root, folder), { recursive: true, withFileTypes: true })),
  );
  const found = folders.flat().filter((entry) => entry.isFile());
  const paths = [
    ...found.map(({ parentPath, name }) => join(parentPath, name)).sort(),
    ...[...FILES, INSTALLED].map((file) => join(root, file)),
  ];
  const content = createHash('sha256').update(process.version);
  const touched = createHash('sha256');
  for (const path of paths) {
    // One that is gone in the meantime, or was never there, is different from one that is empty.
    const [bytes, ctime] = await Promise.all([
      readFile(path).catch(() => undefined),
      stat(path).then(
        ({ ctimeMs }) => ctimeMs,
        () => undefined,
      ),
    ]);
    content.update(`\0${path.slice(root.length)}\0${bytes?.length}\0`).update(bytes ?? '');
    touched.update(`\0${path}\0${ctime}`);
  }
  return { content: content.digest('hex'), touched: touched.digest('hex') };
}
