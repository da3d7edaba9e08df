import type { SFNClient } from '@aws-sdk/client-sfn';
import type { Frozen } from '../../cdk/templates/frozen.ts';
import type { DeployedStack } from '../account/deployed.ts';
import { machinesWithOlderExecutions } from '../account/older-executions.ts';

/**
 * Why a release may not write a newer shape yet: an execution that began before the deployed release goes on with older code,
 * which reads resources as well, and need not know that shape. None where the release writes what the deployed one does.
 */
export async function shapeNotReadYet(
  client: SFNClient,
  {
    before,
    after,
    deployed,
  }: Record<'before' | 'after', Pick<Frozen, 'shapes'>> & {
    /** The stage's stacks that stand. */
    readonly deployed: readonly DeployedStack[];
  },
): Promise<readonly string[]> {
  const raised = Object.entries(after.shapes ?? {})
    .filter(([name, { writes }]) => writes > (before.shapes?.[name]?.writes ?? 1))
    .map(([name, { writes }]) => `${name} in shape ${writes}`);
  const machines = raised.length === 0 ? [] : await machinesWithOlderExecutions(client, deployed);
  return machines.map(
    (name) =>
      `this release would write ${raised.join(', ')}, and executions of ${name} run that began with an older release, which may not read that; deploy again when they have ended (GET /operations?state=running)`,
  );
}
