import { execFile } from 'node:child_process';
import { mkdtemp, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ending } from '../support/ending.ts';
import type { Packages } from './tarballs.ts';

const run = promisify(execFile);

/**
 * The environment of a terminal: nothing of the npm that runs the tests, not the service that some of them share, and no tool
 * of this repository, which a project might otherwise lack unnoticed. Node is the one that runs the tests.
 */
export const TERMINAL = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_|NODE_OPTIONS|INIT_CWD|CDK_|JEST_|BASE_URL|PARTNERS_URL)/.test(name),
    ),
  ),
  PATH: [
    dirname(process.execPath),
    ...(process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules')),
  ].join(delimiter),
  // Not by the settings of a repository, which could come to be this one's.
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((role) => [
      [`GIT_${role}_NAME`, 'Alice'],
      [`GIT_${role}_EMAIL`, 'alice@example.com'],
    ]),
  ),
};

/** A project that is not made yet: nothing can be run in it, where it would be run in this repository otherwise. */
export const NOT_MADE = join(tmpdir(), 'holdfast-package-not-made');

/** Runs a command; what it printed is in the error when it fails. */
export async function inFolder(cwd: string, command: string, ...args: string[]): Promise<string> {
  const options = { cwd, env: TERMINAL, maxBuffer: 2 ** 26 };
  return run(command, args, options).then(
    ({ stdout }) => stdout,
    ({ message, stdout, stderr }) => {
      throw new Error(`${message}\n${stdout}\n${stderr}`);
    },
  );
}

/** A folder that has no `node_modules` above it, and is removed at the end. */
export async function emptyFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'holdfast-package-'));
  return { path, remove: ending(() => run('rm', ['-rf', path])) };
}

/** Makes a project as `npm create` does: by the command of the package, which npm installs for that alone. */
export async function createProject(
  folder: string,
  { kit, create }: Packages,
  name: string,
  ...options: string[]
): Promise<string> {
  const exec = ['exec', '--yes', '--prefer-offline', `--package=${create.path}`, '--'];
  await inFolder(folder, 'npm', ...exec, 'create-holdfast', name, '--kit', `file:${kit.path}`, ...options);
  return join(folder, name);
}

/** Packages that are installed, and what they take. */
export async function installed(
  root: string,
): Promise<{ readonly packages: number; readonly bytes: number }> {
  const files = await readdir(join(root, 'node_modules'), { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    files
      .filter((file) => file.isFile())
      .map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size),
  );
  const listed = await inFolder(root, 'npm', 'ls', '--all', '--parseable');
  // The first line is the project itself.
  const packages = new Set(listed.trim().split('\n')).size - 1;
  return { packages, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** Files of a project that are committed, but for what npm has locked. */
export async function ownFiles(root: string): Promise<readonly string[]> {
  const files = await readdir(root, { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1))
    .filter((file) => !/^(node_modules|\.git\/|\.holdfast|cdk\.out|package-lock\.json)\b/.test(file))
    .sort();
}
