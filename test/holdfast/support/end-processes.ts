import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A file for each process that a run of jest has started and that has not ended, named by its id, beside what Node.js has
 * compiled; `jest.config.js` names the folder.
 */
const folder = process.env.HOLDFAST_PROCESSES;

/**
 * Remembers a process for the end of the run, should the worker that has started it die before it.
 * @returns forgets it, when it has ended
 */
export function remember(pid: number | undefined): () => void {
  if (folder === undefined || pid === undefined) return () => undefined;
  const file = join(folder, String(pid));
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, '');
  return () => rmSync(file, { force: true });
}

/** Ends every process that was started and is still there: jest's global teardown. */
export default function endProcesses(): void {
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  for (const pid of readdirSync(folder).filter((name) => /^\d+$/.test(name))) {
    try {
      process.kill(Number(pid), 'SIGKILL');
      console.error(`ended process ${pid}, which a test had left`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
  // What is ending may still write what it has compiled.
  rmSync(folder, { recursive: true, maxRetries: 10 });
}
