#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const USAGE = `usage: create-holdfast FOLDER [--empty RESOURCE] --kit SPEC

Makes a project in FOLDER, whose name is the service's, and a git repository there, unless it is in one; installs its packages;
records what its definitions have come to.

  --empty RESOURCE  one resource of that name, in place of the sample
  --kit SPEC        the kit to install, as npm takes it: file:../holdfast.tgz; needed until the kit is on npm`;

/** As `defineService` takes it. */
const NAME = /^(?!.*(aws|amazon|cognito))(?=.{1,32}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** The first releases of Node that load TypeScript, which the kit needs; others get one of their own from npm. */
const loadsTypeScript = /^v(22\.(1[89]|[2-9]\d)|23\.([6-9]|\d\d)|2[4-9]|[3-9]\d)\b/.test(process.version);

/** npm would leave it out of a package under its own name. */
const GITIGNORE = { packed: 'gitignore', called: '.gitignore' };

interface Manifest {
  name?: string;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

class UsageError extends Error {}

function create(args: string[]): void {
  const { values, positionals } = parse(args);
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new UsageError('name one folder');
  const root = resolve(folder);
  const name = basename(root);
  if (!NAME.test(name))
    throw new UsageError(
      `'${name}' is no name of a service; take kebab case of at most 32 letters, without aws, amazon and cognito`,
    );
  // Until the name on npm is the kit's, whoever registers it would run code in every new project.
  if (values.kit === undefined)
    throw new UsageError(
      'say which kit: --kit file:holdfast-X.tgz, as npm run build and npm pack ./dist make it',
    );
  if (existsSync(root) && readdirSync(root).length > 0)
    throw new UsageError(`${folder} is not empty; choose another folder`);
  write(root, name, values);
  beginRepository(root);
  const made = values.empty === undefined ? ['record'] : ['new', '--', 'resource', values.empty];
  runAll(root, [
    ['npm', 'install', '--no-audit', '--no-fund'],
    ['npm', 'run', '--silent', ...made],
  ]);
  console.log(`\n${name} is ready:\n\n  cd ${folder}\n  npm start\n`);
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        empty: { type: 'string' },
        kit: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Writes the project, without what npm and the kit write. */
function write(root: string, name: string, { empty, kit }: { empty?: string; kit?: string }): void {
  const from = (part: string) => join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, part);
  mkdirSync(root, { recursive: true });
  cpSync(from('template'), root, { recursive: true });
  renameSync(join(root, GITIGNORE.packed), join(root, GITIGNORE.called));
  const manifest: Manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (empty === undefined) {
    cpSync(from('sample/files'), root, { recursive: true });
    Object.assign(manifest.dependencies, JSON.parse(readFileSync(from('sample/dependencies.json'), 'utf8')));
  }
  if (kit !== undefined) manifest.dependencies.holdfast = kit;
  if (loadsTypeScript) delete manifest.devDependencies.node;
  writeFileSync(join(root, 'package.json'), `${JSON.stringify({ ...manifest, name }, null, 2)}\n`);
  const service = join(root, 'lib/service.ts');
  writeFileSync(service, readFileSync(service, 'utf8').replace("name: 'payouts'", `name: '${name}'`));
}

/** What no commit has may change freely, and git tells what that is: a project in no repository becomes one. */
function beginRepository(cwd: string): void {
  const git = (...args: string[]) => spawnSync('git', args, { cwd, stdio: 'ignore' }).status === 0;
  // A repository around it counts, though it is somebody else's, as in a container.
  const isInOne = git('-c', 'safe.directory=*', 'rev-parse', '--git-dir');
  if (!isInOne && git('init')) console.log('began a git repository; nothing is committed yet');
}

/** @throws Error with what is left to be done, when one of them fails */
function runAll(cwd: string, commands: readonly (readonly [string, ...string[]])[]): void {
  commands.forEach(([command, ...args], i) => {
    const { status } = spawnSync(command, args, {
      cwd,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    if (status === 0) return;
    const left = commands.slice(i).map((words) => `\n  ${words.join(' ')}`);
    throw new Error(`this failed; once it is repaired, go on in ${cwd}:\n${left.join('')}`);
  });
}

try {
  create(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) console.error(`${error.message}\n${USAGE}`);
  else console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
