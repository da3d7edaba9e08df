import { isDeepStrictEqual } from 'node:util';
import type { Decided } from '../decisions/apply-decision.ts';
import type { Resource } from '../definitions/define-resource.ts';
import type { StoredResource } from '../definitions/representation.ts';
import { formOf, type ResourceExtension } from '../definitions/resource-extension.ts';
import type { View } from '../requests/view.ts';
import type { Item, PlannedWrite, Values } from '../store/store.ts';

/** One version of a resource, and the one before. */
export interface Version {
  readonly resource: Resource;
  readonly pk: string;
  /** Undefined for a create. */
  readonly read: Item | undefined;
  readonly next: StoredResource;
  /** How whoever asked for it reads; undefined where nobody did. */
  readonly view?: View;
  /** Labels of writes that it has to do without. @default none */
  readonly without?: readonly string[];
  /** It is changed by the way, by an action of another resource. @default by its own */
  readonly isSide?: boolean;
}

/** What a capability keeps with a version. */
export interface Keeping {
  /** Attributes of the item itself, as keys of an index; `null` for one that has to be none. @default none */
  readonly attributes?: Values;
  /** What it keeps on the item for itself, undefined for what goes. What no capability names stays: another release keeps it. @default nothing */
  readonly derived?: Values;
  /** What else is written. @default nothing */
  readonly writes?: readonly PlannedWrite[];
}

/** A capability's part in every write of a resource. */
export interface KeepingExtension extends ResourceExtension {
  keep(version: Version): Keeping;
}

const isKeeping = (extension: ResourceExtension): extension is KeepingExtension => 'keep' in extension;

/** What all capabilities of a resource keep with a version of it. */
export function kept(version: Version): Required<Keeping> {
  const all = (version.resource.extensions ?? []).filter(isKeeping).map((each) => each.keep(version));
  return {
    attributes: Object.assign({}, ...all.map(({ attributes }) => attributes)),
    derived: defined(Object.assign({}, version.read?.derived, ...all.map(({ derived }) => derived))),
    writes: all.flatMap(({ writes = [] }) => writes),
  };
}

const defined = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** What a decision changes, in the shape in which the resource is kept. */
export function asKept(resource: Resource, read: Item | undefined, decided: Decided): Decided {
  const form = formOf(resource);
  if (form === undefined) return decided;
  const before = read?.kept;
  const data = form.store(merged(read?.stored.data, decided.changes), before);
  return { ...decided, changes: difference(before ?? {}, data), next: { ...decided.next, data } };
}

const merged = (before: Values | undefined, changes: Values): Values =>
  Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null));

const difference = (before: Values, after: Values): Values => ({
  ...Object.fromEntries(Object.keys(before).flatMap((name) => (name in after ? [] : [[name, null]]))),
  ...Object.fromEntries(
    Object.entries(after).filter(([name, value]) => !isDeepStrictEqual(before[name], value)),
  ),
});
