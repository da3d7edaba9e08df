import assert from 'node:assert/strict';
import { ROOT } from '../../lib/root.ts';
import { EMULATED_HOSTS } from '../e2e/emulator.ts';
import { run as start } from '../support/process.ts';
import type { Check } from './outcome.ts';
import { STAGE } from './stacks.ts';

/** A program of this repository's tests, in the account of this run. */
const program = (path: string, args: readonly string[], options: readonly string[] = []) =>
  start(process.execPath, ['--no-warnings', ...options, path, ...args], { cwd: ROOT });

/** All that it has said, and its exit status, once it has ended. */
async function ended({ child, lines }: ReturnType<typeof start>) {
  await new Promise((resolve) => child.once('close', resolve));
  return { code: child.exitCode, said: lines.join('\n') };
}

/** Tried on the stage as it was deployed first. */
export const COMMAND_CHECKS: readonly Check[] = [
  {
    letter: 'P',
    what: 'npm run e2e holds on the deployed stage, with a token of its user pool and no client of its own',
    means: 'the contract suite names the test that fails; one that only fails here is a difference of AWS',
    async run(run) {
      // A host of the emulated gateway's is not found by its name.
      const at = run.emulated ? ['--base-url', await run.url()] : [];
      const e2e = program('test/e2e/run.ts', ['--stage', STAGE, ...at], run.emulated ? [EMULATED_HOSTS] : []);
      const { code, said } = await ended(e2e);
      assert.equal(code, 0, said);
      run.say(said);
    },
  },
];
