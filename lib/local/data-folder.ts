import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isAlive } from '../is-alive.ts';

/** Where the data is. */
export interface DataFolder {
  readonly path: string;
  /** Gives it up; a temporary one is removed. */
  release(): Promise<void>;
}

/**
 * A folder that no other local cloud uses at the same time, since two emulators on one file would lose writes.
 * @param path @default a temporary folder
 * @throws Error that names the process that holds it
 */
export async function openDataFolder(path: string | undefined): Promise<DataFolder> {
  if (path === undefined) {
    const temporary = await mkdtemp(join(tmpdir(), 'holdfast-data-'));
    return { path: temporary, release: () => rm(temporary, { recursive: true, force: true }) };
  }
  const folder = resolve(path);
  const lock = join(folder, 'lock');
  await mkdir(folder, { recursive: true });
  await takeLock(lock, path);
  return { path: folder, release: () => rm(lock, { force: true }) };
}

async function takeLock(lock: string, path: string): Promise<void> {
  const taken = await writeFile(lock, String(process.pid), { flag: 'wx' }).then(
    () => true,
    () => false,
  );
  if (taken) return;
  const holder = Number(await readFile(lock, 'utf8').catch(() => '0'));
  if (isAlive(holder)) {
    throw new Error(`--data ${path} is in use by process ${holder}; end that one, or give another folder`);
  }
  await rm(lock, { force: true });
  await takeLock(lock, path);
}
