import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { allMutants } from '../mutants/all.ts';
import { copyRepository } from '../support/copy.ts';
import { everythingExplored } from './all.ts';
import type { Found } from './mutants.ts';

/** What became of a mutant. */
export interface Planted {
  readonly found: Found;
  /** What was printed of the violation, where it was seen. */
  readonly told: string;
  readonly isFound: boolean;
}

/** What the copies need besides what ships: the explorer itself, and whatever it is judged by. */
const TESTS = ['test/holdfast'];

/** Plants each mutant into a copy, and has the scenario that is to find it out run there. */
export async function* plantAll(only = ''): AsyncGenerator<Planted> {
  const { FOUND } = await everythingExplored();
  for (const found of FOUND.filter(({ scenario }) => scenario.includes(only))) yield await plant(found);
}

async function plant(found: Found): Promise<Planted> {
  const mutant = (await allMutants()).find(({ name }) => name === found.mutant);
  if (mutant === undefined) throw new Error(`there is no mutant '${found.mutant}'`);
  const copy = await copyRepository(TESTS);
  try {
    for (const edit of mutant.edits) await copy.edit(...edit);
    const { code, told } = await exploredIn(copy.root, found.scenario);
    return { found, told, isFound: code === 1 && found.symptom.test(told) && told.includes('VIOLATED') };
  } finally {
    await copy.remove();
  }
}

/** Runs the explorer of a copy. */
const exploredIn = (root: string, scenario: string) =>
  new Promise<{ readonly code: unknown; readonly told: string }>((resolve) => {
    const command = [join(root, 'test/holdfast/prove/run.ts'), 'explore', '--scenario', scenario];
    execFile(process.execPath, ['--no-warnings', ...command], { cwd: root }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, told: stdout + stderr });
    });
  });
