import { appendFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mintToken } from '../../lib/local/issuer.ts';
import { watchNpm } from '../../lib/local/npm-parent.ts';
import { defineCommand, runCommand } from '../../lib/tools/command.ts';
import { everyScope } from '../../lib/tools/token.ts';
import { commands } from '../support/command.ts';
import { isLoopback, leaveAccounts } from './account.ts';
import { runEmulated } from './emulated.ts';
import { poolToken } from './pool-token.ts';
import { poolSkips } from './skips.ts';
import { runContractSuite } from './suite.ts';

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
    'token-command': {
      value: 'COMMAND',
      summary: 'prints a token that it accepts, given the options of npm run token',
    },
    serve: { summary: 'keeps the emulated deployment until Ctrl-C, and tests nothing' },
  },
  async run({ options: { 'base-url': baseUrl, 'token-command': tokenCommand, serve: serves } }) {
    const interrupt = () => interruption.abort();
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, interrupt);
    if (process.env.npm_lifecycle_event !== undefined) await watchNpm(interrupt);
    try {
      if (baseUrl === undefined) {
        leaveAccounts(process.env);
        await runEmulated({ signal, say, held, ...(serves && { serve }) });
      } else await testDeployment(baseUrl, tokenCommand);
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

/**
 * The contract suite, whole, against a deployment that is there.
 * @throws Error when nothing can make tokens for it
 */
async function testDeployment(baseUrl: string, tokenCommand?: string): Promise<void> {
  if (tokenCommand === undefined && !isLoopback(baseUrl)) {
    throw new Error(
      `--base-url is '${baseUrl}', which takes no tokens of the local issuer; add --token-command with a command that prints one, given the options of npm run token`,
    );
  }
  await using closing = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-e2e-'));
  closing.defer(() => rm(folder, { recursive: true, force: true }));
  const service = { url: baseUrl.replace(/\/$/, '') };
  const command = commands(signal);
  const token = tokenCommand === undefined ? undefined : await poolToken(command, tokenCommand);
  say(`contract suite against ${service.url}`);
  const skipped = token === undefined ? [] : poolSkips;
  const tests = await runContractSuite({
    command,
    service,
    skipped: skipped.map(({ name }) => name),
    folder,
    ...(tokenCommand !== undefined && { tokenCommand }),
    // Of a pool, each token is paid for, and one does.
    ...(token !== undefined && { tokenCommand: `echo ${token} #` }),
    ...(!isLoopback(baseUrl) && { requestsPerSecond: SLOWEST_THROTTLE }),
  });
  say(`contract suite: ${tests} tests passed, ${skipped.length === 0 ? 'none' : skipped.length} skipped`);
  for (const { name, because } of skipped) say(`  skipped: ${name} (${because})`);
  held(tests);
}

/** Below that of stage dev, which is 20. */
const SLOWEST_THROTTLE = 15;

/** Until Ctrl-C. */
async function serve(url: string): Promise<void> {
  const token = await mintToken({ tenant: 'acme', subject: 'alice', scopes: await everyScope() });
  console.log(`\nready ${url}\n\nTOKEN=${token}\ncurl -i ${url}/payouts -H "Authorization: Bearer $TOKEN"\n`);
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
}
