import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openDataFolder } from '../../../../lib/holdfast/local/data-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-data-folder-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('E1: a folder that cannot be made is refused at once, with its path and the reason', async () => {
  await writeFile(join(folder, 'file'), '');
  const path = join(folder, 'file/data');

  await expect(openDataFolder(path)).rejects.toThrow(
    new RegExp(`^--data ${path} is not writable: ENOTDIR: .*; give a folder that you own$`),
  );
});

test('E1: a folder that is there and takes no files is refused at once, with its path and the reason', async () => {
  // The kernel's folder of this process takes files of nobody, root included.
  await expect(openDataFolder('/proc/self')).rejects.toThrow(
    /^--data \/proc\/self is not writable: E[A-Z]+: .*; give a folder that you own$/,
  );
});

test('E1: a file in place of the folder is refused at once, with its path and the reason', async () => {
  await writeFile(join(folder, 'file'), '');

  await expect(openDataFolder(join(folder, 'file'))).rejects.toThrow(/file is not writable: EEXIST/);
});

test('a lock that a process which is gone has left behind is taken over', async () => {
  await writeFile(join(folder, 'lock'), '999999999');

  const taken = await openDataFolder(folder);

  expect(taken.path).toBe(folder);
  await taken.release();
});
