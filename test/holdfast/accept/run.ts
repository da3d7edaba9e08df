import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { defineCommand, runCommand, UsageError } from '../../../lib/holdfast/cli/command/command.ts';
import { accountEnvironment, leaveAccounts, requireEmulator } from '../e2e/account.ts';
import { startAccount } from '../e2e/emulated-account.ts';
import { commands } from '../support/command.ts';
import { type AcceptanceRun, acceptanceRun } from './account.ts';
import { CHECKS } from './checks.ts';
import { type Check, chosenOf, type Outcome, outcomeOf, report, shown } from './outcome.ts';
import { ALL_STACKS, runOf, STAGE, stackNamed, TAG } from './stacks.ts';

/** What a run costs, with the stage for an hour and one client's tokens. */
const COST = 'under $2, in about an hour';

const interruption = new AbortController();

const command = defineCommand({
  name: 'accept',
  summary: `Deploys stage ${STAGE} to your AWS account, tries what no emulator can tell, and takes it away again.`,
  options: {
    stage: { value: 'STAGE', summary: `always ${STAGE}`, default: STAGE },
    yes: { summary: 'does not ask: for CI' },
    clean: { summary: 'takes away what a run has left that was killed, and tries nothing' },
    emulated: {
      summary:
        'on an emulated account, with what that can do: the one at AWS_ENDPOINT_URL, or one of its own',
    },
    only: { value: 'LETTERS', summary: 'tries these alone, besides A: K,L (all)' },
    report: { value: 'FILE', summary: 'where the report is written', default: 'acceptance.md' },
  },
  environment: {
    AWS_PROFILE: 'whose account and region are used',
    AWS_REGION: 'takes the place of the region of the profile',
  },
  async run({ options }) {
    if (options.stage !== STAGE)
      throw new UsageError(`--stage is '${options.stage}'; only ${STAGE} is made to be taken away`);
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => interruption.abort());
    const checks = chosenOf(CHECKS, options.only?.split(','));
    await using closing = new AsyncDisposableStack();
    const say = (line: string) => console.log(line);
    const id = randomUUID().slice(0, 8);
    if (options.emulated) await enterEmulated(closing);
    const cloudFormation = new CloudFormationClient({});
    const left = await standing(cloudFormation);
    if (options.clean) return await clean(left, options.emulated, say);
    if (left.length > 0) {
      throw new Error(
        `this account and region have ${left.map(({ name }) => name).join(', ')} already; a run that was killed is ended by npm run accept -- --clean, and what is somebody's own is not touched`,
      );
    }
    if (!options.yes && !options.emulated) await ask(await cloudFormation.config.region());
    // Awaited here, before what it stands on is closed.
    return await accept(await acceptanceRun(id, options.emulated, say), checks, options.report);
  },
});

process.exit(await runCommand(command, process.argv.slice(2), process.env));

/** From here on, this process and all that it starts know no account but an emulated one. */
async function enterEmulated(closing: AsyncDisposableStack): Promise<void> {
  const { AWS_ENDPOINT_URL: given } = process.env;
  leaveAccounts(process.env);
  if (given !== undefined) await requireEmulator(given);
  const own = given === undefined ? await startAccount(commands(interruption.signal), closing) : undefined;
  const endpoint = given ?? own?.endpoint ?? '';
  Object.assign(process.env, accountEnvironment(endpoint), own && { TMPDIR: own.folder });
  await import('../e2e/emulated-hosts.ts');
}

async function ask(region: string): Promise<void> {
  if (!process.stdin.isTTY) throw new UsageError('nobody is there to be asked; --yes deploys without asking');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(
    `deploy stage ${STAGE} to ${region}, try it, and take it away again? It costs ${COST}. [y/N] `,
  );
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new Error('nothing was done');
}

async function standing(client: CloudFormationClient) {
  const stacks = await Promise.all(
    ALL_STACKS.map(async (name) => ({ name, stack: await stackNamed(client, name) })),
  );
  return stacks.flatMap(({ name, stack }) => (stack === undefined ? [] : [{ name, run: runOf(stack) }]));
}

async function clean(
  left: Awaited<ReturnType<typeof standing>>,
  emulated: boolean,
  say: (line: string) => void,
): Promise<void> {
  const strange = left.filter(({ run }) => run === undefined).map(({ name }) => name);
  if (strange.length > 0)
    throw new Error(
      `${strange.join(', ')} carries no tag ${TAG}, so no run has made it; nothing was taken away`,
    );
  const runs = [...new Set(left.map(({ run }) => run as string))];
  if (runs.length === 0) say('no run has left anything here');
  for (const id of runs) await (await acceptanceRun(id, emulated, say)).end();
  for (const id of runs) say(`run ${id}: taken away`);
}

/** Tries everything, and takes everything away, whatever came of it. */
async function accept(run: AcceptanceRun, checks: readonly Check[], file: string): Promise<number> {
  const outcomes: Outcome[] = [];
  const note = (outcome: Outcome) => {
    outcomes.push(outcome);
    run.say(shown(outcome));
  };
  const start = Date.now();
  try {
    for (const check of checks) {
      if (interruption.signal.aborted) break;
      const outcome = await outcomeOf(check, run);
      note(outcome);
      // Nothing can be tried of what does not stand.
      if (outcome.is === 'FAIL' && check.needed) break;
    }
  } finally {
    const taken = {
      letter: 'O',
      what: 'everything of the run is taken away',
      means: 'npm run accept -- --clean tries again',
    };
    note(await outcomeOf({ ...taken, run: () => run.end() }, run));
  }
  const left = await run.leftovers().catch((error: unknown) => [`what is left could not be read: ${error}`]);
  const text = report({ run, outcomes, left, seconds: Math.round((Date.now() - start) / 1000) });
  await writeFile(file, text);
  run.say(`\nleft in the account: ${left.length === 0 ? 'nothing' : `\n  ${left.join('\n  ')}`}`);
  const count = (is: Outcome['is']) => outcomes.filter((each) => each.is === is).length;
  run.say(`${count('ok')} ok, ${count('skip')} skipped, ${count('FAIL')} failed; the report is ${file}`);
  const { HOLDFAST_COUNTS } = process.env;
  if (HOLDFAST_COUNTS !== undefined) appendFileSync(HOLDFAST_COUNTS, `${count('ok')} ${count('FAIL')}\n`);
  return count('FAIL') === 0 && !interruption.signal.aborted ? 0 : 1;
}
