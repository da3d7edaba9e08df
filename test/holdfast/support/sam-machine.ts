import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { type Running, run } from './process.ts';

/** This machine's, and in no list of its interfaces: as the address of a bridge is that no container is on. */
const [ADDRESS, NETWORK] =
  process.platform === 'linux' ? ['127.77.0.1', { Subnet: '127.77.0.0/16' }] : ['::1', { Gateway: '::1' }];

/**
 * Docker's CLI, with an engine on this machine. A container is a process. Two have been started by a SAM CLI: `ours`
 * with the endpoint that the stub of SAM was given, `theirs` with another.
 */
const DOCKER = `#!/bin/sh
echo "docker $*" >> "$STUBS/calls"
case "$1" in
  info) if [ -n "$ENGINE_SAYS" ]; then echo "$ENGINE_SAYS" >&2; exit 1; fi ;;
  network) echo '${JSON.stringify([{ IPAM: { Config: [NETWORK] } }])}' ;;
  context) echo unix:///run/engine-of-the-context.sock ;;
  image) if [ -n "$NO_IMAGE" ]; then echo "no such image" >&2; exit 1; fi ;;
  pull) echo "no such host" >&2; exit 1 ;;
  run) shift 5; exec '${process.execPath}' "$@" ;;
  ps) echo ours; echo theirs ;;
  inspect) echo "ours [\\"$(cat "$STUBS/mark")\\"]"; echo 'theirs ["AWS_ENDPOINT_URL=http://127.77.0.1:1"]' ;;
esac
`;

/** SAM as of 1.170: the first SIGINT has it remove its containers, which takes time, and a second ends it at once. */
const SAM = `#!${process.execPath}
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:http');
const stubs = process.env.STUBS;
const option = (name) => process.argv[process.argv.indexOf(name) + 1];
if (process.argv.includes('--version')) process.exit();
const [variables] = Object.values(JSON.parse(readFileSync(option('--env-vars'), 'utf8')));
writeFileSync(stubs + '/mark', 'AWS_ENDPOINT_URL=' + variables.AWS_ENDPOINT_URL);
writeFileSync(stubs + '/environment', JSON.stringify(process.env));
process.on('SIGINT', () => {
  appendFileSync(stubs + '/calls', 'sam SIGINT\\n');
  if (process.exitCode === 1) process.exit();
  process.exitCode = 1;
  setTimeout(() => { console.error('sam: containers removed'); process.exit(0); }, 500);
});
const server = createServer(async (_, response) => {
  // What a function would do.
  const { status } = await fetch(variables.AWS_ENDPOINT_URL, { method: 'POST' });
  response.end(String(status));
});
server.listen(option('--port'), '127.0.0.1', () => console.error('Press CTRL+C to quit'));
`;

/** A machine on which `npm run sam` runs, with stand-ins for Docker and the SAM CLI. */
export interface SamMachine {
  /** Of Docker's bridge, in a URL. */
  readonly bridge: string;
  /** Starts `npm run sam` in a process group of its own. */
  sam(args?: readonly string[], env?: Readonly<Record<string, string>>): Running;
  /** A file that a stand-in has written. */
  read(name: 'calls' | 'environment'): Promise<string>;
  remove(): Promise<void>;
}

/** @param commands the stand-ins that it has. @default both */
export async function samMachine(
  commands: readonly ('docker' | 'sam')[] = ['docker', 'sam'],
): Promise<SamMachine> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-machine-'));
  const texts = { docker: DOCKER, sam: SAM };
  await Promise.all(commands.map((name) => writeFile(join(folder, name), texts[name], { mode: 0o755 })));
  // A real SAM CLI or Docker of this machine is not to be found.
  const system = commands.length === 2 ? `${delimiter}${process.env.PATH}` : '';
  return {
    bridge: ADDRESS.includes(':') ? `[${ADDRESS}]` : ADDRESS,
    sam: (args = [], env = {}) =>
      // Both streams in one, as on a terminal, so that their lines keep their order.
      run(
        '/bin/sh',
        [
          '-c',
          'exec "$@" 2>&1',
          'sh',
          process.execPath,
          '--no-warnings',
          'lib/holdfast/cli/main.ts',
          'sam',
          ...args,
        ],
        {
          cwd: ROOT,
          env: { PORT: '0', STUBS: folder, PATH: `${folder}${system}`, ...env },
          detached: true,
        },
      ),
    read: (name) => readFile(join(folder, name), 'utf8'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
