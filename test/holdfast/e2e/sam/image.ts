import assert from 'node:assert/strict';
import { chmod, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { dirname, join } from 'node:path';
import type { Command } from '../../support/command.ts';

/** AWS's runtime interface client for Node, as the npm registry has it. */
const CLIENT = 'aws-lambda-ric@4.0.2';

/** Its native part speaks to the Runtime API, and takes a compiler and minutes to build; ours speaks to it by HTTP. */
const NATIVE = './rapid-client.node';

/** Where Lambda's own images have them. */
const NODE = '/var/lang/bin/node';
const RUNTIME = '/var/runtime';

/** What SAM runs while it builds its image upon this one, and what the bootstrap is read by. */
const COMMANDS = ['sh', 'mv', 'chmod'];

const BOOTSTRAP = `#!/bin/sh\nexec ${NODE} ${RUNTIME}/index.mjs "$_HANDLER"\n`;

/**
 * Makes a stand-in for AWS's image of Node, from this machine's Node and busybox and AWS's runtime interface client, so
 * that no registry of images is needed. It has the address space of a Lambda function and none of its isolation.
 * @param image its name
 * @param folder a temporary one
 * @throws Error where this machine cannot make one; CommandError with what failed
 */
export async function makeImage(command: Command, image: string, folder: string): Promise<void> {
  if (platform() !== 'linux') {
    throw new Error(
      `the image for functions is made of this machine's own Node, which ${platform()} has no Linux of; give AWS's by --image`,
    );
  }
  const root = join(folder, 'root');
  const put = async (from: string, to: string) => {
    await mkdir(dirname(join(root, to)), { recursive: true });
    await cp(from, join(root, to), { dereference: true });
  };
  const busybox = (await command('sh', ['-c', 'command -v busybox || true'])).trim();
  if (busybox === '') throw new Error('there is no busybox on the PATH; apt install busybox-static');
  await put(busybox, '/bin/busybox');
  for (const name of COMMANDS) await symlink('busybox', join(root, 'bin', name));
  await put(process.execPath, NODE);
  for (const program of [busybox, process.execPath])
    for (const library of await librariesOf(command, program)) await put(library, library);

  const packed = await command('npm', ['pack', CLIENT, '--silent', `--pack-destination=${folder}`]);
  await command('tar', ['-xzf', join(folder, packed.trim()), '-C', folder, 'package/index.mjs']);
  const client = (await readFile(join(folder, 'package/index.mjs'), 'utf8')).split(NATIVE);
  assert.equal(client.length, 2, `${CLIENT} does not load ${NATIVE} once`);
  await mkdir(join(root, RUNTIME), { recursive: true });
  await writeFile(join(root, RUNTIME, 'index.mjs'), client.join('./rapid-client.cjs'));
  await cp(join(import.meta.dirname, 'rapid-client.cjs'), join(root, RUNTIME, 'rapid-client.cjs'));
  await writeFile(join(root, RUNTIME, 'bootstrap'), BOOTSTRAP);
  await chmod(join(root, RUNTIME, 'bootstrap'), 0o755);
  for (const name of ['tmp', 'var/task', 'opt']) await mkdir(join(root, name), { recursive: true });

  const changes = [
    'WORKDIR /var/task',
    'ENV LAMBDA_TASK_ROOT=/var/task',
    `ENV LAMBDA_RUNTIME_DIR=${RUNTIME}`,
  ];
  const options = changes.map((change) => `--change='${change}'`).join(' ');
  await command('sh', ['-c', `tar -C "$1" -c . | docker import ${options} - "$2"`, 'sh', root, image]);
  await rm(root, { recursive: true });
}

/** Paths of the shared libraries of a program, its loader among them; none where it is static. */
async function librariesOf(command: Command, program: string): Promise<readonly string[]> {
  const listed = await command('sh', ['-c', 'ldd "$1" || true', 'sh', program]);
  return [...listed.matchAll(/(\/\S+) \(0x/g)].map(([, path = '']) => path);
}
