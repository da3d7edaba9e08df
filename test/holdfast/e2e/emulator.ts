import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { REGION } from './account.ts';

/** A slow machine under load has been seen to take a third of it. */
const START_MS = 60_000;

/** How long to wait before asking again whether it is ready. */
const ASK_MS = 100;

/** Ministack, mended. */
const PROGRAM = join(import.meta.dirname, 'emulator.py');

/** What its functions take for hosts of AWS. */
export const EMULATED_HOSTS = `--import=${join(import.meta.dirname, 'emulated-hosts.ts')}`;

/** Its own end comes first; then that of whatever has started it, which closes its standard input. */
const GUARD = `trap '' INT; "$@" & child=$!; cat >/dev/null; kill $child; wait $child`;

/** An AWS of this machine alone. */
export interface Emulator {
  readonly endpoint: string;
  /** What it has printed. */
  log(): Promise<string>;
  /** It is gone with all that it has held, and so are the functions that it has run. */
  end(): Promise<void>;
}

/**
 * Starts ministack, empty, on a free port of 127.0.0.1.
 * @param folder a temporary folder of its own
 * @throws Error with its log when it is not ready in time
 */
export async function startEmulator(python: string, folder: string): Promise<Emulator> {
  const port = await freePort();
  // Functions are unpacked below; a package.json above them would say how they are to be loaded.
  const temporary = join(folder, 'emulator');
  await mkdir(temporary, { recursive: true });
  await writeFile(join(temporary, 'package.json'), '{}');
  const path = join(folder, 'emulator.log');
  const log = await open(path, 'w');
  const child = spawn('sh', ['-c', GUARD, 'sh', python, PROGRAM], {
    cwd: temporary,
    env: {
      // The functions' Node.js is the first on the path: this one, of Lambda's own major version.
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      HOME: temporary,
      TMPDIR: temporary,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      MINISTACK_REGION: REGION,
      NODE_OPTIONS: EMULATED_HOSTS,
      LOG_LEVEL: 'WARNING',
      SFTP_ENABLED: '0',
      IOT_MTLS_ENABLED: '0',
    },
    stdio: ['pipe', log.fd, log.fd],
  });
  const ended = once(child, 'exit');
  await log.close();
  const emulator = {
    endpoint: `http://127.0.0.1:${port}`,
    log: () => readFile(path, 'utf8'),
    async end() {
      child.stdin?.end();
      await ended;
    },
  };
  for (
    const start = Date.now();
    Date.now() - start < START_MS && child.exitCode === null;
    await delay(ASK_MS)
  ) {
    const answer = await fetch(`${emulator.endpoint}/_ministack/health`).catch(() => undefined);
    if (answer?.ok) return emulator;
  }
  await emulator.end();
  throw new Error(`the emulator did not start\n${await emulator.log()}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address === 'string' || address === null) throw new Error('no port of 127.0.0.1 is free');
  return address.port;
}
