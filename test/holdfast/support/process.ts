import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { remember } from './end-processes.ts';
import { ending } from './ending.ts';

/** From one line to the next: far more than a loaded machine takes to start anything. */
const PATIENCE_MS = 180_000;

/** A child process whose output is read line by line. */
export interface Running {
  readonly child: ChildProcess;
  /** Every line so far, of both streams. */
  readonly lines: readonly string[];
  /** The first line, past or to come, that matches; rejects with all output when the process ends before, or after three minutes. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  /** Its exit code, when it has ended by itself; null when a signal has ended it. */
  readonly ended: Promise<number | null>;
  /** Sends the signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/**
 * Starts a process; its environment is this process's with `env` over it.
 * @param detached in a group of its own, which signals then reach as those of a terminal do. @default false
 */
export function run(
  command: string,
  args: readonly string[],
  {
    cwd,
    env = {},
    detached = false,
  }: { cwd?: string; env?: Readonly<Record<string, string>>; detached?: boolean } = {},
): Running {
  const child = spawn(command, args, {
    ...(cwd !== undefined && { cwd }),
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached,
  });
  const forget = remember(child.pid);
  const ended = once(child, 'close').finally(forget);
  const kill = ending(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  ended.then(kill, () => undefined);
  const lines: string[] = [];
  const watchers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      for (const watcher of watchers) watcher();
    });
  }
  return {
    child,
    lines,
    ended: ended.then(() => child.exitCode),
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const settle = () => {
          watchers.delete(look);
          clearTimeout(timer);
        };
        const look = () => {
          // Whoever goes on telling is not stuck, however busy the machine is.
          timer.refresh();
          const match = lines.map((line) => pattern.exec(line)).find((found) => found !== null);
          if (!match) return;
          settle();
          resolve(match);
        };
        const giveUp = (what: string) => {
          look();
          settle();
          reject(new Error(`${what} a line like ${pattern}:\n${lines.join('\n')}`));
        };
        const timer = setTimeout(
          () => giveUp(`nothing was printed for ${PATIENCE_MS / 1000} s, and never`),
          PATIENCE_MS,
        );
        watchers.add(look);
        look();
        ended.then(() => giveUp('ended without'), reject);
      }),
    async end(signal = 'SIGTERM') {
      const runs = child.exitCode === null && child.signalCode === null;
      if (detached && runs && child.pid !== undefined) process.kill(-child.pid, signal);
      else child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}
