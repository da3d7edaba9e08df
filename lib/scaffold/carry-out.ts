import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from '../local/settings.ts';
import { ROOT } from '../root.ts';
import { FileChanges } from './file-changes.ts';
import type { Plan } from './plan.ts';

const run = promisify(execFile);

/** What the tools write: where a new function lives, what clients are promised, and what the typed client knows. */
const records = () => [
  'lib/frozen.json',
  'lib/client/contract.ts',
  'lib/client/routes.ts',
  ...readdirSync(join(ROOT, 'lib/contract'))
    .filter((file) => file.endsWith('.json'))
    .map((file) => `lib/contract/${file}`),
];

/**
 * Writes what a generator has planned, records it, and runs its tests. All of it is done, or nothing.
 * @throws UsageError for a file that is there already
 * @throws Error with what the tool said that failed
 */
export async function carryOut({ files, edits = {} }: Plan): Promise<void> {
  const paths = Object.keys(files);
  const there = paths.find((path) => existsSync(join(ROOT, path)));
  if (there !== undefined)
    throw new UsageError(`${there} is there already; choose another name, or remove it`);
  const changes = new FileChanges(ROOT);
  try {
    for (const record of records()) await changes.keep(record);
    for (const [path, text] of Object.entries({ ...edits, ...files })) await changes.write(path, text);
    await tool('biome', ['check', '--write', ...Object.keys(edits), ...paths]);
    // One after the other, so that a running local cloud has a core to serve the new files with.
    await node(['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', ...paths.filter(isTest)]);
    await node(['bin/contract.ts', '--accept']);
    await node(['bin/client.ts']);
    // The validation of whole templates takes four seconds more; `npm run synth` does it.
    await node(['bin/freeze.ts'], { CDK_VALIDATION: 'false' });
  } catch (error) {
    await changes.undo();
    throw error;
  }
}

const isTest = (path: string) => path.endsWith('.test.ts');

/** In a process of its own, which loads every definition anew. */
const node = (args: readonly string[], env?: Readonly<Record<string, string>>) =>
  tool(process.execPath, ['--no-warnings', ...args], env);

async function tool(
  command: string,
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
): Promise<void> {
  await run(command, args, { cwd: ROOT, ...(env && { env }) }).catch(
    ({ message, stdout = '', stderr = '' }) => {
      throw new Error(`nothing was made, since this failed: ${message}\n${stdout}${stderr}`);
    },
  );
}
