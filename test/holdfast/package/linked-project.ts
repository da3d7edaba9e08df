import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { mintToken } from '../../../lib/holdfast/local/issuer.ts';
import { inFolder, TERMINAL } from './project.ts';
import { REPOSITORY } from './root.ts';
import type { Packages, Packed } from './tarballs.ts';

const run = promisify(execFile);

/** What this repository has, and no project: how files are formatted is a team's own. */
const OWN = ['@biomejs'];

/** What the kit's `bin` names. */
const COMMANDS = { holdfast: 'cli/main.js', 'holdfast-jest': 'jest/run.js' };

/** Stands before npm while a project is made: packages that are there already are moved to where npm would install them. */
const npmThatMoves = (npm: string, packages: string) =>
  `#!/bin/sh\n[ "$1" = install ] && exec mv '${packages}' node_modules\nexec '${npm}' "$@"\n`;

/**
 * A terminal in which `create-holdfast`, unpacked into a folder, makes a project with the kit of the tarball; its other
 * packages are this repository's. npm takes 15 s of CPU to install them, and does so once, in `package.test.ts`.
 * @param tools where `create.js` comes to lie
 */
export async function linkedTerminal(
  tools: string,
  { kit, create }: Packages,
  terminal: NodeJS.ProcessEnv = TERMINAL,
): Promise<NodeJS.ProcessEnv> {
  const packages = join(tools, 'packages');
  await unpack(create, tools);
  await linkPackages(packages);
  await placeKit(packages, kit);
  const npm = join(tools, 'npm');
  await writeFile(npm, npmThatMoves((await inFolder(tools, 'sh', '-c', 'command -v npm')).trim(), packages));
  await chmod(npm, 0o755);
  return { ...terminal, PATH: `${tools}${delimiter}${terminal.PATH}` };
}

/** A project that is made in such a terminal. */
export async function createLinkedProject(
  folder: string,
  packages: Packages,
  name: string,
  terminal: NodeJS.ProcessEnv = TERMINAL,
): Promise<string> {
  const [root, tools] = [join(folder, name), join(folder, 'tools')];
  const env = await linkedTerminal(tools, packages, terminal);
  const kit = `file:${packages.kit.path}`;
  await run('node', [join(tools, 'create.js'), name, '--kit', kit], { cwd: folder, env });
  // Tokens of this repository's local issuer are good for the project's service too; a first token makes its key.
  await mintToken({ tenant: 'linked', subject: 'linked', scopes: '' });
  await cp(join(REPOSITORY, '.holdfast/issuer.json'), join(root, '.holdfast/issuer.json'));
  return root;
}

/** Puts the kit of another tarball in the place of a project's own. */
export const installKit = (root: string, kit: Packed): Promise<void> =>
  placeKit(join(root, 'node_modules'), kit);

async function linkPackages(to: string): Promise<void> {
  const from = join(REPOSITORY, 'node_modules');
  await mkdir(join(to, '.bin'), { recursive: true });
  // The kit's own commands join the others.
  for (const [name, file] of Object.entries(COMMANDS))
    await symlink(`../holdfast/${file}`, join(to, '.bin', name));
  for (const folder of ['', '.bin'])
    for (const name of (await readdir(join(from, folder))).filter(
      (each) => !each.startsWith('.') && !OWN.includes(each),
    ))
      await symlink(join(from, folder, name), join(to, folder, name));
}

async function placeKit(packages: string, kit: Packed): Promise<void> {
  const folder = join(packages, 'holdfast');
  await rm(folder, { recursive: true, force: true });
  await unpack(kit, folder);
  for (const file of Object.values(COMMANDS)) await chmod(join(folder, file), 0o755);
  // As npm does: what was synthesized with one kit is not taken for what another would make.
  await writeFile(join(packages, '.package-lock.json'), JSON.stringify({ holdfast: kit.integrity }));
}

async function unpack({ path }: Packed, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await run('tar', ['-xzf', path, '-C', to, '--strip-components=1']);
}
