import type { Action } from '../core/definitions/define-action.ts';
import { isObject } from './other-input.ts';

type Members = Readonly<Record<string, unknown>>;

/** Where what an action was told may be read. */
export interface Shown {
  /** The resource, after the action. */
  readonly resource: Members;
  /** What its operation has come to, where it starts one. */
  readonly result?: unknown;
  /**
   * Whether the action left a member of the resource as it was: one of that name then means something else, as the amount
   * of a payment does where a refund is told an amount.
   */
  readonly wasLeft?: (member: string) => boolean;
}

/** What an action understands of an input, but for what it keeps nowhere. */
export function toldOf({ input: schema, transient = [] }: Action, input: Members): Members {
  // The whole first: zod takes no member out of an object that has a rule as a whole.
  const told = Object.entries(schema.parse(input));
  return Object.fromEntries(told.filter(([name, value]) => value !== undefined && !transient.includes(name)));
}

/**
 * What an action was told and nobody can read again, in words: nothing, as a rule. A member that the resource has too is
 * read there, by its name; the values of any other are read wherever the resource has room for them.
 */
export function unreadable(
  { resource: { members } }: Action,
  told: Members,
  { resource, result, wasLeft = () => false }: Shown,
): readonly string[] {
  // The kit's own members, as `version`, and those that are told by name would only look alike.
  const room = [
    ...Object.keys(members.shape)
      .filter((name) => !Object.hasOwn(told, name))
      .map((name) => resource[name]),
    result,
  ];
  return Object.entries(told).flatMap(([name, value]) => {
    const isNamed = Object.hasOwn(members.shape, name);
    if (isNamed && holds(resource[name], value)) return [];
    if ((!isNamed || wasLeft(name)) && isAmong(room, value)) return [];
    const read = isNamed ? `reads ${JSON.stringify(resource[name])} there` : 'reads it nowhere';
    return [`'${name}' was told ${JSON.stringify(value)}, and a client ${read}`];
  });
}

/** Whether a value is shown here, by the names that it has inside; more may stand beside it, as in a list that grows. */
function holds(shown: unknown, told: unknown): boolean {
  if (told === undefined) return true;
  // What removes a member is read by its absence.
  if (told === null) return shown === undefined || shown === null;
  if (Array.isArray(told)) return Array.isArray(shown) ? holdsList(shown, told) : isNothing(shown, told);
  if (Array.isArray(shown)) return shown.some((each) => holds(each, told));
  if (isObject(told)) return isObject(shown) && holdsMembers(shown, told);
  return isObject(shown) ? Object.values(shown).some((each) => holds(each, told)) : shown === told;
}

/** One after the other, since the order was told too. */
function holdsList(shown: readonly unknown[], told: readonly unknown[]): boolean {
  if (told.length === 0) return shown.length === 0;
  let next = 0;
  return told.every((value) => {
    const found = shown.findIndex((each, i) => i >= next && holds(each, value));
    next = found + 1;
    return found >= 0;
  });
}

const isNothing = (shown: unknown, told: readonly unknown[]) => told.length === 0 && shown === undefined;

function holdsMembers(shown: Members, told: Members): boolean {
  const room = Object.entries(shown).map(([name, value]) => (Object.hasOwn(told, name) ? undefined : value));
  return Object.entries(told).every(([name, value]) =>
    Object.hasOwn(shown, name) ? holds(shown[name], value) : isAmong(room, value),
  );
}

/** Whether every value inside is one of those inside the other: all that can be said of a member with another name. */
function isAmong(room: unknown, told: unknown): boolean {
  const leaves = leavesOf(room);
  return leavesOf(told).every((leaf) => leaves.includes(leaf));
}

/** Every value that is no object and no list, at any depth, and is there. */
const leavesOf = (value: unknown): readonly unknown[] => {
  if (value === undefined || value === null) return [];
  return typeof value === 'object' ? Object.values(value).flatMap(leavesOf) : [value];
};
