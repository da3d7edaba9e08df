import type { ResolvedResource } from './template.ts';

/** Full path of each resource by its logical id; a parent that is no resource is the root. */
export function readPaths(resources: readonly ResolvedResource[]): ReadonlyMap<string, string> {
  const byId = new Map(resources.map((resource) => [resource.logicalId, resource.properties]));
  const path = (id: string): string => {
    const properties = byId.get(id);
    return properties === undefined ? '' : `${path(String(properties.ParentId))}/${properties.PathPart}`;
  };
  return new Map([...byId.keys()].map((id) => [id, path(id)]));
}
