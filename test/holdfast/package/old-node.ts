import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { nodeFault } from '../../../lib/holdfast/cli/command/node-version.ts';
import { TERMINAL } from './project.ts';

const run = promisify(execFile);

/** A Node of this machine's own that cannot load TypeScript, as that of Debian 13. */
export interface OldNode {
  readonly version: string;
  /** Environment of a terminal whose Node it is. */
  readonly terminal: typeof TERMINAL;
}

/** The first on the path; a machine may have none. */
export async function findOldNode(): Promise<OldNode | undefined> {
  const folders = TERMINAL.PATH.split(delimiter);
  for (const [i, folder] of folders.entries()) {
    const { stdout } = await run(join(folder, 'node'), ['--version']).catch(() => ({ stdout: '' }));
    const version = stdout.trim().slice(1);
    if (version !== '' && nodeFault(version) !== undefined)
      return { version, terminal: { ...TERMINAL, PATH: folders.slice(i).join(delimiter) } };
  }
  return undefined;
}
