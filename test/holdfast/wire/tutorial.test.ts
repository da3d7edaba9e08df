import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { type Instruction, instructionsOf, missingOf, START } from '../docs/tutorial.ts';
import { linkedTerminal } from '../package/linked-project.ts';
import { emptyFolder, ownFiles } from '../package/project.ts';
import { packInto } from '../package/tarballs.ts';
import { eventually } from '../support/eventually.ts';
import { type Running, run as start } from '../support/process.ts';

const run = promisify(execFile);

/** What a project has from the start. */
const FROM_TEMPLATE = ['test/contract.test.ts', 'test/crash.test.ts'];

/** What of a project is the service's own. */
const SERVICE = /^(functions\/|test\/(actions|operations|partners|examples)|lib\/service\.ts)/;

let folder: Awaited<ReturnType<typeof emptyFolder>>;
let terminal: NodeJS.ProcessEnv;
/** Where the page has its reader create it. */
let project: string;
let service: Running | undefined;
let port = '';
beforeAll(async () => {
  folder = await emptyFolder();
  project = join(folder.path, 'orders');
  // A clone of the kit, in which what the page builds is built.
  const kit = join(folder.path, 'holdfast');
  await mkdir(kit);
  const env = await linkedTerminal(join(kit, 'dist-create'), await packInto(kit));
  terminal = { ...env, KIT: kit, CDK_VALIDATION: 'false', POWERTOOLS_LOG_LEVEL: 'ERROR' };
});
afterAll(async () => {
  await service?.end('SIGINT');
  await folder?.remove();
});

/** Files that its reader has written, by their paths: they are saved before the next command, and reloaded at once. */
const unsaved = new Map<string, string>();

async function save(): Promise<void> {
  const since = service?.lines.length ?? 0;
  for (const path of unsaved.keys()) await mkdir(dirname(join(project, path)), { recursive: true });
  await Promise.all([...unsaved].map(([path, text]) => writeFile(join(project, path), text)));
  changed(unsaved.keys(), since);
  unsaved.clear();
}

/** A file that the service may not serve yet, and how much had been printed before it was changed. */
let stale: { readonly path: string; readonly since: number } | undefined;

const changed = (paths: Iterable<string>, since: number) => {
  for (const path of paths) if (service && path.startsWith('functions/')) stale = { path, since };
};

/** The service serves what has been changed. */
async function served(): Promise<void> {
  if (stale === undefined) return;
  const { path, since } = stale;
  await eventually(
    `${path} to be served`,
    () => (service?.lines ?? []).slice(since).filter((line) => line.startsWith('reload')),
    (lines) => lines.some((line) => line.startsWith('reloaded') && line.includes(path)),
  );
  stale = undefined;
}

/** Variables that commands set. */
const namesIn = (commands: string) => [...commands.matchAll(/^([A-Z]\w*)=/gm)].map(([, name = '']) => name);

/** Runs commands as one shell would that has run all those before: its folder, variables and functions are kept. */
async function shell(names: readonly string[], commands: string): Promise<string> {
  const state = join(folder.path, 'shell');
  const script = [
    'set -eo pipefail',
    `[ ! -f ${state} ] || . ${state}`,
    commands.replaceAll('localhost:3000', `localhost:${port}`),
    `{ declare -f; ${names.map((name) => `declare -p ${name} 2>/dev/null || true;`).join(' ')} echo cd "$PWD"; } > ${state}`,
  ].join('\n');
  const env = { ...terminal, PORT: port };
  const { stdout, stderr } = await run('bash', ['-c', script], { cwd: folder.path, env }).catch((error) => {
    throw new Error(`${commands}\nfailed\n${error.stdout}${error.stderr}`);
  });
  return stdout + stderr;
}

/** Starts the service, in a terminal of its own. @returns what it printed until it served */
async function startService(): Promise<string> {
  service = start('npm', ['start'], { cwd: project, env: { ...terminal, PORT: '0' }, detached: true });
  const [ready, found = ''] = await service.line(/^ready http:\S+:(\d+)$/);
  port = found;
  return ready.replace(port, '3000');
}

/** @returns what was shown, and did not come */
async function follow(instruction: Instruction, names: string[]): Promise<string | undefined> {
  const { shown } = instruction;
  const since = service?.lines.length ?? 0;
  if (instruction.kind === 'file') {
    unsaved.set(instruction.path, instruction.text);
    if (shown === '') return undefined;
    await save();
    await served();
    return notShown(instruction.path, shown, (service?.lines ?? []).slice(since).join('\n'));
  }
  const { commands } = instruction;
  names.push(...namesIn(commands));
  await save();
  if (commands.includes('localhost')) await served();
  const printed = commands === START ? await startService() : await shell(names, commands);
  const written = [...printed.matchAll(/^wrote (\S+)$/gm)].map(([, path = '']) => path);
  if (commands !== START) changed(written, since);
  return notShown(commands, shown, printed);
}

/** @returns what the page shows of something that was done, and did not come */
function notShown(done: string, shown: string, printed: string): string | undefined {
  const missing = missingOf(shown, printed);
  return missing && `${done}\ndid not print ${missing}\nbut\n${printed}`;
}

/** Each file of a service below a folder, by its path. */
async function serviceIn(root: string): Promise<ReadonlyMap<string, string>> {
  const paths = (await ownFiles(root)).filter((path) => SERVICE.test(path) && !FROM_TEMPLATE.includes(path));
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(root, path), 'utf8')] as const)),
  );
}

test('every step of docs/tutorial.md does what the page shows, and all of them make the second service', async () => {
  const page = await readFile(join(ROOT, 'docs/tutorial.md'), 'utf8');
  const names: string[] = [];

  const missing: (string | undefined)[] = [];
  for (const instruction of instructionsOf(page)) missing.push(await follow(instruction, names));

  expect(missing.filter((each) => each !== undefined)).toEqual([]);
  expect(missing.length).toBeGreaterThan(15);
  expect(await serviceIn(project)).toEqual(await serviceIn(join(ROOT, 'test/holdfast/orders')));
});
