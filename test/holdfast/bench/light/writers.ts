import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Done, Tags, Work } from './work.ts';

/** Processes among which writers are spread. */
const PROCESSES = 4;

/** Characters that are shown of what a process said last. */
const TOLD = 2_000;

/** Has a process write until a moment, in epoch milliseconds. */
type Write = (until: number) => Promise<Done>;

/**
 * Starts them: each has its share of the writers, or all of them where one process consumes for all.
 * @param own makes an item that one process writes to alone
 */
export async function startWriters(
  work: Omit<Work, 'own' | 'before'>,
  { environment, own }: { readonly environment: NodeJS.ProcessEnv; own(): Promise<Tags> },
): Promise<(until: number) => Promise<readonly Done[]>> {
  const count = work.way === 'queued' ? 1 : PROCESSES;
  const all = await Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const writers = work.writers / count;
      return startOne({ ...work, writers, before: i * writers, own: await own() }, environment);
    }),
  );
  return (until) => Promise.all(all.map((write) => write(until)));
}

/** Starts one process; what it gives has it write. */
async function startOne(work: Work, environment: NodeJS.ProcessEnv): Promise<Write> {
  const child = fork(join(import.meta.dirname, 'process.ts'), {
    env: { ...environment, NODE_OPTIONS: '' },
    execArgv: ['--no-warnings'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let last = '';
  // Functions write errors to it as well, as one who had no luck until its time was up.
  child.stderr?.on('data', (chunk: Buffer) => {
    last = (last + chunk).slice(-TOLD);
  });
  const failed = once(child, 'exit').then(([code]): never => {
    throw new Error(`a process of writers ended with ${code}:\n${last}`);
  });
  // It is heard where something is awaited; one that has told all may end unheard.
  failed.catch(() => undefined);
  const told = async () => (await Promise.race([once(child, 'message'), failed]))[0];
  child.send(work);
  await told();
  return async (until) => {
    child.send(until);
    return told();
  };
}
