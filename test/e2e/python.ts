import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../lib/root.ts';
import type { Command } from './command.ts';

/** Where the Python packages are kept between runs. */
const FOLDER = join(ROOT, '.holdfast', 'python');

/** The packages, pinned. */
const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');

/** A copy of the requirements, written last: a folder that has the same is complete. */
const STAMP = join(FOLDER, 'requirements.txt');

// Debian ships `venv` without `ensurepip`, which it cannot work without.
const PROBE = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))';

const MISSING =
  'npm run e2e needs Python 3.10 or newer with venv, for the AWS emulator; get it by `apt install python3 python3-venv`, `brew install python` or from https://www.python.org/downloads, and run it again';

/**
 * The path of a program of the pinned Python packages, in a virtual environment that no other project sees.
 * @throws Error that tells how to get Python when there is none; CommandError with what pip said
 */
export async function pythonEnvironment(command: Command): Promise<(program: string) => string> {
  const path = (program: string) => join(FOLDER, 'bin', program);
  const works = (python: string) =>
    command(python, ['-c', PROBE]).then(
      () => true,
      () => false,
    );
  if ((await isComplete()) && (await works(path('python')))) return path;
  if (!(await works('python3'))) throw new Error(MISSING);
  await rm(FOLDER, { recursive: true, force: true });
  await command('python3', ['-m', 'venv', FOLDER]);
  await command(path('pip'), [
    'install',
    '--quiet',
    '--disable-pip-version-check',
    `--requirement=${REQUIREMENTS}`,
  ]);
  await cp(REQUIREMENTS, STAMP);
  return path;
}

async function isComplete(): Promise<boolean> {
  const read = (file: string) => readFile(file, 'utf8').catch(() => undefined);
  return (await read(STAMP)) === (await read(REQUIREMENTS));
}
