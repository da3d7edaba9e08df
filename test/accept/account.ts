import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import {
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { StageSettings } from '../../lib/config.ts';
import { mintToken, startIssuer } from '../../lib/local/issuer.ts';
import { madeUpCredentials } from '../../lib/local/made-up-secrets.ts';
import { PartnerSimulator } from '../../lib/local/partners/partner-simulator.ts';
import { LOCAL_ISSUER } from '../../lib/local/synth.ts';
import { loadRegistry, partnersOf } from '../../lib/registry.ts';
import { service as named } from '../../lib/service.ts';
import { playedPartners } from '../../lib/simulators.ts';
import { type DeployCommand, deploy } from '../../lib/tools/deploy.ts';
import { deployedOutputs, deployedStacks } from '../../lib/tools/deployed.ts';
import { stackNames } from '../../lib/tools/release-plan.ts';
import { stageToken } from '../../lib/tools/stage-token.ts';
import { accountEnvironment } from '../e2e/account.ts';
import { startEmulator } from '../e2e/emulator.ts';
import { EMULATOR_PACKAGES } from '../e2e/packages.ts';
import { putSecrets } from '../e2e/partner-secrets.ts';
import { type User, user } from '../support/client.ts';
import type { Command } from '../support/command.ts';
import { pythonEnvironment } from '../support/python.ts';
import { logGroups } from './signed.ts';
import { deleteStack, makePartners, NAMES, PARTNERS_STACK, runOf, STAGE, stackNamed, TAG } from './stacks.ts';

type Settings = Partial<StageSettings>;

/** One acceptance run, in one account. */
export interface AcceptanceRun {
  readonly id: string;
  readonly emulated: boolean;
  readonly region: string;
  readonly cloudFormation: CloudFormationClient;
  readonly say: (line: string) => void;
  /** Deploys the stage as `npm run deploy` does. @param settings in the place of the stage's own */
  deploy(settings?: Settings): Promise<void>;
  /** The same from a copy of the repository. */
  deployFrom(root: string): Promise<void>;
  /** As `npm run destroy` does. */
  destroy(): Promise<void>;
  /** Base URL of the deployed API, without a trailing slash. */
  url(): Promise<string>;
  /** A client of the stage. */
  as(client: 'maker' | 'checker'): Promise<User>;
  /** Takes away what carries the run's tag, and nothing else. */
  end(): Promise<void>;
  /** What has the stage's name and is still there. */
  leftovers(): Promise<readonly string[]>;
}

/** What differs between an account and an emulated one. */
interface Place extends Pick<AcceptanceRun, 'id' | 'emulated' | 'say' | 'as'> {
  /** Before a deployment. @default nothing */
  before?(): Promise<void>;
  /** After a deployment. */
  after(): Promise<void>;
  settings(): Settings;
  readonly cdkArguments?: readonly string[];
  urlOf(apiUrl: string): string;
}

async function runIn({
  settings: own,
  cdkArguments = [],
  urlOf,
  before,
  after,
  ...place
}: Place): Promise<AcceptanceRun> {
  const cloudFormation = new CloudFormationClient({});
  const { id, say } = place;
  const { service, state } = stackNames(STAGE);
  const deployment = (settings: Settings = {}): DeployCommand => ({
    verb: 'deploy',
    stage: STAGE,
    settings: { ...own(), ...settings },
    cdkArguments: ['--tags', `${TAG}=${id}`, ...cdkArguments],
  });
  const destroy = async () => {
    await requireOwn(cloudFormation, id);
    await deploy({ verb: 'destroy', stage: STAGE, settings: own() }, say);
  };
  return {
    ...place,
    cloudFormation,
    region: await cloudFormation.config.region(),
    destroy,
    async deploy(settings) {
      await requireOwn(cloudFormation, id);
      await before?.();
      await deploy(deployment(settings), say);
      await after();
    },
    async deployFrom(root) {
      await requireOwn(cloudFormation, id);
      const program = `import { deploy } from './lib/tools/deploy.ts'; await deploy(JSON.parse(process.argv[1]), console.log);`;
      const child = spawn(
        process.execPath,
        ['--no-warnings', '--input-type=module', '--eval', program, '--', JSON.stringify(deployment())],
        { cwd: root, stdio: 'inherit' },
      );
      const [code] = await once(child, 'exit');
      if (code !== 0) throw new Error(`the deployment ended with code ${code}`);
    },
    async url() {
      const { ApiUrl = '' } = (await deployedOutputs(cloudFormation, service)) ?? {};
      return urlOf(ApiUrl).replace(/\/$/, '');
    },
    async end() {
      if ((await deployedStacks(cloudFormation, [service, state])).length > 0) await destroy();
      await deleteStack(cloudFormation, PARTNERS_STACK, id);
    },
    leftovers: () => leftovers(cloudFormation),
  };
}

/** @throws Error that names a stack of the stage's that is not the run's */
async function requireOwn(client: CloudFormationClient, id: string): Promise<void> {
  for (const name of Object.values(stackNames(STAGE))) {
    const stack = await stackNamed(client, name);
    if (stack !== undefined && runOf(stack) !== id)
      throw new Error(
        `stack ${name} does not carry the tag ${TAG}=${id}, so it is not this run's; it is not touched`,
      );
  }
}

async function leftovers(client: CloudFormationClient): Promise<readonly string[]> {
  const { TableNames = [] } = await new DynamoDBClient({}).send(new ListTablesCommand({}));
  const { SecretList = [] } = await new SecretsManagerClient({}).send(
    new ListSecretsCommand({ Filters: [{ Key: 'name', Values: [`${named.prefix}/${STAGE}/`] }] }),
  );
  const stacks = await Promise.all(Object.values(stackNames(STAGE)).map((name) => stackNamed(client, name)));
  const groups = await Promise.all(
    ['/aws/lambda/', '/aws/vendedlogs/states/', 'API-Gateway-Execution-Logs_', ''].map((prefix) =>
      logGroups(client, prefix === '' ? NAMES : `${prefix}${NAMES}`),
    ),
  );
  return [
    ...stacks.flatMap((stack) => (stack === undefined ? [] : [`stack ${stack.StackName}`])),
    ...TableNames.filter((name) => name.startsWith(`${NAMES}-`)).map((name) => `table ${name}`),
    ...SecretList.map(({ Name }) => `secret ${Name}`),
    ...groups.flat().map((name) => `log group ${name}`),
  ];
}

/** A run in the account of the credentials. */
export function realRun(id: string, say: (line: string) => void): Promise<AcceptanceRun> {
  let partnersUrl: string | undefined;
  const cloudFormation = new CloudFormationClient({});
  return runIn({
    id,
    say,
    emulated: false,
    settings: () => (partnersUrl === undefined ? {} : { partners: at(partnersUrl) }),
    urlOf: (url) => url,
    before: async () => {
      partnersUrl ??= await makePartners(cloudFormation, id);
    },
    after: putMadeUpCredentials,
    as: async (client) => {
      const { ApiUrl = '' } = (await deployedOutputs(cloudFormation, stackNames(STAGE).service)) ?? {};
      return user(ApiUrl.replace(/\/$/, ''), await stageToken(STAGE, client));
    },
  });
}

const at = (url: string) => Object.fromEntries(['screening', 'bank'].map((name) => [name, { url }] as const));

/** The simulated partners ask for none: what is put is what anybody may know. */
async function putMadeUpCredentials(): Promise<void> {
  const client = new SecretsManagerClient({});
  for (const { name, credentials } of partnersOf(await loadRegistry())) {
    if (credentials === undefined) continue;
    await client.send(
      new PutSecretValueCommand({
        SecretId: `${named.prefix}/${STAGE}/partners/${name}/credentials`,
        SecretString: madeUpCredentials(name, credentials.kind),
      }),
    );
  }
}

/** A run in an account that is emulated for it, and thrown away with all that it starts. */
export async function emulatedRun(
  id: string,
  command: Command,
  closing: AsyncDisposableStack,
  say: (line: string) => void,
): Promise<AcceptanceRun> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-accept-'));
  closing.defer(() => rm(folder, { recursive: true, force: true }));
  const program = await pythonEnvironment(command, EMULATOR_PACKAGES);
  const issuer = await startIssuer();
  closing.defer(() => issuer.close());
  const partners = new PartnerSimulator(await playedPartners());
  await partners.listen();
  closing.defer(() => partners.close());
  const emulator = await startEmulator(program('python'), folder);
  closing.defer(() => emulator.end());
  const { endpoint } = emulator;
  Object.assign(process.env, accountEnvironment(endpoint), { TMPDIR: folder });
  const urlOf = (apiUrl: string) => {
    const { hostname, pathname } = new URL(apiUrl);
    return `${endpoint}/_aws/execute-api/${hostname.split('.')[0]}${pathname}`;
  };
  const run = await runIn({
    id,
    say,
    emulated: true,
    settings: () => ({
      identity: { ...LOCAL_ISSUER, jwksUri: issuer.jwksUri },
      partners: Object.fromEntries(
        ['screening', 'bank'].map((name) => [name, { url: `${partners.url}/${name}` }]),
      ),
      canary: false,
    }),
    // The emulator forgets a change set that has been executed, and the CLI then fails to find it.
    cdkArguments: ['--method=direct'],
    urlOf,
    after: async () => {
      partners.callbackUrl = await run.url();
      await putSecrets(endpoint);
    },
    as: async (client) =>
      user(
        await run.url(),
        await mintToken({ tenant: STAGE, subject: client, scopes: 'payouts:* operations:*' }),
      ),
  });
  return run;
}
