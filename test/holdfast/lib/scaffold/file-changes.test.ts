import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { FileChanges } from '../../../../lib/holdfast/scaffold/files/file-changes.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'holdfast-changes-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('E9: undone, a folder holds what it held, and what a tool has added to it is gone', async () => {
  await mkdir(join(root, 'contract'));
  await writeFile(join(root, 'contract/old.json'), 'old');
  const changes = new FileChanges(root);
  await changes.keepFolder('contract');
  await writeFile(join(root, 'contract/old.json'), 'changed');
  await writeFile(join(root, 'contract/new.json'), 'new');

  await changes.undo();

  expect(await readdir(root, { recursive: true })).toEqual(['contract', 'contract/old.json']);
  expect(await readFile(join(root, 'contract/old.json'), 'utf8')).toBe('old');
});

test('E9: undone, a folder that was not there is gone, and so is each that was made for a file', async () => {
  const changes = new FileChanges(root);
  await changes.keepFolder('contract');
  await mkdir(join(root, 'contract'));
  await writeFile(join(root, 'contract/new.json'), 'new');
  await changes.write('functions/actions/x/y.ts', 'text');

  await changes.undo();

  expect(await readdir(root)).toEqual([]);
});
