import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { ROOT } from '../../../lib/holdfast/service/project.ts';

/** Where and with what a command runs, besides this process's environment. */
interface CommandOptions {
  /** @default the root of the repository */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end, and gives what it has printed. */
export type Command = (file: string, args: readonly string[], options?: CommandOptions) => Promise<string>;

/** A program that failed: the message holds everything that it has printed. */
export class CommandError extends Error {}

/** Commands that end, with whatever they have started, when the signal is aborted; each fails with a {@link CommandError}. */
export const commands =
  (signal: AbortSignal): Command =>
  async (file, args, { cwd = ROOT, env = {} } = {}) => {
    signal.throwIfAborted();
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own, since a signal reaches what the CDK CLI has started in no other way.
      detached: true,
    });
    const end = () => child.pid !== undefined && process.kill(-child.pid);
    signal.addEventListener('abort', end);
    const output = Promise.all([text(child.stdout), text(child.stderr)]);
    try {
      const [code] = await once(child, 'close');
      const [printed, complaint] = await output;
      if (code === 0) return printed;
      throw new CommandError(
        [`${file} ended with code ${code}`, printed.trim(), complaint.trim()].join('\n'),
      );
    } finally {
      signal.removeEventListener('abort', end);
    }
  };
