import { appendFileSync } from 'node:fs';
import { defineCommand, runCommand, UsageError } from '../../../lib/holdfast/cli/command/command.ts';
import { everyScope } from '../../../lib/holdfast/cli/token.ts';
import { mintToken } from '../../../lib/holdfast/local/issuer.ts';
import { watchNpm } from '../../../lib/holdfast/local/npm-parent.ts';
import { commands } from '../support/command.ts';
import { leaveAccounts } from './account.ts';
import { testDeployed } from './deployed.ts';
import { runEmulated } from './emulated.ts';

const start = Date.now();
const say = (line: string) =>
  console.log(`${((Date.now() - start) / 1000).toFixed(1).padStart(6)} s  ${line}`);

const interruption = new AbortController();
const { signal } = interruption;

let passed = 0;
const held = (tests: number) => {
  passed += tests;
};

const command = defineCommand({
  name: 'e2e',
  summary: 'Deploys to an emulated AWS account and tests what was deployed.',
  options: {
    'base-url': { value: 'URL', summary: 'a deployment to test in place of the emulated one' },
    stage: {
      value: 'STAGE',
      summary: 'a stage of your account: its URL, and a token of its user pool (found by --base-url)',
    },
    client: { value: 'NAME', summary: 'whose token of that pool it is (the first)' },
    token: { value: 'TOKEN', summary: 'the one token that every request is sent with' },
    'token-command': {
      value: 'COMMAND',
      summary: 'prints a token that it accepts, given the options of npm run token',
    },
    serve: { summary: 'keeps the emulated deployment until Ctrl-C, and tests nothing' },
  },
  environment: {
    AWS_PROFILE: 'whose account --stage and --base-url are in',
    AWS_REGION: 'takes the place of the region of the profile',
  },
  async run({ options }) {
    const {
      'base-url': baseUrl,
      'token-command': tokenCommand,
      stage,
      client,
      token,
      serve: serves,
    } = options;
    const deployed = baseUrl !== undefined || stage !== undefined;
    if (!deployed && (token ?? tokenCommand ?? client) !== undefined)
      throw new UsageError(
        'tokens are for a deployment that is there; add --stage STAGE or --base-url URL, or leave them out',
      );
    const interrupt = () => interruption.abort();
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, interrupt);
    if (process.env.npm_lifecycle_event !== undefined) await watchNpm(interrupt);
    try {
      if (deployed) {
        held(await testDeployed({ baseUrl, stage, client, token, tokenCommand }, commands(signal), say));
      } else {
        leaveAccounts(process.env);
        await runEmulated({ signal, say, held, ...(serves && { serve }) });
      }
      tellCounts(0);
    } catch (error) {
      tellCounts(1);
      throw signal.aborted ? new Error('interrupted', { cause: error }) : error;
    }
  },
});

process.exit(await runCommand(command, process.argv.slice(2), process.env));

/** Adds what has passed and failed to the file that HOLDFAST_COUNTS names: `.ci/run` sums up over all commands. */
function tellCounts(failed: number): void {
  const { HOLDFAST_COUNTS } = process.env;
  if (HOLDFAST_COUNTS !== undefined) appendFileSync(HOLDFAST_COUNTS, `${passed} ${failed}\n`);
}

/** Until Ctrl-C. */
async function serve(url: string): Promise<void> {
  const token = await mintToken({ tenant: 'acme', subject: 'alice', scopes: await everyScope() });
  console.log(`\nready ${url}\n\nTOKEN=${token}\ncurl -i ${url}/payouts -H "Authorization: Bearer $TOKEN"\n`);
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
}
