import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Node } from '../openapi/node.ts';

const run = promisify(execFile);

const FOLDER = 'lib/contract';

const DEFAULTS = 'defaults.json';

/** What clients were promised: a document for each version, and the version that each stage speaks to those who name none. */
export interface Promised {
  /** Documents without prose, by version. */
  readonly documents: ReadonlyMap<string, Node>;
  readonly defaults: Readonly<Record<string, string>>;
}

/** What is committed. */
export async function readPromised(root: string): Promise<Promised> {
  const read = async (file: string) => JSON.parse(await readFile(join(root, FOLDER, file), 'utf8'));
  const files = readdirSync(join(root, FOLDER)).filter((file) => /^\d{4}-\d{2}-\d{2}\.json$/.test(file));
  const documents = await Promise.all(
    files.sort().map(async (file) => [file.replace('.json', ''), (await read(file)) as Node] as const),
  );
  const defaults = existsSync(join(root, FOLDER, DEFAULTS)) ? await read(DEFAULTS) : {};
  return { documents: new Map(documents), defaults };
}

/** Writes what is to be committed; the document of a version that is gone is removed. */
export async function writePromised(root: string, { documents, defaults }: Promised): Promise<void> {
  const { documents: before } = await readPromised(root);
  const gone = [...before.keys()].filter((version) => !documents.has(version));
  const path = (name: string) => join(root, FOLDER, name);
  await Promise.all([
    ...gone.map((version) => rm(path(`${version}.json`))),
    ...[...documents].map(([version, document]) =>
      writeFile(path(`${version}.json`), JSON.stringify(document)),
    ),
    writeFile(path(DEFAULTS), JSON.stringify(defaults)),
  ]);
  // One value or one short object a line, so that a review sees what has changed.
  await run('biome', ['format', '--write', FOLDER], { cwd: root });
}
