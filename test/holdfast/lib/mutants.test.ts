import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { everythingExplored } from '../explore/all.ts';
import { allMutants } from '../mutants/all.ts';

/** Their tests are registered for each action. */
const suiteTests = ['test/contract.test', 'test/crash.test'];

const mutants = await allMutants();

test.each(mutants.map(({ name, edits }) => [name, edits] as const))(
  'the mutant in which %s can be planted in the code as it is',
  async (_, edits) => {
    const texts = await Promise.all(
      edits.map(async ([file, from]) => [from, await readFile(join(ROOT, file), 'utf8')] as const),
    );

    expect(texts.filter(([from, text]) => !text.includes(from)).map(([from]) => from)).toEqual([]);
  },
);

test('every test that is to catch a mutant is there, under the name that is looked for', async () => {
  const tests = mutants.flatMap(({ caught, also }) =>
    [caught, also].filter((each) => each && 'test' in each),
  );
  const missing = await Promise.all(
    tests.map(async (catcher) => {
      if (catcher === undefined || !('test' in catcher)) return [];
      const text = await readFile(join(ROOT, `${catcher.test}.ts`), 'utf8').catch(() => '');
      // A test of the suites has the name of its action, and one of a table that of its row: parts of it are in no file.
      const isSuite = suiteTests.includes(catcher.test);
      return text !== '' && (isSuite || text.includes(catcher.named))
        ? []
        : [`${catcher.test}: ${catcher.named}`];
    }),
  );

  expect(missing.flat()).toEqual([]);
});

test('every mutant that the explorer must find is one of these', async () => {
  const { FOUND } = await everythingExplored();
  const names = mutants.map(({ name }) => name);

  expect(FOUND.map(({ mutant }) => mutant).filter((mutant) => !names.includes(mutant))).toEqual([]);
});

test('every mutant is found by two proofs, which are not of one file', async () => {
  const { FOUND } = await everythingExplored();
  const proofsOf = ({ name, caught, also }: (typeof mutants)[number]) => [
    'test' in caught ? caught.test : Object.keys(caught)[0],
    ...(also === undefined ? [] : [also.test]),
    ...FOUND.flatMap(({ mutant }) => (mutant === name ? ['explore'] : [])),
  ];

  expect(mutants.filter((mutant) => new Set(proofsOf(mutant)).size < 2).map(({ name }) => name)).toEqual([]);
});
