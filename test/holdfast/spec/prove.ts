import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { defineCommand, UsageError } from '../../../lib/holdfast/cli/command/command.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { CASES } from './cases.ts';

const run = promisify(execFile);

/** Seconds for one model: the largest takes fifteen on an idle core. */
const LIMIT = '600';

/** Whether a program is on the PATH. */
const has = (program: string): Promise<boolean> =>
  run('sh', ['-c', `command -v ${program}`]).then(
    () => true,
    () => false,
  );

/** Every model holds, in every order of events, and every wrong one of it dies (Spin). */
export const proof = defineCommand({
  name: 'spec',
  summary: 'models of the design, in every order of events (Spin), and wrong ones that must die',
  usage: '[MODEL]',
  async run({ operands: [only] }) {
    const models = [...new Set<string>(CASES.map(({ model }) => model))];
    if (only !== undefined && !models.includes(only))
      throw new UsageError(`there is no model '${only}'; choose from ${models.join(', ')}`);
    return (await prove(only)) ? 0 : 1;
  },
});

async function prove(only: string | undefined): Promise<boolean> {
  for (const program of ['spin', 'gcc']) {
    if (await has(program)) continue;
    console.error(`${program} is missing; install it: apt-get install spin gcc`);
    return false;
  }
  const chosen = CASES.filter(({ model }) => only === undefined || model === only);
  let held = true;
  for (const { model, switches } of chosen) {
    const told = await run(join(ROOT, 'test/holdfast/spec/check'), [model, ...switches], {
      env: { ...process.env, LIMIT },
    }).catch((error: { stdout: string; stderr: string }) => {
      held = false;
      return error;
    });
    console.info(`${told.stdout}${told.stderr}`.trim());
  }
  return held;
}
