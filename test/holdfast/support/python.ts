import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import type { Command } from './command.ts';

// Debian ships `venv` without `ensurepip`, which it cannot work without.
const PROBE = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))';

/** What a command needs Python packages for. */
export interface PythonNeed {
  /** The command that needs them, as a person types it. */
  readonly command: string;
  /** What they are there for. */
  readonly purpose: string;
  /** Path of the file that pins them. */
  readonly requirements: string;
  /** Name of the folder, below `.holdfast`, where they are kept between runs. */
  readonly folder: string;
}

const missing = ({ command, purpose }: PythonNeed) =>
  `${command} needs Python 3.10 or newer with venv, for ${purpose}; get it by \`apt install python3 python3-venv\`, \`brew install python\` or from https://www.python.org/downloads, and run it again`;

/**
 * The path of a program of the pinned Python packages, in a virtual environment that no other project sees.
 * @throws Error that tells how to get Python when there is none; CommandError with what pip said
 */
export async function pythonEnvironment(
  command: Command,
  need: PythonNeed,
): Promise<(program: string) => string> {
  const folder = join(ROOT, '.holdfast', need.folder);
  // A copy of the requirements, written last: a folder that has the same is complete.
  const stamp = join(folder, 'requirements.txt');
  const path = (program: string) => join(folder, 'bin', program);
  const works = (python: string) =>
    command(python, ['-c', PROBE]).then(
      () => true,
      () => false,
    );
  if ((await isSame(stamp, need.requirements)) && (await works(path('python')))) return path;
  if (!(await works('python3'))) throw new Error(missing(need));
  await rm(folder, { recursive: true, force: true });
  await command('python3', ['-m', 'venv', folder]);
  await command(path('pip'), [
    'install',
    '--quiet',
    '--disable-pip-version-check',
    `--requirement=${need.requirements}`,
  ]);
  await cp(need.requirements, stamp);
  return path;
}

async function isSame(...files: readonly string[]): Promise<boolean> {
  const [one, other] = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => undefined)));
  return one === other;
}
