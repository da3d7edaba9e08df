import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { BUDGETS, overBudget } from '../budgets/budgets.ts';

const lines = (count: number) => '//\n'.repeat(count);

describe('the budgets', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'holdfast-budgets-'));
    const exports = { '.': { source: './lib/holdfast/index.ts', types: './dist/index.d.ts' } };
    await plant({
      'package.json': JSON.stringify({ exports }),
      'lib/holdfast/core/problems/problems.ts': 'export const problems = {};\n',
      'lib/holdfast/index.ts':
        "export * from './names.ts';\nexport { type One, two as Two } from './more.ts';\n",
      'lib/holdfast/names.ts': 'export interface Three {}\nexport const four = 4, five = 5;\n',
      'lib/holdfast/sam/sam.ts': lines(200),
    });
    for (const folder of ['bin', 'functions', 'test', 'lib/holdfast/runtime', 'lib/holdfast/local'])
      await plant({ [`${folder}/short.ts`]: lines(100) });
    await plant({ 'lib/holdfast/template/short.ts': lines(100) });
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  async function plant(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
  }

  const filesOf = (folder: string, count: number, text: string) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`${folder}/room-${i % 3}/${i}.ts`, text]));

  test('count names that entries export, of other files and types too', async () => {
    const names = BUDGETS.find(({ what }) => what === 'public names');

    expect(await names?.count(root)).toEqual({ 'exports of package.json': 5 });
  });

  test('let a small tree be', async () => {
    expect(await overBudget(root)).toEqual([]);
  });

  test.each([
    ['lib/holdfast/runtime: 5,050 lines; at most 5,000', filesOf('lib/holdfast/runtime', 18, lines(275))],
    ['lib/holdfast/local: 4,600 lines; at most 4,500', filesOf('lib/holdfast/local', 18, lines(250))],
    [
      'lib/holdfast/template and lib/holdfast/sam: 1,800 lines; at most 1,700',
      filesOf('lib/holdfast/template', 6, lines(250)),
    ],
    ['test/long.test.ts: 301 lines; at most 300', { 'test/long.test.ts': lines(301) }],
    ['functions/long.ts: 301 lines; at most 300', { 'functions/long.ts': lines(301) }],
    [
      'lib/holdfast/cdk: 13 files; at most 12',
      Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`lib/holdfast/cdk/${i}.css`, ''])),
    ],
    [
      'exports of package.json: 66 public names; at most 53',
      { 'lib/holdfast/names.ts': Array.from({ length: 64 }, (_, i) => `export type T${i} = 0;\n`).join('') },
    ],
    [
      'bin, lib and functions: 14 casts in 1,000 lines; at most 4',
      {
        'lib/holdfast/names.ts': 'const a = 1 as unknown;\n'.repeat(10),
        'lib/asserts-nothing.ts': "const a = ['x'] as const;\nimport { b as c } from './b.ts';\n// as T\n",
      },
    ],
  ])('refuse %s', async (told, files: Readonly<Record<string, string>>) => {
    await plant(files);

    expect(await overBudget(root)).toEqual([expect.stringContaining(told)]);
  });

  test('refuse a 36th problem code', async () => {
    const codes = Array.from({ length: 36 }, (_, i) => [`code-${i}`, {}]);
    const text = `export const problems = ${JSON.stringify(Object.fromEntries(codes))};\n`;
    await plant({ 'lib/holdfast/core/problems/problems.ts': text });

    const told = await overBudget(root);

    expect(told).toEqual([expect.stringContaining('problems.ts: 36 problem codes; at most 35')]);
  });
});
