import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { EMULATED_HOSTS } from '../e2e/emulator.ts';
import { eventually } from '../support/eventually.ts';
import { run as start } from '../support/process.ts';
import type { Check } from './outcome.ts';
import { ALL_STACKS, STAGE, stackNamed } from './stacks.ts';

/** A program of this repository's tests, in the account of this run. */
const program = (path: string, args: readonly string[], options: readonly string[] = []) =>
  start(process.execPath, ['--no-warnings', ...options, path, ...args], { cwd: ROOT });

/** All that it has said, and its exit status, once it has ended. */
async function ended({ child, lines }: ReturnType<typeof start>) {
  await new Promise((resolve) => child.once('close', resolve));
  return { code: child.exitCode, said: lines.join('\n') };
}

/** Another run in the same account. */
const accept = (args: readonly string[], report: string) =>
  program('test/holdfast/accept/run.ts', ['--emulated', '--report', report, ...args]);

/** Tried before anything is deployed. */
export const KILLED_CHECKS: readonly Check[] = [
  {
    letter: 'Q',
    what: 'a run that is killed stands in the way of the next, and --clean takes it away',
    means:
      'what a killed run has left is to be deleted by hand: the stacks that begin with the name of the stage',
    onlyEmulated: 'it takes one more deployment of the stage',
    async run(run) {
      const report = join(tmpdir(), `holdfast-killed-${run.id}.md`);
      const killed = accept(['--only', 'C'], report);
      await eventually(
        'the run to have deployed',
        () => killed.lines.length,
        () => killed.child.exitCode !== null || killed.lines.some((line) => /^(ok {2}|FAIL) A /.test(line)),
        { progress: (lines) => lines },
      );
      await killed.end('SIGKILL');

      const next = await ended(accept(['--only', '0'], report));
      const cleaned = await ended(accept(['--clean'], report));
      const again = await ended(accept(['--clean'], report));

      for (const name of ALL_STACKS) {
        assert.match(next.said, new RegExp(name), next.said);
        assert.equal(await stackNamed(run.cloudFormation, name), undefined, cleaned.said);
      }
      assert.match(next.said, /npm run accept -- --clean/);
      assert.equal(next.code, 1, next.said);
      assert.match(cleaned.said, /run [0-9a-f]{8}: taken away/);
      assert.equal(cleaned.code, 0, cleaned.said);
      assert.match(again.said, /no run has left anything here/);
      assert.deepEqual(await run.leftovers(), []);
    },
  },
];

/** Tried on the stage as it was deployed first. */
export const COMMAND_CHECKS: readonly Check[] = [
  {
    letter: 'P',
    what: 'npm run e2e holds on the deployed stage, with a token of its user pool and no client of its own',
    means: 'the contract suite names the test that fails; one that only fails here is a difference of AWS',
    async run(run) {
      // A host of the emulated gateway's is not found by its name.
      const at = run.emulated ? ['--base-url', await run.url()] : [];
      const e2e = program(
        'test/holdfast/e2e/run.ts',
        ['--stage', STAGE, ...at],
        run.emulated ? [EMULATED_HOSTS] : [],
      );
      const { code, said } = await ended(e2e);
      assert.equal(code, 0, said);
      run.say(said);
    },
  },
];
