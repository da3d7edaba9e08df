import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { defineCommand } from '../../../lib/holdfast/cli/command/command.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { findViolation } from '../crash/prove.ts';
import { findCounterExample } from '../model/counter-example.ts';
import { type Copy, copyRepository } from '../support/copy.ts';
import { allMutants } from './all.ts';
import type { Also, Catcher, Mutant } from './mutants.ts';

const run = promisify(execFile);

/** What jest needs of the repository, besides what ships. */
const TESTS = ['test', 'jest.config.js'];

/** Plants each mutant into a copy, and sees that the proofs it names find it out. */
export const proof = defineCommand({
  name: 'mutants',
  summary: 'bugs that others have shipped, planted one by one: each must be caught',
  options: { only: { value: 'TEXT', summary: 'only mutants whose name holds this (all)' } },
  run: async ({ options: { only = '' } }) => ((await prove(only)) ? 0 : 1),
});

async function prove(only: string): Promise<boolean> {
  const chosen = (await allMutants()).filter(({ name }) => name.includes(only));
  let caught = 0;
  for (const mutant of chosen) {
    const found = await find(mutant);
    const isCaught = found !== undefined && mutant.symptom.test(found);
    tell(isCaught, mutant, byWhom(mutant.caught), found);
    const byAnother = mutant.also === undefined || (await isCaughtToo(mutant, mutant.also));
    if (isCaught && byAnother) caught++;
  }
  console.log(`\n${caught} of ${chosen.length} mutants caught`);
  return chosen.length > 0 && caught === chosen.length;
}

function tell(isCaught: boolean, { name }: Mutant, whom: string, found: string | undefined): void {
  console.log(`${isCaught ? 'caught' : 'NOT CAUGHT'}: ${name}, by ${whom}`);
  if (found !== undefined) console.log(indented(found));
}

/** Whether another test finds a mutant out. */
async function isCaughtToo(mutant: Mutant, { test, named, symptom }: Also): Promise<boolean> {
  const catcher = { test, named };
  const found = await failure(mutant, catcher);
  const isCaught = found !== undefined && symptom.test(found);
  tell(isCaught, mutant, byWhom(catcher), found);
  return isCaught;
}

const byWhom = (catcher: Catcher): string => {
  if ('test' in catcher) return `${catcher.test}, '${catcher.named}'`;
  if ('model' in catcher) return 'the histories';
  const { journey, only = '', fault = 'any fault' } = catcher.crash;
  return `the crash matrix: '${journey}', ${only} ${fault}`;
};

const LINES = 3;

const indented = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, LINES)
    .map((line) => `  ${line.slice(0, 160)}`)
    .join('\n');

const plant =
  ({ edits }: Mutant) =>
  async (copy: Copy) => {
    for (const edit of edits) await copy.edit(...edit);
  };

/** What gave it away, in words; undefined where nobody saw it. */
async function find(mutant: Mutant): Promise<string | undefined> {
  const { caught } = mutant;
  if ('crash' in caught) return findViolation(plant(mutant), caught.crash);
  if ('model' in caught) return counterExample(mutant, caught.model.programs);
  return failure(mutant, caught);
}

async function counterExample(mutant: Mutant, programs: number) {
  const copy = await copyRepository();
  try {
    await plant(mutant)(copy);
    const search = { seed: randomInt(2 ** 31), programs, root: copy.root, shrinkMs: 0 };
    return (await findCounterExample(search)).counterExample;
  } finally {
    await copy.remove();
  }
}

/** What a test says that fails with the bug, and passes without it. */
async function failure(mutant: Mutant, catcher: Extract<Catcher, { test: string }>) {
  const sound = await failureIn(catcher, async () => undefined);
  if (sound !== undefined) throw new Error(`${catcher.test} fails without any bug:\n${sound}`);
  return failureIn(catcher, plant(mutant));
}

async function failureIn(
  { test, named }: Extract<Catcher, { test: string }>,
  change: (copy: Copy) => Promise<void>,
): Promise<string | undefined> {
  const copy = await copyRepository(TESTS);
  try {
    // A bug that shows at one point alone is not left to chance.
    await copy.edit('test/crash.test.ts', 'points: 16', 'points: 200');
    await change(copy);
    const NODE_OPTIONS = '--experimental-vm-modules --no-warnings';
    // What a bug has left open keeps nobody waiting.
    const jest = [join(ROOT, 'node_modules/jest/bin/jest.js'), test, '-t', named, '--forceExit'];
    await run(process.execPath, jest, { cwd: copy.root, env: { ...process.env, NODE_OPTIONS } });
    return undefined;
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    // All that it says of the first test that fails.
    const found = /● (?!Test suite failed to run).*?(?=\n\s*● |\n\s*at |$)/s.exec(stderr);
    // Jest exits otherwise when it finds no test of that name, or cannot read one.
    if (found === null) throw error;
    return found[0];
  } finally {
    await copy.remove();
  }
}
