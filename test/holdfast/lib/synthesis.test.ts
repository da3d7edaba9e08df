import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { synthesizeLocal } from '../../../lib/holdfast/local/synth.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { Cache } from '../../../lib/holdfast/synthesis/cache.ts';
import { readSource } from '../../../lib/holdfast/synthesis/source.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'holdfast-synthesis-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('the source of a synthesis', () => {
  const write = async (text = 'one', name = 'a.ts') => {
    await Promise.all(['lib/deep', 'functions'].map((path) => mkdir(join(root, path), { recursive: true })));
    await writeFile(join(root, 'lib/deep', name), text);
    return readSource(root);
  };

  test('is the same for the same text, wherever and whenever it was written', async () => {
    const here = await write();
    await rm(root, { recursive: true });
    root = await mkdtemp(join(tmpdir(), 'holdfast-synthesis-'));
    const there = await write();

    expect(there.content).toBe(here.content);
  });

  test.each<[string, () => Promise<void>]>([
    ['a text changes and its length does not', () => writeFile(join(root, 'lib/deep/a.ts'), 'two')],
    ['a file is added', () => writeFile(join(root, 'functions/b.ts'), '')],
    ['a file is renamed', () => rename(join(root, 'lib/deep/a.ts'), join(root, 'lib/deep/b.ts'))],
    ['a file is removed', () => rm(join(root, 'lib/deep/a.ts'))],
    ['cdk.json changes', () => writeFile(join(root, 'cdk.json'), '{}')],
    ['the lockfile changes', () => writeFile(join(root, 'package-lock.json'), '{}')],
    [
      'other packages are installed',
      async () => {
        await mkdir(join(root, 'node_modules'));
        await writeFile(join(root, 'node_modules/.package-lock.json'), '{}');
      },
    ],
  ])('is another when %s', async (_, change) => {
    const before = await write();

    await change();

    expect((await readSource(root)).content).not.toBe(before.content);
  });

  test('is another when the kit, a package of the project, is of another release', async () => {
    await write();
    const kit = join(root, 'node_modules/holdfast');
    await mkdir(kit, { recursive: true });
    await writeFile(join(kit, 'index.js'), 'one');
    const before = await readSource(root, kit);

    await writeFile(join(kit, 'index.js'), 'two');

    expect((await readSource(root, kit)).content).not.toBe(before.content);
  });

  test.each(['package-lock.json', 'node_modules/.package-lock.json'])(
    'is another when %s changes in a folder above, as a workspace has it',
    async (lockfile) => {
      await write();
      const member = join(root, 'services/orders');
      await mkdir(join(root, 'node_modules'), { recursive: true });
      await cp(join(root, 'lib'), join(member, 'lib'), { recursive: true });
      await mkdir(join(member, 'functions'));
      const before = await readSource(member);

      await writeFile(join(root, lockfile), '{}');

      expect((await readSource(member)).content).not.toBe(before.content);
    },
  );

  test('tells a text that was changed and changed back, which a synthesis may have read in between', async () => {
    const before = await write();

    await write('two');
    const after = await write();

    expect(after.content).toBe(before.content);
    expect(after.touched).not.toBe(before.touched);
  });
});

describe('a cache on disk', () => {
  const made = (text: string, keep = true) => Promise.resolve({ text, keep });

  test('makes a text once, and hands it on to whoever asks next', async () => {
    const first = await new Cache(root).get('key', () => made('first'));
    const second = await new Cache(root).get('key', () => made('second'));
    const other = await new Cache(root).get('other', () => made('other'));

    expect([first, second, other]).toEqual(['first', 'first', 'other']);
  });

  test('keeps neither what is not to be kept nor what failed', async () => {
    const passing = await new Cache(root).get('key', () => made('passing', false));
    const failed = await new Cache(root)
      .get('key', () => Promise.reject(new Error('broken')))
      .catch((error: Error) => error.message);
    const kept = await new Cache(root).get('key', () => made('kept'));

    expect([passing, failed, kept]).toEqual(['passing', 'broken', 'kept']);
    expect(await readdir(root)).toEqual(['key.json']);
  });

  test('makes a text once for all that ask at the same moment', async () => {
    let times = 0;
    const make = () => made(`made ${++times}`);

    const texts = await Promise.all(Array.from({ length: 8 }, () => new Cache(root).get('key', make)));

    expect(new Set(texts)).toEqual(new Set(['made 1']));
  });

  test('does not wait for a process that has died while it made the text', async () => {
    const child = fork(join(root, 'nothing.mjs'), { stdio: 'ignore' });
    await once(child, 'exit');
    await writeFile(join(root, 'key.lock'), String(child.pid));

    const text = await new Cache(root).get('key', () => made('made'));

    expect(text).toBe('made');
    expect(await readdir(root)).toEqual(['key.json']);
  });

  test('keeps the 32 texts that were used last', async () => {
    const cache = new Cache(root);
    for (let i = 0; i < 40; i++) await cache.get(`key-${i}`, () => made(String(i)));

    const names = await readdir(root);

    expect(names).toHaveLength(32);
    expect(names).toContain('key-39.json');
  });
});

test('starts of the same source share one synthesis, and each has its own addresses in the templates', async () => {
  const at = (port: number) => ({
    jwksUri: `http://127.0.0.1:${port}/jwks.json`,
    partnersUrl: `http://127.0.0.1:${port}/partners`,
  });
  const first = JSON.stringify((await synthesizeLocal(at(1001))).stacks);
  const before = await readdir(join(ROOT, '.holdfast/synthesis'));

  const second = JSON.stringify((await synthesizeLocal(at(2002))).stacks);

  expect(await readdir(join(ROOT, '.holdfast/synthesis'))).toEqual(before);
  expect(first).toContain('127.0.0.1:1001/jwks.json');
  expect(first).toContain('127.0.0.1:1001/partners/bank');
  expect(second).toBe(first.replaceAll('127.0.0.1:1001', '127.0.0.1:2002'));
  expect(first).not.toContain('.invalid');
});
