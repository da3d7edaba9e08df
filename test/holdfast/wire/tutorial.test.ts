import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { type Instruction, instructionsOf, missingOf } from '../docs/tutorial.ts';
import { type Copy, copyRepository } from '../support/copy.ts';
import { eventually } from '../support/eventually.ts';
import { type Service, startService } from '../support/service.ts';

const run = promisify(execFile);

let copy: Copy;
let service: Service;
beforeAll(async () => {
  copy = await copyRepository(['test', 'jest.config.js', 'biome.json', 'knip.json', '.gitignore']);
  service = await startService({ root: copy.root });
});
afterAll(async () => {
  await service?.end();
  await copy?.remove();
});

/** The service serves a file that has changed since it had printed so many lines. */
const served = (path: string, since: number) =>
  eventually(
    `${path} to be served`,
    () => service.lines.slice(since).filter((line) => line.startsWith('reload')),
    (lines) => lines.some((line) => line.startsWith('reloaded') && line.includes(path)),
  );

/** The files below functions/ that commands say they have written. */
const writtenFiles = (printed: string) =>
  [...printed.matchAll(/^wrote (functions\/\S+)$/gm)].map(([, path = '']) => path);

/** Variables that commands set. */
const namesIn = (commands: string) => [...commands.matchAll(/^([A-Z]\w*)=/gm)].map(([, name = '']) => name);

/** Runs commands as one shell would that has run all those before: its variables and functions are kept between them. */
async function shell(names: readonly string[], commands: string): Promise<string> {
  const { port } = new URL(service.url);
  const state = join(copy.root, '.holdfast/shell');
  const script = [
    'set -eo pipefail',
    `[ ! -f ${state} ] || . ${state}`,
    commands.replaceAll('localhost:3000', `localhost:${port}`),
    `{ declare -f; ${names.map((name) => `declare -p ${name} 2>/dev/null || true;`).join(' ')} } > ${state}`,
  ].join('\n');
  const env = { ...process.env, PORT: port, NODE_OPTIONS: '' };
  const { stdout, stderr } = await run('bash', ['-c', script], { cwd: copy.root, env }).catch((error) => {
    throw new Error(`${commands}\nfailed\n${error.stdout}${error.stderr}`);
  });
  return stdout + stderr;
}

/** @returns what was shown, and did not come */
async function follow(instruction: Instruction, names: string[]): Promise<string | undefined> {
  const since = service.lines.length;
  if (instruction.kind === 'file') {
    await copy.write(instruction.path, instruction.text);
    if (instruction.path.startsWith('functions/')) await served(instruction.path, since);
    return undefined;
  }
  const { commands, shown } = instruction;
  names.push(...namesIn(commands));
  const printed = await shell(names, commands);
  for (const path of writtenFiles(printed)) await served(path, since);
  const missing = missingOf(shown, printed);
  return missing && `${commands}\ndid not print ${missing}\nbut\n${printed}`;
}

test('every command of docs/tutorial.md does what the page shows', async () => {
  const page = await readFile(join(ROOT, 'docs/tutorial.md'), 'utf8');
  const names: string[] = [];

  const missing: (string | undefined)[] = [];
  for (const instruction of instructionsOf(page)) missing.push(await follow(instruction, names));

  expect(missing.filter((each) => each !== undefined)).toEqual([]);
  expect(missing.length).toBeGreaterThan(15);
});
