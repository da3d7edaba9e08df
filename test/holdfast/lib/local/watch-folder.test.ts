import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from '@jest/globals';
import { watchFolder } from '../../../../lib/holdfast/local/watch-folder.ts';
import { eventually } from '../../support/eventually.ts';

const seen = new Set<string>();
let root = '';
let end: () => void = () => undefined;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'holdfast-watch-'));
  mkdirSync(join(root, 'a/b'), { recursive: true });
  writeFileSync(join(root, 'a/b/x.ts'), '0');
  end = watchFolder(root, (path) => seen.add(path));
});

afterEach(() => {
  end();
  rmSync(root, { recursive: true, force: true });
});

const told = async (path: string) => {
  await eventually(`a change of ${path}`, () => seen.has(path), Boolean);
  seen.clear();
};

const replace = (path: string, text: string) => {
  writeFileSync(join(root, `${path}~`), text);
  renameSync(join(root, `${path}~`), join(root, path));
};

test('a file that is replaced, as editors save, is told each time', async () => {
  for (const text of ['1', '2', '3', '4']) {
    replace('a/b/x.ts', text);
    await told('a/b/x.ts');
  }
});

test('a file of a new folder is told, and of one that took the place of another', async () => {
  for (const text of ['1', '2']) {
    mkdirSync(join(root, 'c/d'), { recursive: true });
    writeFileSync(join(root, 'c/d/y.ts'), text);
    await told('c/d/y.ts');
    replace('c/d/y.ts', `${text}!`);
    await told('c/d/y.ts');
    rmSync(join(root, 'c'), { recursive: true });
    await told('c');
  }
});

test('a file that is removed is told', async () => {
  rmSync(join(root, 'a/b/x.ts'));

  await told('a/b/x.ts');
});
