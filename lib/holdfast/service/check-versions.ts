import * as z from 'zod';
import type { Action } from '../core/definitions/define-action.ts';
import type { Resource } from '../core/definitions/define-resource.ts';
import { listsOf } from '../core/definitions/resource-extension.ts';
import { cancel, resolve } from '../core/operations/operation-actions.ts';
import { operations } from '../core/operations/operations.ts';
import type { MemberChange, ResourceChange, VersionDefinition } from '../core/versions/define-version.ts';
import { olderShape } from '../core/versions/version-shapes.ts';
import { service } from './project.ts';
import { lenientMember } from './schemas/lenient-member.ts';

/** States, or what lists are asked by, by resource. */
type Names = Map<string, readonly string[]>;

/** A shape that a version may change, by what it is called in a message. */
type Shapes = Map<string, z.core.$ZodShape>;

/**
 * Each older version leads back from what the next newer one has.
 * @param versions the oldest first
 * @throws Error that names the file, the fault and the remedy
 */
export function checkVersions(
  versions: readonly { readonly definition: VersionDefinition; readonly file: string }[],
  actions: readonly Action[],
  resources: readonly Resource[],
): void {
  const all = [...resources, operations];
  const shapes: Shapes = new Map([
    ...all.map(({ name, members }) => [name, members.shape] as const),
    ...[...actions, cancel, resolve].map(
      ({ resource, name, input }) => [`${resource.name}.${name}`, input.shape] as const,
    ),
  ]);
  const filters: Names = new Map(resources.map((resource) => [resource.name, filtersOf(resource)]));
  const states = new Map(all.map(({ name, states }): [string, readonly string[]] => [name, states]));
  for (const { definition, file } of versions.toReversed()) {
    const fault = versionFault(definition, { shapes, states, filters });
    if (fault !== undefined) throw new Error(`${file}: ${fault}`);
  }
}

function versionFault(
  { version, changes }: VersionDefinition,
  { shapes, states, filters }: { shapes: Shapes; states: Names; filters: Names },
): string | undefined {
  if (version >= service.apiVersion)
    return `version '${version}' is not older than the newest, ${service.apiVersion}; set apiVersion in lib/service.ts`;
  const faults = Object.entries(changes).map(
    ([resource, change]) =>
      shapeFault(resource, change, shapes) ??
      stateFault(resource, change, states) ??
      filterFault(resource, change, filters),
  );
  return faults.find((fault) => fault !== undefined);
}

/** Applies what was changed of a resource's shapes, as far as it fits. */
function shapeFault(
  resource: string,
  { representation, inputs = {} }: ResourceChange,
  shapes: Shapes,
): string | undefined {
  const changed: (readonly [string, MemberChange])[] = [
    ...(representation ? [[resource, representation] as const] : []),
    ...Object.entries(inputs).map(([action, change]) => [`${resource}.${action}`, change] as const),
  ];
  if (!shapes.has(resource)) return `changes '${resource}', and there is no such resource; name one of them`;
  for (const [name, change] of changed) {
    const shape = shapes.get(name);
    if (shape === undefined) return `changes the input of '${name}', and there is no such action; name one`;
    const stranger = Object.keys(change.newer.shape).find((member) => !Object.hasOwn(shape, member));
    if (stranger !== undefined)
      return `newer of '${name}' has '${stranger}', which the next newer version has not; remove it`;
    const before = olderShape(shape, change);
    const lenient = name === resource ? undefined : lenientMember(z.strictObject(before));
    if (lenient !== undefined)
      return `${lenient} of '${name}' accepts unknown members; write z.strictObject instead of z.object`;
    shapes.set(name, before);
  }
  return undefined;
}

/** Applies what was changed of a resource's states, as far as it fits. */
function stateFault(
  resource: string,
  { states = {} }: ResourceChange,
  byResource: Names,
): string | undefined {
  const known = byResource.get(resource) ?? [];
  const stranger = Object.values(states).find((state) => !known.includes(state));
  if (stranger !== undefined)
    return `states of '${resource}' lead to '${stranger}', which is none; choose from ${known.join(', ')}`;
  const olderNames = new Map(Object.entries(states).map(([older, newer]) => [newer, older]));
  byResource.set(
    resource,
    known.map((state) => olderNames.get(state) ?? state),
  );
  return undefined;
}

/** What every list by members can be asked by besides. */
const LIST_PARAMETERS = ['state', 'limit', 'cursor', 'from', 'to'];

/** Members that lists are by or in the order of. */
const filtersOf = (resource: Resource): readonly string[] => {
  const all = Object.values(listsOf(resource)).flatMap(({ by, order }) => [...by, order]);
  return [...new Set(all)].filter((name) => Object.hasOwn(resource.members.shape, name));
};

/** Applies what was changed of what a resource's lists are asked by: a list is asked for in each version. */
function filterFault(
  resource: string,
  { representation, filters = {} }: ResourceChange,
  byResource: Names,
): string | undefined {
  const known = byResource.get(resource) ?? [];
  const stranger = Object.values(filters).find((filter) => !known.includes(filter));
  if (stranger !== undefined)
    return `filters of '${resource}' lead to '${stranger}', which no list is by; ${known.length > 0 ? `choose from ${known.join(', ')}` : 'remove it'}`;
  const unmapped = Object.keys(representation?.newer.shape ?? {}).find(
    (member) => known.includes(member) && !Object.values(filters).includes(member),
  );
  if (unmapped !== undefined)
    return `changes '${unmapped}' of '${resource}', which a list is by, and does not say what its clients ask by; add filters: { OLDER: '${unmapped}' }, with the name of this version for OLDER`;
  const olderNames = new Map(Object.entries(filters).map(([older, newer]) => [newer, older]));
  const names = known.map((filter) => olderNames.get(filter) ?? filter);
  const taken = Object.keys(filters).find(
    (name) => LIST_PARAMETERS.includes(name) || names.indexOf(name) !== names.lastIndexOf(name),
  );
  if (taken !== undefined)
    return `filters of '${resource}' call '${filters[taken]}' '${taken}', which asks for something else; give it a name of its own, unlike ${LIST_PARAMETERS.join(', ')}`;
  byResource.set(resource, names);
  return undefined;
}
