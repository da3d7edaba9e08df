import { isKebab } from '../kebab-case.ts';

/** What the partition keys of the kit's own items begin with, in every table. */
export const KEY_PREFIXES = {
  operations: 'operations',
  partners: 'partners',
  references: 'references',
  commands: 'commands',
  waits: 'waits',
} as const;

/** First segments of the kit's own routes; those that are no kebab case cannot meet a resource's. */
const ROUTES = ['docs', 'health', 'openapi', 'operations', 'partners', 'problems', 'status'];

/** Kept for what the kit stores next, and for names that its own functions have. */
const KEPT = [
  'backfills',
  'bulk',
  'erasures',
  'events',
  'history',
  'jobs',
  'lanes',
  'subscriptions',
  'unique',
];

/** Names that no resource of a team has: they would meet the kit's own routes or share its keys. */
export const RESERVED_RESOURCES: readonly string[] = [
  ...new Set([...Object.values(KEY_PREFIXES), ...ROUTES, ...KEPT]),
].sort();

/** Routes and functions that the kit makes for every resource; an action of that name would clash with them. */
export const RESERVED_ACTIONS: readonly string[] = ['get', 'list', 'history'];

/** Actions that the kit will have on every resource. */
export const KEPT_ACTIONS: readonly string[] = ['erase', 'unschedule'];

/** Members that no input has: the client sends the ETag as `ifMatch`, and `effectiveAt` is kept for schedules. */
export const RESERVED_INPUTS: readonly string[] = ['effectiveAt', 'ifMatch'];

/** As the `to` of an action: it leaves the state as it is. */
export const SAME = 'same';

/** States that no resource has. */
export const RESERVED_STATES: readonly string[] = [SAME];

/** Members that the kit keeps on every resource. */
export const RESERVED_MEMBERS: readonly string[] = [
  'id',
  'state',
  'version',
  'createdAt',
  'updatedAt',
  'operation',
  'allowedActions',
  // Says in which shape the members are kept, and is kept among them.
  '#shape',
];

/** A part of routes, keys and names of functions is no longer: with a tenant and a time, the longest key keeps room. */
const MAX_NAME = 64;

/** What is wrong with a name that becomes part of a route or a key, or undefined. */
export function nameFault(name: string): string | undefined {
  if (!isKebab(name)) return 'is not kebab case';
  return name.length > MAX_NAME
    ? `has ${name.length} characters, and at most ${MAX_NAME} are allowed`
    : undefined;
}

/** Names that differ in hyphens alone meet in the names that are made of them: a client's members, ids of functions. */
export const withoutHyphens = (name: string): string => name.replaceAll('-', '');

/** Whether a name, hyphens aside, is one of these. */
export const isReserved = (names: readonly string[], name: string): boolean =>
  names.some((each) => withoutHyphens(each) === withoutHyphens(name));
