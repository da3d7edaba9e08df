import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { FOUND } from '../explore/mutants.ts';
import { MUTANTS } from '../mutants/mutants.ts';

test.each(MUTANTS.map(({ name, edits }) => [name, edits] as const))(
  'the mutant in which %s can be planted in the code as it is',
  async (_, edits) => {
    const texts = await Promise.all(
      edits.map(async ([file, from]) => [from, await readFile(join(ROOT, file), 'utf8')] as const),
    );

    expect(texts.filter(([from, text]) => !text.includes(from)).map(([from]) => from)).toEqual([]);
  },
);

test('every mutant that the explorer must find is one of these', () => {
  const names = MUTANTS.map(({ name }) => name);

  expect(FOUND.map(({ mutant }) => mutant).filter((mutant) => !names.includes(mutant))).toEqual([]);
});
