import { isDeepStrictEqual } from 'node:util';
import { resourceLocation } from '../../core/definitions/routes.ts';
import { type Occurrence, Problem } from '../../core/problems/problem.ts';
import { mayRead, representationIn } from '../../core/requests/view.ts';
import { idOf, partitionKey, tenantOf } from '../../core/store/keys.ts';
import type { PlannedWrite } from '../../core/store/store.ts';
import { canonicalHash } from '../../core/values/fingerprint.ts';
import { representationChanges } from '../../core/versions/version-shapes.ts';
import type { Keeping, Version } from '../../core/writes/keeping.ts';
import { uniqueProblems } from './problems.ts';

/** What keys of guards begin with. */
export const GUARDS = 'unique';

/** Members whose values together are one resource's alone. */
export interface Rule {
  /** What guards are kept under: two releases that say the same rule find each other's. */
  readonly name: string;
  /** In the order in which their values make a guard. */
  readonly members: readonly string[];
}

/**
 * What a version holds of each rule: an item of the value that only one resource owns, its guard. The keys of those that it holds
 * are kept with it, so that one is let go by the key that it was taken by, whatever a release makes of an old value.
 */
export function guarded(rules: readonly Rule[], version: Version): Keeping {
  const all = rules.map((rule) => guardOf(rule, version));
  const others = Object.entries(guardsOf(version)).filter(([name]) => all.every(({ rule }) => rule !== name));
  const own = all.flatMap(({ rule, key }) => (key === undefined ? [] : [[rule, key] as const]));
  // A release that has another rule finds what it holds, so that it can let it go.
  const guards = [...others, ...own];
  return {
    derived: { guards: guards.length === 0 ? undefined : Object.fromEntries(guards) },
    writes: all.flatMap(({ writes }) => writes),
  };
}

/** The guard of one rule. */
interface Guard {
  readonly rule: string;
  /** Of what the version holds once all is written. */
  readonly key?: string | undefined;
  readonly writes: readonly PlannedWrite[];
}

function guardOf({ name: rule, members }: Rule, version: Version): Guard {
  const { pk, read, next, without = [], isSide } = version;
  const held = heldBy(version, rule);
  const key = keyOf(rule, members, version);
  const isSet =
    read === undefined || members.some((name) => !isDeepStrictEqual(read.stored.data[name], next.data[name]));
  // What an older release has left behind is put right by the resource's own next write.
  if (key === held || (!isSet && isSide)) return { rule, key: held, writes: [] };
  const label = `guard:${rule}:${idOf(pk)}`;
  const put: PlannedWrite | undefined =
    key === undefined
      ? undefined
      : {
          label,
          put: { pk: key, owner: pk },
          of: pk,
          ...(isSet
            ? { refusal: (standing) => taken(members, version, standing?.owner) }
            : { spare: { rule: `${version.resource.name}.${rule}` } }),
        };
  const left: PlannedWrite | undefined =
    held === undefined
      ? undefined
      : {
          label: `${label}:left`,
          remove: { pk: held, of: pk },
          spare: {},
        };
  const writes = [put, left]
    .filter((each) => each !== undefined)
    .filter((each) => !without.includes(each.label));
  return { rule, key: without.includes(label) ? undefined : key, writes };
}

/** The keys of the guards that the version before held, by their rules. */
function guardsOf({ read }: Version): Readonly<Record<string, unknown>> {
  const guards = read?.derived?.guards;
  return typeof guards === 'object' && guards !== null ? { ...guards } : {};
}

function heldBy(version: Version, rule: string): string | undefined {
  const key = guardsOf(version)[rule];
  return typeof key === 'string' ? key : undefined;
}

/** Where the guard of a value is; undefined where a member of it is missing. */
function keyOf(
  rule: string,
  members: readonly string[],
  { resource, pk, next: { data } }: Version,
): string | undefined {
  const values = members.map((name) => data[name]);
  if (values.includes(undefined)) return undefined;
  return partitionKey(
    { name: `${GUARDS}#${resource.name}` },
    tenantOf(pk),
    `${rule}#${canonicalHash(values)}`,
  );
}

/** @param owner key of who has it, where that is known */
function taken(members: readonly string[], version: Version, owner: unknown): Problem {
  const { singular } = version.resource;
  const row = uniqueProblems['already-exists'];
  const pointers = members.map((name) => pointerTo(name, version));
  const names = pointers.map((pointer) => pointer.slice(1));
  return new Problem(
    'already-exists',
    {
      resource: singular,
      detail: `another ${singular} has this ${names.join(' and ')}; send another value`,
      errors: pointers.map((pointer) => ({ pointer, detail: row.tellsErrors })),
      ...existing(version, owner),
    },
    row,
  );
}

/** Who has a value: told to those who could read it there. */
function existing({ resource, view }: Version, owner: unknown): Pick<Occurrence, 'existing'> {
  if (typeof owner !== 'string' || view === undefined || !mayRead(view, resource)) return {};
  const id = idOf(owner);
  return { existing: { type: resource.name, id, href: resourceLocation(resource, id) } };
}

/** Where a member is in the version of a request: as its change says, or else what has its value there and is not here. */
function pointerTo(name: string, { resource, next, view }: Version): string {
  const newest = `/${name}`;
  if (view === undefined) return newest;
  const pointer = representationChanges(view.version, resource.name).reduce(
    (each, { pointers }) => pointers[each] ?? each,
    newest,
  );
  const shown = representationIn(view, resource, next);
  if (pointer !== newest || Object.hasOwn(shown, name)) return pointer;
  const [other = name] =
    Object.entries(shown).find(
      ([each, value]) => !Object.hasOwn(next.data, each) && isDeepStrictEqual(value, next.data[name]),
    ) ?? [];
  return `/${other}`;
}
