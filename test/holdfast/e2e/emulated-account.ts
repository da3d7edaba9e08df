import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from '../support/command.ts';
import { pythonEnvironment } from '../support/python.ts';
import { requireEmulator } from './account.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { EMULATOR_PACKAGES } from './packages.ts';

/** An account of this machine alone, and what it was started with. */
export interface EmulatedAccount extends Emulator {
  /** A temporary folder of its own. */
  readonly folder: string;
  /** The path of a program of the emulator's Python packages. */
  program(name: string): string;
}

/**
 * Starts an empty account, which goes with all that it holds when `closing` is disposed of.
 * @throws Error when it is not the emulator's account
 */
export async function startAccount(
  command: Command,
  closing: AsyncDisposableStack,
): Promise<EmulatedAccount> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-account-'));
  closing.defer(() => rm(folder, { recursive: true, force: true }));
  const program = await pythonEnvironment(command, EMULATOR_PACKAGES);
  const emulator = await startEmulator(program('python'), folder);
  closing.defer(() => emulator.end());
  await requireEmulator(emulator.endpoint);
  return { ...emulator, folder, program };
}

/** Where a data plane answers at the emulator that has a host name of its own on AWS. */
export function emulatedUrl(endpoint: string, url: string): string {
  const { hostname, pathname } = new URL(url);
  const [id, plane] = hostname.split('.');
  return `${endpoint}/_aws/${plane}/${id}${pathname}`.replace(/\/$/, '');
}
