import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** How often to look whether npm is still there. */
const CHECK_MS = 500;

/**
 * Calls `end` when npm, which started this process, is gone: killed, it passes no signal on. It stands behind the shell
 * that it runs scripts in.
 */
export async function watchNpm(end: () => void): Promise<void> {
  const watched = [process.ppid, ...(await behindShell(process.ppid))];
  setInterval(() => {
    if (!watched.every(isAlive)) end();
  }, CHECK_MS).unref();
}

/** The parent of `sh -c …`; nothing where it is another process, or there is no `ps` to ask. */
async function behindShell(pid: number): Promise<readonly number[]> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'ppid=,args=', '-p', String(pid)]);
    const [, parent] = /^\s*(\d+)\s+(?:\S*\/)?sh -c /.exec(stdout) ?? [];
    return parent === undefined ? [] : [Number(parent)];
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
