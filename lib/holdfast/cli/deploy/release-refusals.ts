import type { SFNClient } from '@aws-sdk/client-sfn';
import type { Frozen } from '../../cdk/templates/frozen.ts';
import { refusals } from '../../cdk/templates/frozen-refusals.ts';
import type { StageConfig } from '../../service/config.ts';
import { type Registry, scopesOf } from '../../service/registry.ts';
import { stepsStillNeeded } from '../account/open-executions.ts';
import { narrowedClients } from './narrowed-clients.ts';
import { shapeNotReadYet } from './raised-shapes.ts';
import { endedTooSoon, type VersionFacts } from './version-ends.ts';

/** A release, and what it would take the place of. */
interface Judged extends VersionFacts {
  readonly registry: Registry;
  /** Settings of the stage. */
  readonly config: StageConfig;
  /** What of the deployed templates, and of the release's, may not move. */
  readonly before: Frozen;
  readonly after: Frozen;
}

/** Why a release may not come over what is deployed, for each fault one sentence with the remedy; besides what CloudFormation would refuse. */
export async function releaseRefusals(
  { config, before, after, ...facts }: Judged,
  {
    stepFunctions,
    environment,
  }: { readonly stepFunctions: SFNClient; readonly environment: NodeJS.ProcessEnv },
): Promise<readonly string[]> {
  const { stage, registry, deployed } = facts;
  const operations = registry.operations.map(({ definition }) => definition);
  return [
    ...refusals(before, after),
    ...(await shapeNotReadYet(stepFunctions, { before, after, deployed })),
    ...narrowedClients(deployed, config, scopesOf(registry)),
    ...(await endedTooSoon(facts, environment)),
    ...(await stepsStillNeeded(stepFunctions, { stage, operations, deployed })),
  ];
}
