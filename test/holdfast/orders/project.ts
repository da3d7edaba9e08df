import { execFile } from 'node:child_process';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Copy } from '../support/copy.ts';
import { emptyProject } from '../support/empty-project.ts';

const run = promisify(execFile);

/** What is here of the project: the rest is as every project has it. */
const PARTS = ['functions', 'lib/service.ts', 'test'];

/** The project that has these definitions: a second service, of which nothing is in this repository's own. */
export async function ordersProject(): Promise<Copy> {
  const copy = await emptyProject();
  await rm(join(copy.root, 'lib/recorded'), { recursive: true });
  for (const part of PARTS)
    await cp(join(import.meta.dirname, part), join(copy.root, part), { recursive: true });
  return copy;
}

/** Commands of a project, by what they print. */
export function commandsOf({ root }: Copy) {
  const command = async (name: string, ...args: string[]): Promise<string> =>
    (await run(name, args, { cwd: root, maxBuffer: 2 ** 26 })).stdout;
  return {
    command,
    /** A module that Node runs there. */
    script: (text: string) => command('node', '--no-warnings', '--input-type=module', '--eval', text),
    /** `npm run …`, without npm before it. */
    kit: (...args: string[]) => command('node', '--no-warnings', 'lib/holdfast/cli/main.ts', ...args),
  };
}
