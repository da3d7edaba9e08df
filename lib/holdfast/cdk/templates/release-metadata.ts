import { versionPromises } from '../../core/versions/version-promises.ts';
import type { Service } from '../../service/define-service.ts';
import type { Registry } from '../../service/registry.ts';
import { DUE_SHARDS } from './due-shards.ts';
import { RECEIPT_FORMS } from './receipt-forms.ts';
import { rulesIn } from './rules.ts';
import { storedShapes } from './stored-shapes.ts';
import type { StackMetadata } from './templates.ts';

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
    versions: versionPromises(apiVersion, registry.versions),
    ...(shapes && { shapes }),
    ...(rules && { rules }),
  };
}
