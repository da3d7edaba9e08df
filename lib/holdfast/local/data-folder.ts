import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isAlive } from '../synthesis/is-alive.ts';

/** Where the data is. */
export interface DataFolder {
  readonly path: string;
  /** Gives it up; a temporary one is removed. */
  release(): Promise<void>;
}

/**
 * A folder that no other local cloud uses at the same time, since two emulators on one file would lose writes.
 * @param path @default a temporary folder
 * @throws Error that names the process that holds it, or why it cannot be written
 */
export async function openDataFolder(path: string | undefined): Promise<DataFolder> {
  if (path === undefined) {
    const temporary = await mkdtemp(join(tmpdir(), 'holdfast-data-'));
    return { path: temporary, release: () => rm(temporary, { recursive: true, force: true }) };
  }
  const folder = resolve(path);
  const lock = join(folder, 'lock');
  try {
    await mkdir(folder, { recursive: true });
    await takeLock(lock, path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Error(`--data ${path} is not writable: ${message}; give a folder that you own`, {
      cause: error,
    });
  }
  return { path: folder, release: () => rm(lock, { force: true }) };
}

async function takeLock(lock: string, path: string): Promise<void> {
  const taken = await writeFile(lock, String(process.pid), { flag: 'wx' }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
  if (taken) return;
  const holder = Number(await readFile(lock, 'utf8').catch(() => '0'));
  if (isAlive(holder)) {
    throw new Error(
      `--data ${path} is in use by process ${holder}; stop that process, or give another folder`,
    );
  }
  await rm(lock, { force: true });
  await takeLock(lock, path);
}
