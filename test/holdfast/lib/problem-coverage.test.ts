import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { operations } from '../../../lib/holdfast/core/operations/operations.ts';
import { problems } from '../../../lib/holdfast/core/problems/problems.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';

/** Tests whose answers come over HTTP. */
const FOLDERS = [
  'lib/holdfast/testing/suite',
  'test/holdfast/contract',
  'test/holdfast/wire',
  'test/holdfast/operations',
  'test/holdfast/lib/local',
];

test('each code of the table is produced over HTTP by some test; its page is what the contract suite opens', async () => {
  const { resources } = await loadRegistry();
  const own = resources.flatMap(({ definition }) => Object.keys(definition.problems ?? {}));
  const codes = [...Object.keys(problems), ...Object.keys(operations.problems ?? {}), ...own];
  const texts = await Promise.all(
    FOLDERS.map(async (folder) => {
      const files = (await readdir(join(ROOT, folder))).filter((name) =>
        /\.test\.ts$|-facts\.ts$/.test(name),
      );
      return Promise.all(files.map((name) => readFile(join(ROOT, folder, name), 'utf8')));
    }),
  );
  const all = texts.flat().join('\n');

  expect(codes.filter((code) => !all.includes(`'${code}'`))).toEqual([]);
});
