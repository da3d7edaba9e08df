import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Node } from '../openapi/schemas/node.ts';

const run = promisify(execFile);

/** Where it is recorded. */
export const CONTRACT_FOLDER = 'lib/recorded/contract';

/** Where releases before 0.5 kept what {@link DEFAULT_OF} says now. */
const DEFAULTS = `${CONTRACT_FOLDER}/defaults.json`;

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
  const names = existsSync(join(root, CONTRACT_FOLDER)) ? readdirSync(join(root, CONTRACT_FOLDER)) : [];
  const paths = names.filter((name) => name.endsWith('.json')).map((name) => `${CONTRACT_FOLDER}/${name}`);
  const texts = paths.map(async (path) => [path, await readFile(join(root, path), 'utf8')] as const);
  return new Map(await Promise.all(texts));
}

/**
 * Files as the last commit has them: nobody has been promised what came since.
 * @param paths files or folders, from the root of the repository
 * @returns none where no commit has any; undefined where git reads no repository here, so nobody can say what was committed
 */
export async function committedFiles(root: string, ...paths: string[]): Promise<Texts | undefined> {
  const knows = (...args: string[]) =>
    git(root, ...args).then(
      () => true,
      () => false,
    );
  if (!(await knows('rev-parse', '--git-dir'))) return undefined;
  if (!(await knows('rev-parse', '--verify', '--quiet', 'HEAD'))) return new Map();
  return filesOf(root, 'HEAD', ...paths).then(
    (files) => files ?? new Map(),
    () => undefined,
  );
}

/**
 * Files as a commit has them.
 * @returns undefined where it has none
 * @throws Error where there is no such commit
 */
export async function filesOf(root: string, commit: string, ...paths: string[]): Promise<Texts | undefined> {
  const listed = await git(root, 'ls-tree', '-r', '-z', '--name-only', commit, ...paths);
  const names = listed.split('\0').filter((name) => name.endsWith('.json'));
  const texts = names.map(async (name) => [name, await git(root, 'show', `${commit}:./${name}`)] as const);
  return names.length === 0 ? undefined : new Map(await Promise.all(texts));
}

/**
 * Paths in a folder of what differs from a commit, or is in none yet.
 * @throws Error where there is no such commit
 */
export async function changedSince(root: string, commit: string, folder: string): Promise<readonly string[]> {
  const listed = await Promise.all([
    git(root, 'diff', '--name-only', '--relative', '-z', commit, '--', folder),
    git(root, 'ls-files', '--others', '--exclude-standard', '-z', folder),
  ]);
  return listed.flatMap((paths) => paths.split('\0').filter((path) => path !== ''));
}

const git = async (root: string, ...args: string[]) =>
  (await run('git', args, { cwd: root, maxBuffer: 2 ** 26 })).stdout;

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
      return [`${CONTRACT_FOLDER}/${version}.json`, JSON.stringify(recorded)];
    }),
  );
