import { startIssuer } from '../../../lib/holdfast/local/issuer.ts';
import { PartnerSimulator } from '../../../lib/holdfast/local/partners/partner-simulator.ts';
import { LOCAL_ISSUER } from '../../../lib/holdfast/local/synth.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { playedPartners } from '../../../lib/holdfast/service/simulators.ts';
import { commands } from '../support/command.ts';
import { bootstrap } from './deployment.ts';
import { disburse } from './disbursement.ts';
import { startAccount } from './emulated-account.ts';
import type { Emulator } from './emulator.ts';
import { functionLogs } from './function-logs.ts';
import { lastSeen } from './last-seen.ts';
import { lintTemplates } from './lint.ts';
import { nextRelease, upgrade } from './next-release.ts';
import { putSecrets } from './partner-secrets.ts';
import { secondService, sideBySide, updated } from './second-service.ts';
import { skips } from './skips.ts';
import { runContractSuite } from './suite.ts';

/** How the emulated deployment is run. */
export interface EmulatedOptions {
  /** Ends it early, and cleanly. */
  readonly signal: AbortSignal;
  /** One line for a person. */
  readonly say: (line: string) => void;
  /** Told of each part that has held, and of how many tests it was. */
  readonly held: (tests: number) => void;
  /** Takes the place of the tests; what it is given stands until it is done. */
  readonly serve?: (url: string) => Promise<void>;
}

/** Lines of the emulator's log that are shown when something has failed. */
const LOG_LINES = 40;

/**
 * Deploys to an emulator that is started for it and thrown away at the end, and tests what was deployed.
 * @throws Error when a test fails, after what emulator and functions say of it
 */
export async function runEmulated({ signal, say, held, serve }: EmulatedOptions): Promise<void> {
  const command = commands(signal);
  await using closing = new AsyncDisposableStack();
  say('Python environment with ministack and cfn-lint');
  const emulator = await startAccount(command, closing);
  signal.addEventListener('abort', () => void emulator.end());
  const { endpoint, folder, program } = emulator;
  say(`empty AWS account 000000000000, emulated at ${endpoint}`);
  const issuer = await startIssuer();
  closing.defer(() => issuer.close());
  const partners = new PartnerSimulator(await playedPartners());
  await partners.listen();
  closing.defer(() => partners.close());
  try {
    const settings = {
      identity: { ...LOCAL_ISSUER, jwksUri: issuer.jwksUri },
      partnersUrl: partners.url,
    };
    const deployer = await bootstrap({ command, endpoint, settings, folder });
    say('cdk bootstrap');
    const service = await deployer.deploy(ROOT);
    partners.callbackUrl = service.url;
    await putSecrets(endpoint);
    say(`cdk deploy: ${service.url}`);
    held(1);
    if (serve !== undefined) return await serve(service.url);

    const suite = { command, folder, partnersUrl: partners.url };
    // What holds for every service is tried on the second, whose kit comes from its tarball.
    const passed = await runContractSuite({
      ...suite,
      service,
      skipped: [],
      files: 'test/holdfast/contract/',
    });
    say(`contract suite, what is of the sample: ${passed} tests passed`);
    held(passed);
    await disburse(service.url, partners.url);
    say('disbursement: screening called back, the bank paid once');
    held(1);
    say(`npm run versions: ${(await lastSeen(service.url, endpoint, command)).trim().split('\n').at(-1)}`);
    held(1);
    const second = await secondService();
    closing.defer(() => second.remove());
    const { root, before } = second;
    say(`second service: a project from the tarballs of ${before?.version ?? 'now'}`);
    await sideBySide(service.url, root, deployer, async (deployed) => {
      say('second service: deployed beside the first, and written to');
      partners.callbackUrl = deployed.url;
      await putSecrets(endpoint);
      if (before === undefined) say('no update from the release before: its commit is not in this clone');
      else {
        await updated(deployed.url, partners.url, async () => {
          await second.update();
          await deployer.deploy(root);
        });
        say(`second service: what it stored with ${before.version} is replayed by the kit of now`);
        held(1);
      }
      const skipped = skips.map(({ names }) => names);
      const tests = await runContractSuite({ ...suite, service: deployed, skipped, root });
      say(`second service: contract suite, ${tests} tests passed, ${skipped.length} skipped`);
      held(tests);
      for (const { names, because } of skips) say(`  skipped: ${names.source} (${because})`);
      partners.callbackUrl = service.url;
    });
    say('second service: taken away; the first goes on');
    held(1);
    const next = await nextRelease();
    closing.defer(() => next.remove());
    await upgrade(service.url, async () => {
      await deployer.deploy(next.root);
      say('cdk deploy of the next release: one action changed, one added');
    });
    say('next release: answers of the first are replayed, both actions are as released');
    held(1);
    say(
      `cfn-lint: nothing to say of the ${await lintTemplates(command, program('cfn-lint'), folder)} stages`,
    );
    held(1);
  } catch (error) {
    if (!signal.aborted) await tell(emulator);
    throw error;
  }
}

/** What helps to find out why something failed. */
async function tell(emulator: Emulator): Promise<void> {
  const log = (await emulator.log()).trim().split('\n').slice(-LOG_LINES);
  const functions = await functionLogs(emulator.endpoint).catch((error) => `none could be read: ${error}`);
  console.error(`\nthe emulator's log ends with\n${log.join('\n')}`);
  console.error(`\nwarnings and errors in the functions' logs\n${functions}\n`);
}
