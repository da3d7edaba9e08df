import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Node } from '../openapi/schemas/node.ts';

const run = promisify(execFile);

const FOLDER = 'lib/recorded/contract';

/** Where releases before 0.5 kept what {@link DEFAULT_OF} says now. */
const DEFAULTS = `${FOLDER}/defaults.json`;

/** Member of a recorded document: the stages that speak its version to those who name none. */
const DEFAULT_OF = 'x-default-of';

/** What clients were promised: a document for each version, and the version that each stage speaks to those who name none. */
export interface Promised {
  /** Documents without prose, by version. */
  readonly documents: ReadonlyMap<string, Node>;
  readonly defaults: Readonly<Record<string, string>>;
}

/** Texts by their paths from the root of the repository. */
export type Texts = ReadonlyMap<string, string>;

/** The files of the contract as they are in the working copy. */
export async function contractFiles(root: string): Promise<Texts> {
  const names = existsSync(join(root, FOLDER)) ? readdirSync(join(root, FOLDER)) : [];
  const paths = names.filter((name) => name.endsWith('.json')).map((name) => `${FOLDER}/${name}`);
  const texts = paths.map(async (path) => [path, await readFile(join(root, path), 'utf8')] as const);
  return new Map(await Promise.all(texts));
}

/**
 * Files as the last commit has them: nobody has been promised what came since.
 * @param paths files or folders, from the root of the repository
 * @returns undefined where there is no commit
 */
export async function committedFiles(root: string, ...paths: string[]): Promise<Texts | undefined> {
  const git = async (...args: string[]) => (await run('git', args, { cwd: root, maxBuffer: 2 ** 26 })).stdout;
  try {
    const listed = await git('ls-tree', '-r', '-z', '--name-only', 'HEAD', ...paths);
    const names = listed.split('\0').filter((name) => name.endsWith('.json'));
    const texts = names.map(async (name) => [name, await git('show', `HEAD:./${name}`)] as const);
    return names.length === 0 ? undefined : new Map(await Promise.all(texts));
  } catch {
    // No git, no repository or no commit: what is in the working copy counts.
    return undefined;
  }
}

/** What clients were promised by these files. */
export function readPromised(files: Texts): Promised {
  const documents: [string, Node][] = [];
  const defaults: Record<string, string> = JSON.parse(files.get(DEFAULTS) ?? '{}');
  for (const [path, text] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const [, version] = /\/(\d{4}-\d{2}-\d{2})\.json$/.exec(path) ?? [];
    if (version === undefined) continue;
    const { [DEFAULT_OF]: stages = [], ...document }: Recorded = JSON.parse(text);
    documents.push([version, document]);
    for (const stage of stages) defaults[stage] = version;
  }
  return { documents: new Map(documents), defaults };
}

/** A document as it is recorded. */
type Recorded = Node & { readonly [DEFAULT_OF]?: readonly string[] };

/** What is to be committed, not formatted yet. */
export const promisedTexts = ({ documents, defaults }: Promised): Texts =>
  new Map(
    [...documents].map(([version, document]) => {
      const stages = Object.keys(defaults).filter((stage) => defaults[stage] === version);
      const recorded = stages.length === 0 ? document : { ...document, [DEFAULT_OF]: stages };
      return [`${FOLDER}/${version}.json`, JSON.stringify(recorded)];
    }),
  );
