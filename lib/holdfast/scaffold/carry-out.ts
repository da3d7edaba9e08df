import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from '../cli/command/command.ts';
import { commandOfPackage, neededCommand } from '../service/packages.ts';
import { ROOT } from '../service/project.ts';
import { withExample } from './files/example.ts';
import { FileChanges } from './files/file-changes.ts';
import type { Plan } from './plan.ts';

const run = promisify(execFile);

/** What `npm run record` writes. */
const RECORDS = ['lib/recorded/frozen.json', 'lib/recorded/client.ts'];

const RECORD_FOLDER = 'lib/recorded/contract';

const CLI = join(import.meta.dirname, `../cli/main${extname(import.meta.filename)}`);

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Writes what a generator has planned, records it, and runs its tests. All of it is done, or nothing.
 * @returns paths of the files that were written
 * @throws UsageError for a file that is there already
 * @throws Error with what the tool said that failed
 */
export async function carryOut({ files, example }: Plan): Promise<readonly string[]> {
  const paths = Object.keys(files);
  const there = paths.find((path) => existsSync(join(ROOT, path)));
  if (there !== undefined)
    throw new UsageError(`${there} is there already; choose another name, or remove it`);
  const written = { ...files, ...(example && withExample(...example)) };
  const changes = new FileChanges(ROOT);
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  for (const name of SIGNALS) process.on(name, interrupt);
  // In a process of its own, which loads every definition anew.
  const node = nodes(interruption.signal);
  try {
    for (const record of RECORDS) await changes.keep(record);
    await changes.keepFolder(RECORD_FOLDER);
    for (const [path, text] of Object.entries(written)) await changes.write(path, text);
    const biome = commandOfPackage(ROOT, '@biomejs/biome', 'biome');
    if (biome !== undefined) await node([biome, 'check', '--write', ...Object.keys(written)]);
    // One after the other, so that a running local cloud has a core to serve the new files with.
    await node(['--experimental-vm-modules', neededCommand(ROOT, 'jest'), ...paths.filter(isTest)]);
    await node([CLI, 'record']);
    return Object.keys(written);
  } catch (error) {
    await changes.undo();
    throw error;
  } finally {
    for (const name of SIGNALS) process.off(name, interrupt);
  }
}

const isTest = (path: string) => path.endsWith('.test.ts');

/** Runs a file in the project; whoever interrupts this process ends it, and what was made is taken back. */
const nodes =
  (signal: AbortSignal) =>
  async (args: readonly string[]): Promise<void> => {
    await run(process.execPath, ['--no-warnings', ...args], { cwd: ROOT, signal }).catch(
      ({ message, stdout = '', stderr = '' }) => {
        throw new Error(`nothing was made, since this failed: ${message}\n${stdout}${stderr}`);
      },
    );
  };
