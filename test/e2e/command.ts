import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ROOT } from '../../lib/root.ts';

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

/** Commands that end when the signal is aborted; each fails with a {@link CommandError}. */
export const commands =
  (signal: AbortSignal): Command =>
  async (file, args, { cwd = ROOT, env = {} } = {}) => {
    try {
      const options = { cwd, env: { ...process.env, ...env }, signal, maxBuffer: 2 ** 28 };
      return (await promisify(execFile)(file, args, options)).stdout;
    } catch (error) {
      const { message, stdout = '', stderr = '' } = error as Error & { stdout?: string; stderr?: string };
      const [command] = message.split('\n');
      throw new CommandError([command, stdout.trim(), stderr.trim()].filter(Boolean).join('\n'), {
        cause: error,
      });
    }
  };
