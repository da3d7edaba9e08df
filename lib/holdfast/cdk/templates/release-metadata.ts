import { versionPromises } from '../../core/versions/version-promises.ts';
import type { Service } from '../../service/define-service.ts';
import type { Registry } from '../../service/registry.ts';
import { DUE_SHARDS } from './due-shards.ts';
import { RECEIPT_FORMS } from './receipt-forms.ts';
import { rulesIn } from './rules.ts';
import { storedShapes } from './stored-shapes.ts';
import type { Decisions, StackMetadata } from './templates.ts';

/** What a service stack's template says of its release, by which the release after it is judged. */
export function releaseMetadata(
  { prefix, apiVersion }: Pick<Service, 'prefix' | 'apiVersion'>,
  registry: Pick<Registry, 'resources' | 'versions'>,
): StackMetadata {
  const shapes = storedShapes(registry);
  const rules = rulesIn(registry);
  return {
    prefix,
    dueShards: DUE_SHARDS,
    receipts: RECEIPT_FORMS,
    decisions: decisionsIn(registry),
    versions: versionPromises(apiVersion, registry.versions),
    ...(shapes && { shapes }),
    ...(rules && { rules }),
  };
}

/** What every action decides on: one that decides on its own resource alone is there as well, so that a new one is told from it. */
const decisionsIn = ({ resources }: Pick<Registry, 'resources'>): Decisions =>
  Object.fromEntries(
    resources.flatMap(({ definition: { name }, actions }) =>
      actions.map(({ definition: action }) => {
        const touches = action.with?.touches ?? [];
        // Where one side changes what another one only reads, it is changed.
        const ordered = touches.toSorted((one, other) => Number(one.writes) - Number(other.writes));
        return [
          `${name}.${action.name}`,
          Object.fromEntries(
            ordered.map(({ resource, writes }) => [resource.name, writes ? 'changes' : 'reads']),
          ),
        ];
      }),
    ),
  );
