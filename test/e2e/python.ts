import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../../lib/root.ts';
import { type Command, CommandError } from './command.ts';

/** Where Python packages are kept between runs; they are made anew when {@link REQUIREMENTS} changes. */
const FOLDER = join(ROOT, '.venv');

/** The packages, pinned. */
const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');

/** A copy of the requirements, written last: what has it is complete. */
const STAMP = join(FOLDER, 'requirements.txt');

// Debian ships `venv` without `ensurepip`, which it cannot work without.
const PROBE = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))';

const MISSING =
  'npm run e2e needs Python 3.10 or newer with venv, for the AWS emulator; get it by `apt install python3 python3-venv`, `brew install python` or from https://www.python.org/downloads, and run it again';

/**
 * The path of a program of the pinned Python packages, in a virtual environment that no other project sees.
 * @throws Error that tells how to get Python when there is none, or what pip said
 */
export async function pythonEnvironment(command: Command): Promise<(program: string) => string> {
  if (!(await isComplete())) {
    await command('python3', ['-c', PROBE]).catch((cause) => {
      throw new Error(MISSING, { cause });
    });
    await rm(FOLDER, { recursive: true, force: true });
    await command('python3', ['-m', 'venv', FOLDER]);
    const pip = ['install', '--quiet', '--disable-pip-version-check', '--requirement', REQUIREMENTS];
    await command(join(FOLDER, 'bin', 'pip'), pip).catch((error: CommandError) => {
      throw new CommandError(
        `pip could not install ${REQUIREMENTS}; it needs PyPI, or an index of yours`,
        error,
      );
    });
    await cp(REQUIREMENTS, STAMP);
  }
  return (program) => join(FOLDER, 'bin', program);
}

async function isComplete(): Promise<boolean> {
  const read = (path: string) => readFile(path, 'utf8').catch(() => undefined);
  return (await read(STAMP)) === (await read(REQUIREMENTS));
}
