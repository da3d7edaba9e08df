import type * as z from 'zod';
import type { VersionChanges } from './api-version.ts';
import type { MemberChange, ResourceChange, VersionDefinition } from './define-version.ts';

/** A JSON object. */
export type Body = Readonly<Record<string, unknown>>;

const isIn = ({ shape }: z.ZodObject, name: string) => Object.hasOwn(shape, name);

/** A body's members of one side of a change, mapped; the others as they are. */
function mapped(body: Body, from: z.ZodObject, map: (members: Body) => Body): Body {
  const entries = Object.entries(body).filter(([, value]) => value !== undefined);
  const own = entries.filter(([name]) => isIn(from, name));
  const others = entries.filter(([name]) => !isIn(from, name));
  return { ...Object.fromEntries(others), ...map(Object.fromEntries(own)) };
}

/** A body of the next newer version, in the older shape of a change. */
export const older = (body: Body, { newer, down }: MemberChange): Body => mapped(body, newer, down);

/** A body in the older shape of a change, as the next newer version has it. */
export const newer = (body: Body, change: MemberChange): Body => mapped(body, change.older, change.up);

/** Members of the next newer version's shape, as the older shape of a change has them. */
export function olderShape(shape: z.core.$ZodShape, change: MemberChange): z.core.$ZodShape {
  const same = Object.entries(shape).filter(([name]) => !isIn(change.newer, name));
  return { ...Object.fromEntries(same), ...change.older.shape };
}

const changesOf = (versions: readonly VersionDefinition[], resource: string): readonly ResourceChange[] =>
  versions.flatMap(({ changes }) => changes[resource] ?? []);

/** What was changed of an action's input since a version, the newest change first. */
export const inputChanges = (
  { changes }: VersionChanges,
  resource: string,
  action: string,
): readonly MemberChange[] => changesOf(changes, resource).flatMap(({ inputs }) => inputs?.[action] ?? []);

/** What was changed of a resource as it is shown since a version, the newest change first. */
export const representationChanges = (
  { changes }: VersionChanges,
  resource: string,
): readonly MemberChange[] =>
  changesOf(changes, resource).flatMap(({ representation }) => representation ?? []);

const olderState = (state: string, { states = {} }: ResourceChange): string =>
  Object.entries(states).find(([, newerName]) => newerName === state)?.[0] ?? state;

const newerState = (state: string, { states = {} }: ResourceChange): string =>
  Object.hasOwn(states, state) ? (states[state] ?? state) : state;

/** The name that a state of the newest version has in a version. */
export const stateIn = ({ changes }: VersionChanges, resource: string, state: string): string =>
  changesOf(changes, resource).reduce(olderState, state);

/** The name that a filter of the newest version has in a version. */
export const filterIn = ({ changes }: VersionChanges, resource: string, filter: string): string =>
  changesOf(changes, resource).reduce(
    (name, { filters = {} }) =>
      Object.entries(filters).find(([, newerName]) => newerName === name)?.[0] ?? name,
    filter,
  );

const withState = (body: Body, named: (state: string) => string): Body =>
  typeof body.state === 'string' ? { ...body, state: named(body.state) } : body;

const risen = (body: Body, change: ResourceChange): Body =>
  withState(change.representation ? newer(body, change.representation) : body, (state) =>
    newerState(state, change),
  );

const lowered = (body: Body, change: ResourceChange): Body =>
  withState(change.representation ? older(body, change.representation) : body, (state) =>
    olderState(state, change),
  );

/** A resource as it is shown in one version, as it is shown in another: up, or down, by the changes between them. */
export function shownIn(resource: string, body: Body, from: VersionChanges, to: VersionChanges): Body {
  const up = changesOf(from.changes.slice(to.changes.length), resource);
  const down = changesOf(to.changes.slice(from.changes.length), resource);
  return down.reduce(lowered, up.reduceRight(risen, body));
}
