import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { stageConfig, stageNames } from '../config.ts';
import { frozenPart } from '../frozen.ts';
import { refusals } from '../frozen-refusals.ts';
import { loadRegistry, partnersOf, scopesOf } from '../registry.ts';
import { ROOT } from '../root.ts';
import { namePrefixOf } from '../service.ts';
import { UsageError } from './command.ts';
import { deployedOutputs, deployedTemplates } from './deployed.ts';
import { frozenPartOf } from './freeze.ts';
import { missingCredentials } from './missing-credentials.ts';
import { narrowedClients } from './narrowed-clients.ts';
import { stepsStillNeeded } from './open-executions.ts';

type Verb = 'deploy' | 'diff' | 'destroy';

/** What a deployment is told. */
export interface Deployment {
  readonly verb: Verb;
  readonly stage: string;
}

/** @throws UsageError for a stage that is not one, or is never deployed to an account */
function deployable(stage: string): string {
  if (stage === 'local' || stage === 'emulated')
    throw new UsageError(`stage ${stage} is for this machine alone: npm start, npm run e2e`);
  if (!stageNames.includes(stage))
    throw new UsageError(`--stage '${stage}' is not in lib/config.ts; choose from ${stageNames.join(', ')}`);
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
export async function deploy({ verb, ...of }: Deployment, print: (line: string) => void): Promise<void> {
  const stage = deployable(of.stage);
  const cloudFormation = new CloudFormationClient({});
  // Before the CDK CLI is started, which says no more than that it has no region.
  await cloudFormation.config.region();
  const service = `${namePrefixOf(stage)}-service`;
  if (verb === 'diff') return cdk('diff', '--context', `stage=${stage}`);
  if (verb === 'destroy') {
    if (stageConfig(stage).retainData) {
      throw new Error(
        `stage ${stage} keeps its data: its tables are protected from deletion, and this would leave them without a service; to give it up, set retainData: false in lib/config.ts, deploy, and destroy then`,
      );
    }
    return cdk('destroy', '--all', '--force', '--context', `stage=${stage}`);
  }
  if ((await deployedOutputs(cloudFormation, 'CDKToolkit')) === undefined) {
    print('this account and region hold no CDK deployment yet: bootstrapping');
    await cdk('bootstrap', '--context', `stage=${stage}`);
  }
  const against = await objections(stage, cloudFormation, new SFNClient({}));
  if (against.length > 0) throw new Error(against.join('\n'));
  await cdk('deploy', '--all', '--require-approval', 'never', '--context', `stage=${stage}`);
  const { ApiUrl = '', HowToGetAToken } = (await deployedOutputs(cloudFormation, service)) ?? {};
  print(`\nready ${ApiUrl}\n\nTOKEN=$(${HowToGetAToken?.replace('npm run', 'npm run --silent')})`);
  const registry = await loadRegistry();
  const [first] = registry.resources;
  print(`curl -i ${ApiUrl}${first?.definition.name ?? 'health'} -H "Authorization: Bearer $TOKEN"`);
  const missing = await missingCredentials(new SecretsManagerClient({}), stage, partnersOf(registry));
  if (missing.length > 0)
    print(`\ncommands for these partners wait until their credentials are put:\n${missing.join('\n')}`);
}

/** What the deployed stage has that the release may not take away. */
export async function objections(
  stage: string,
  cloudFormation: CloudFormationClient,
  stepFunctions: SFNClient,
): Promise<readonly string[]> {
  const names = ['state', 'service'].map((part) => `${namePrefixOf(stage)}-${part}`);
  const deployed = await deployedTemplates(cloudFormation, names);
  const registry = await loadRegistry();
  const definitions = registry.operations.map(({ definition }) => definition);
  return [
    ...refusals(frozenPart(deployed, {}), await frozenPartOf(stage)),
    ...narrowedClients(deployed, stageConfig(stage), scopesOf(registry)),
    ...(await stepsStillNeeded(stepFunctions, stage, definitions)),
  ];
}

/** Runs the CDK CLI in the repository. @throws Error when it fails; it has said why */
async function cdk(...args: string[]): Promise<void> {
  const command = spawn(join(ROOT, 'node_modules/.bin/cdk'), args, { cwd: ROOT, stdio: 'inherit' });
  const [code] = await once(command, 'exit');
  if (code !== 0) throw new Error(`cdk ${args[0]} ended with code ${code}`);
}
