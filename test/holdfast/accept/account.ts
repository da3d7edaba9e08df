import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import {
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { deployedOutputs, deployedStacks } from '../../../lib/holdfast/cli/account/deployed.ts';
import { type DeployCommand, deploy } from '../../../lib/holdfast/cli/deploy/deploy.ts';
import { stackNames } from '../../../lib/holdfast/cli/deploy/release-plan.ts';
import { stageToken } from '../../../lib/holdfast/cli/stage-token.ts';
import { madeUpCredentials } from '../../../lib/holdfast/local/partners/made-up-secrets.ts';
import { loadRegistry, partnersOf } from '../../../lib/holdfast/service/registry.ts';
import type { StageSettings } from '../../../lib/holdfast/service/stage-settings.ts';
import named from '../../../lib/service.ts';
import { emulatedUrl } from '../e2e/emulated-account.ts';
import { type User, user } from '../support/client.ts';
import { logGroups } from './signed.ts';
import {
  ALL_STACKS,
  deleteStack,
  makePartners,
  NAMES,
  PARTNERS_STACK,
  runOf,
  STAGE,
  stackNamed,
  TAG,
} from './stacks.ts';

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
  deployFrom(root: string, settings?: Settings): Promise<void>;
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

/**
 * A run in the account of the credentials.
 * @param id what the run's stacks carry
 * @param emulated whether the account is an emulator's, whose hosts no name leads to, and which has no CodeDeploy
 */
export async function acceptanceRun(
  id: string,
  emulated: boolean,
  say: (line: string) => void,
): Promise<AcceptanceRun> {
  const cloudFormation = new CloudFormationClient({});
  const { service, state } = stackNames(STAGE);
  const at = (url: string) =>
    emulated ? emulatedUrl(process.env.AWS_ENDPOINT_URL ?? '', url) : url.replace(/\/$/, '');
  const own: Settings = emulated ? { canary: false } : {};
  let partnersUrl: string | undefined;
  const deployment = (settings: Settings = {}): DeployCommand => ({
    verb: 'deploy',
    stage: STAGE,
    settings: {
      ...own,
      ...(partnersUrl !== undefined && { partners: partnersAt(partnersUrl) }),
      ...settings,
    },
    // The emulator forgets a change set that has been executed, and the CLI then fails to find it.
    cdkArguments: ['--tags', `${TAG}=${id}`, ...(emulated ? ['--method=direct'] : [])],
  });
  const prepare = async () => {
    await requireOwn(cloudFormation, id);
    partnersUrl ??= at(await makePartners(cloudFormation, id));
  };
  const destroy = async () => {
    await requireOwn(cloudFormation, id);
    await deploy({ verb: 'destroy', stage: STAGE, settings: own }, say);
  };
  const url = async () => at((await deployedOutputs(cloudFormation, service))?.ApiUrl ?? '');
  return {
    id,
    emulated,
    say,
    cloudFormation,
    region: await cloudFormation.config.region(),
    url,
    destroy,
    async deploy(settings) {
      await prepare();
      await deploy(deployment(settings), say);
      await putMadeUpCredentials();
    },
    async deployFrom(root, settings) {
      await prepare();
      const program = `import { deploy } from './lib/holdfast/cli/deploy/deploy.ts'; await deploy(JSON.parse(process.argv[1]), console.log);`;
      const child = spawn(
        process.execPath,
        [
          '--no-warnings',
          '--input-type=module',
          '--eval',
          program,
          '--',
          JSON.stringify(deployment(settings)),
        ],
        { cwd: root, stdio: 'inherit' },
      );
      const [code] = await once(child, 'exit');
      if (code !== 0) throw new Error(`the deployment ended with code ${code}`);
    },
    as: async (client) => user(await url(), await stageToken(STAGE, client)),
    async end() {
      if ((await deployedStacks(cloudFormation, [service, state])).length > 0) await destroy();
      await deleteStack(cloudFormation, PARTNERS_STACK, id);
    },
    leftovers: () => leftovers(cloudFormation),
  };
}

const partnersAt = (url: string) =>
  Object.fromEntries(['screening', 'bank'].map((name) => [name, { url }] as const));

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
  const stacks = await Promise.all(ALL_STACKS.map((name) => stackNamed(client, name)));
  const groups = await Promise.all([
    ...['/aws/lambda/', '/aws/vendedlogs/states/', ''].map((prefix) =>
      logGroups(client, `${prefix}${NAMES}`),
    ),
    // API Gateway names them for the API's id and the stage: one of another service's stage of this name is listed too.
    logGroups(client, 'API-Gateway-Execution-Logs_').then((names) =>
      names.filter((name) => name.endsWith(`/${STAGE}`)),
    ),
  ]);
  return [
    ...stacks.flatMap((stack) => (stack === undefined ? [] : [`stack ${stack.StackName}`])),
    ...TableNames.filter((name) => name.startsWith(`${NAMES}-`)).map((name) => `table ${name}`),
    ...SecretList.map(({ Name }) => `secret ${Name}`),
    ...groups.flat().map((name) => `log group ${name}`),
  ];
}

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
