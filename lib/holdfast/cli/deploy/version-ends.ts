import { versionPromises } from '../../core/versions/version-promises.ts';
import { service } from '../../service/project.ts';
import type { Registry } from '../../service/registry.ts';
import type { DeployedStack } from '../account/deployed.ts';
import { stageUsage } from '../versions/stage-usage.ts';
import { nearerEnds, sunsetRefusals } from '../versions/sunset-refusals.ts';
import { stackNames } from './release-plan.ts';

/** What a release is held against. */
export interface VersionFacts {
  readonly stage: string;
  readonly registry: Pick<Registry, 'versions'>;
  /** The stage's stacks that stand. */
  readonly deployed: readonly DeployedStack[];
  /** Names of `--accept-breaking`. */
  readonly accepted: readonly string[];
  /** RFC 3339 date. */
  readonly today: string;
}

/**
 * Why a release may not come: it ends a version sooner than the deployed one has told, and a client still uses it. CloudWatch
 * is asked only where a version would end sooner; a stage that was deployed before this was kept has told nothing.
 */
export async function endedTooSoon(
  { stage, registry, deployed, accepted, today }: VersionFacts,
  environment: NodeJS.ProcessEnv,
  usageOf = stageUsage,
): Promise<readonly string[]> {
  const stack = deployed.find(({ name }) => name === stackNames(stage).service);
  const told = stack?.template.Metadata?.holdfast?.versions ?? {};
  const wanted = versionPromises(service.apiVersion, registry.versions);
  const nearer = nearerEnds({ told, wanted, today }).filter(({ name }) => !accepted.includes(name));
  if (nearer.length === 0) return [];
  const versions = [...new Set([...Object.keys(told), ...Object.keys(wanted)])];
  const usage = await usageOf(stage, versions, today, environment);
  return sunsetRefusals(nearer, { stage, usage, today });
}
