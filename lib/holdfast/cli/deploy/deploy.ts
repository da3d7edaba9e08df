import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { reservations } from '../../cdk/functions/reserved-concurrency.ts';
import { frozenPart } from '../../cdk/templates/frozen.ts';
import { rulesIn } from '../../cdk/templates/rules.ts';
import { stageConfig, stageNames } from '../../service/config.ts';
import { loadRegistry, partnersOf } from '../../service/registry.ts';
import type { StageSettings } from '../../service/stage-settings.ts';
import { synthesize } from '../../synthesis/synthesize.ts';
import { accountConcurrency } from '../account/account-concurrency.ts';
import { decidedAnew } from '../account/decided-anew.ts';
import { deployedOutputs, deployedStacks, importsOf } from '../account/deployed.ts';
import { planReservations } from '../account/reserved-room.ts';
import { standing } from '../account/stack-status.ts';
import { afterRelease, beforeRelease } from '../backfill/around-release.ts';
import { backfillStage } from '../backfill/backfill-stage.ts';
import { tableOf } from '../backfill/table-of.ts';
import { UsageError } from '../command/command.ts';
import { cdk, cdkDeploy } from './cdk.ts';
import { missingCredentials } from './missing-credentials.ts';
import { newSecretNames, planRelease, type ReleasePlan, stackNames } from './release-plan.ts';
import { releaseRefusals } from './release-refusals.ts';
import { endStage, restoreStarters } from './stage-end.ts';

type Verb = 'deploy' | 'diff' | 'destroy';

/** What a command is told. */
export interface DeployCommand {
  readonly verb: Verb;
  readonly stage: string;
  /** Settings that take the place of the stage's own. @default none */
  readonly settings?: Partial<StageSettings>;
  /** More arguments for `cdk deploy`. @default none */
  readonly cdkArguments?: readonly string[];
  /** Names of breaking changes that are meant. @default none */
  readonly accepted?: readonly string[];
  /** Names endpoints of AWS. @default AWS's own */
  readonly environment?: NodeJS.ProcessEnv;
}

/** @throws UsageError for a stage that is not one, or is never deployed to an account */
function deployable(stage: string): string {
  if (stage === 'local' || stage === 'emulated')
    throw new UsageError(`stage ${stage} is for this machine alone: npm start, npm run e2e`);
  if (!stageNames.includes(stage))
    throw new UsageError(`--stage '${stage}' is not in lib/service.ts; choose from ${stageNames.join(', ')}`);
  return stage;
}

/** Writes the CDK app of a stage into `cdk.out`. */
export async function synth({ stage }: { readonly stage: string }): Promise<void> {
  if (!stageNames.includes(stage)) deployable(stage);
  await cdk('synth', '--quiet', '--no-notices', '--no-version-reporting', '--context', `stage=${stage}`);
}

/**
 * Deploys a stage, shows what would change, or takes a stage away.
 * @throws Error with what stands against it, and the remedy, before anything is changed
 */
export async function deploy(
  { verb, settings, cdkArguments = [], accepted = [], environment = {}, ...of }: DeployCommand,
  print: (line: string) => void,
): Promise<void> {
  const stage = deployable(of.stage);
  const context = ['--context', `stage=${stage}`];
  if (settings !== undefined) context.push('--context', `settings=${JSON.stringify(settings)}`);
  const cloudFormation = new CloudFormationClient({});
  // Before the CDK CLI is started, which says no more than that it has no region.
  await cloudFormation.config.region();
  if (verb === 'destroy') return destroyStage(stage, cloudFormation, context, print);
  const { ofAccount, refusal, warning } = await limitsOfAccount(cloudFormation, { stage, settings });
  context.push(...ofAccount);
  if (verb === 'diff') return cdk('diff', ...context);
  if (refusal !== undefined) throw new Error(refusal);
  if (warning !== undefined) print(warning);
  if ((await deployedOutputs(cloudFormation, 'CDKToolkit')) === undefined) {
    print('this account and region have not been bootstrapped for the CDK; bootstrapping');
    await cdk('bootstrap', '--context', `stage=${stage}`);
  }
  const plan = await releasePlan(
    { stage, accepted, environment, ...(settings && { settings }) },
    { cloudFormation, stepFunctions: new SFNClient({}), secrets: new SecretsManagerClient({}) },
  );
  if (plan.refusals.length > 0) throw new Error(plan.refusals.join('\n'));
  for (const warning of plan.warnings) print(warning);
  await carryOut(plan, stage, cloudFormation, [...context, ...cdkArguments], print);
  await tellHowToBegin(stage, cloudFormation, print);
}

/** What the app is told of the account's limits; what a person is, or why the stage may not come as it is set. */
async function limitsOfAccount(
  cloudFormation: CloudFormationClient,
  { stage, settings }: Pick<DeployCommand, 'stage'> & { readonly settings: DeployCommand['settings'] },
) {
  const account = await accountConcurrency(new LambdaClient({}));
  const [deployed] = (await deployedStacks(cloudFormation, [stackNames(stage).service])).filter(standing);
  const { reserve, refusal, warning } = planReservations({
    wanted: reservations(await loadRegistry()),
    stated: stageConfig(stage, settings).reserve,
    account,
    deployed,
  });
  const { executions } = account;
  const concurrency = executions === undefined ? [] : ['--context', `concurrency=${executions}`];
  return {
    ofAccount: [...concurrency, '--context', `reserve=${reserve}`],
    refusal,
    warning: account.warning ?? warning,
  };
}

/** Writes a second of a backfill: a tenth of what one partition of an index takes. */
const RATE = 100;

async function carryOut(
  { deployments, notes }: ReleasePlan,
  stage: string,
  cloudFormation: CloudFormationClient,
  context: readonly string[],
  print: (line: string) => void,
): Promise<void> {
  const { service } = stackNames(stage);
  const [deployed] = (await deployedStacks(cloudFormation, [service])).filter(standing);
  const released = {
    stage,
    rules: rulesIn(await loadRegistry()),
    table: async () => {
      const TableName = tableOf(await deployedStacks(cloudFormation, [stackNames(stage).state]));
      return TableName === undefined ? undefined : { client: new DynamoDBClient({}), TableName };
    },
  };
  if (deployed !== undefined) {
    await restoreStarters(new LambdaClient({}), deployed);
    await beforeRelease(released, deployed, print);
  }
  for (const [index, deployment] of deployments.entries()) {
    const { why } = deployment;
    if (why !== undefined) print(`\ndeployment ${index + 1} of ${deployments.length}: ${why}`);
    await cdkDeploy(deployment, context);
  }
  for (const note of notes) print(note);
  await afterRelease(released, () => backfillStage({ stage, rate: RATE, yes: true }, print), print);
}

async function tellHowToBegin(
  stage: string,
  cloudFormation: CloudFormationClient,
  print: (line: string) => void,
): Promise<void> {
  const { ApiUrl = '', HowToGetAToken } =
    (await deployedOutputs(cloudFormation, stackNames(stage).service)) ?? {};
  print(`\nready ${ApiUrl}\n\nTOKEN=$(${HowToGetAToken?.replace('npm run', 'npm run --silent')})`);
  const registry = await loadRegistry();
  const [first] = registry.resources;
  print(`curl -i ${ApiUrl}${first?.definition.name ?? 'health'} -H "Authorization: Bearer $TOKEN"`);
  const missing = await missingCredentials(new SecretsManagerClient({}), stage, partnersOf(registry));
  if (missing.length > 0)
    print(`\ncommands to these partners wait until you put their credentials:\n${missing.join('\n')}`);
}

async function destroyStage(
  stage: string,
  cloudFormation: CloudFormationClient,
  context: readonly string[],
  print: (line: string) => void,
): Promise<void> {
  if (stageConfig(stage).retainData) {
    throw new Error(
      `stage ${stage} keeps its data: its tables are protected from deletion, and this would leave them without a service; to give it up, set retainData: false in lib/service.ts, deploy, and destroy then`,
    );
  }
  const [service] = await deployedStacks(cloudFormation, [stackNames(stage).service]);
  const clients = { lambda: new LambdaClient({}), stepFunctions: new SFNClient({}) };
  const destroy = () => cdk('destroy', '--all', '--force', ...context);
  await endStage(clients, service, destroy, print);
}

interface AccountClients {
  readonly cloudFormation: CloudFormationClient;
  readonly stepFunctions: SFNClient;
  readonly secrets: SecretsManagerClient;
}

type ReleaseOptions = Pick<DeployCommand, 'stage' | 'settings'> &
  Required<Pick<DeployCommand, 'accepted' | 'environment'>>;

/** The deployments that a release takes, all that stands against it, and what to know before it begins. */
async function releasePlan(
  { stage, settings = {}, accepted, environment }: ReleaseOptions,
  { cloudFormation, stepFunctions, secrets }: AccountClients,
): Promise<ReleasePlan & { readonly warnings: readonly string[] }> {
  const { stacks: next, nests } = await synthesize({ stage, settings });
  const deployed = await deployedStacks(cloudFormation, Object.values(stackNames(stage)));
  const exported = deployed
    .flatMap(({ template }) => Object.values(template.Outputs ?? {}))
    .flatMap(({ Export }) => (Export === undefined ? [] : [String(Export.Name)]));
  const importers = await importsOf(cloudFormation, exported);
  const taken = await existing(secrets, newSecretNames({ stage, deployed, next }));
  const plan = planRelease({ stage, deployed, importers, taken, next });
  const registry = await loadRegistry();
  const stands = deployed.filter(standing);
  const judged = {
    ...{ stage, registry, deployed: stands, accepted, config: stageConfig(stage, settings) },
    today: new Date().toISOString().slice(0, 10),
    before: frozenPart(stands, {}),
    after: frozenPart(next, nests),
  };
  const others = await releaseRefusals(judged, { stepFunctions, environment });
  return {
    ...plan,
    warnings: decidedAnew(judged.config, { before: stands, after: next }),
    refusals: [...plan.refusals, ...others],
  };
}

/** Those of the names that a secret of the account has; one that waits for its deletion has its name still. */
async function existing(
  client: SecretsManagerClient,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = names.map((SecretId) =>
    client.send(new DescribeSecretCommand({ SecretId })).then(
      () => [SecretId],
      // Whoever may deploy need not be allowed to ask; CloudFormation will say it then.
      () => [],
    ),
  );
  return new Set((await Promise.all(found)).flat());
}
