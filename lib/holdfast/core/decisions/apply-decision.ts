import { type Action, type Actor, isRejection, reject, stateAfter } from '../definitions/define-action.ts';
import type { Resource, Snapshot } from '../definitions/define-resource.ts';
import type { StoredResource } from '../definitions/representation.ts';
import { DefinitionFault } from '../problems/definition-fault.ts';
import { Problem } from '../problems/problem.ts';
import { isPlain, kindOf } from '../values/storable.ts';
import { checkDecided } from './decided-members.ts';

/** What an action makes of a resource: its next version, and the members that the store must touch for it. */
export interface Decided {
  readonly next: StoredResource;
  /** A value sets the member, `null` removes it. */
  readonly changes: Readonly<Record<string, unknown>>;
  /** The same for internal members. */
  readonly hidden: Readonly<Record<string, unknown>>;
  /** All that `decide` gave, where it decided on more than the resource. */
  readonly result?: Readonly<Record<string, unknown>>;
}

/** A decision's surroundings. */
export interface DecisionContext {
  readonly id: string;
  readonly input: Record<string, unknown>;
  readonly actor: Actor;
  /** RFC 3339, UTC. */
  readonly now: string;
  /** Random characters for the new version's ETag. */
  readonly commit: string;
}

/** What a decision is made on besides its resource, and what of it is about that. */
export interface Besides {
  /** Members that `decide` is given besides. */
  readonly given: Readonly<Record<string, unknown>>;
  /**
   * What it decided of its own resource.
   * @param result all that `decide` gave
   * @throws DefinitionFault for what it must not give
   */
  own(result: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
}

export const snapshot = ({ data, hidden, commit: _, ...kept }: StoredResource): Snapshot<Resource> => ({
  ...hidden,
  ...data,
  ...kept,
});

/** What a decision is made on cannot be changed in place: it would show in the answer, and never be stored. */
export const frozenCopy = <T>(value: T): T => copied(value) as T;

/** JSON, which nearly all of it is, is copied and frozen in one pass: half the time of `structuredClone` and a freeze. */
function copied(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(copied));
  if (!isPlain(value)) return structuredClone(value);
  return Object.freeze(
    Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copied(inner)])),
  );
}

/**
 * Step 11. Lets an action decide on a resource whose state permits it. What it decides is held against the schemas of the
 * resource's members, internal ones included, before anything is stored.
 * @param current undefined for a create
 * @throws Problem of the domain, when `decide` rejects
 * @throws DefinitionFault for a result that the resource does not declare
 */
export function applyDecision(
  action: Action,
  current: StoredResource | undefined,
  context: DecisionContext,
  besides?: Besides,
): Decided {
  const { input, actor, now } = context;
  const result = action.decide({
    current: current && frozenCopy(snapshot(current)),
    input: frozenCopy(input),
    actor,
    now,
    reject,
    ...(besides && frozenCopy(besides.given)),
  });
  const who = `decide of '${action.name}'`;
  const strange = notMembers(result);
  if (strange !== undefined)
    throw new DefinitionFault(`${who} gave ${strange}; return an object of members, or what reject gives`);
  if (isRejection(result)) throw rejection(action, result.code, result.detail);
  const decided = changed(who, action.resource, besides?.own(result) ?? result, {
    ...context,
    current,
    to: ({ hidden }) => action.leadsTo?.(hidden) ?? stateAfter(action, current?.state),
  });
  return besides === undefined ? decided : { ...decided, result };
}

/** What a decision makes of one resource. */
interface Change extends Pick<DecisionContext, 'id' | 'now' | 'commit'> {
  /** Undefined for a create. */
  readonly current: StoredResource | undefined;
  readonly to: (decided: Pick<Decided, 'hidden'>) => string;
}

/**
 * The next version of a resource, once what was decided of it has been held against its schemas.
 * @param who the decision, for the message
 * @throws DefinitionFault for what the resource does not declare
 */
export function changed(
  who: string,
  resource: Resource,
  members: Readonly<Record<string, unknown>>,
  { id, now, commit, current, to }: Change,
): Decided {
  const { changes, hidden } = declaredChanges(who, resource, members);
  const { internal } = resource;
  checkDecided(who, { schema: resource.members, changes, before: current?.data });
  if (internal !== undefined)
    checkDecided(who, { schema: internal, changes: hidden, before: current && (current.hidden ?? {}) });
  return {
    changes,
    hidden,
    next: {
      id,
      state: to({ hidden }),
      version: (current?.version ?? 0) + 1,
      commit,
      createdAt: current?.createdAt ?? now,
      updatedAt: now,
      data: withChanges(current?.data, changes),
      ...(current === undefined && internal !== undefined && { hidden: withChanges({}, hidden) }),
    },
  };
}

/**
 * What a decision is where it is no plain object. Anything else has no members of its own to look at, so the resource
 * would move although nothing was decided: a promise even where what it holds is a refusal.
 */
function notMembers(decision: unknown): string | undefined {
  if (typeof decision !== 'object' || decision === null) return String(decision && typeof decision);
  if (isPlain(decision)) return undefined;
  // Nobody awaits it: one that is refused would end the process.
  if (decision instanceof Promise) decision.catch(() => undefined);
  return decision instanceof Promise ? 'a promise, and decide does no I/O' : `a ${kindOf(decision)}`;
}

const withChanges = (before: Readonly<Record<string, unknown>> | undefined, changes: object) =>
  Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null));

function rejection({ resource, problems, name }: Action, code: string, detail: string | undefined): Problem {
  const row = resource.problems?.[code];
  if (row === undefined || !problems.includes(code)) {
    throw new DefinitionFault(`decide of '${name}' rejected with '${code}'; add it to the action's problems`);
  }
  return new Problem(code, { resource: resource.singular, ...(detail !== undefined && { detail }) }, row);
}

function declaredChanges(who: string, resource: Resource, decision: Readonly<Record<string, unknown>>) {
  const changes: Record<string, unknown> = {};
  const hidden: Record<string, unknown> = {};
  for (const [member, value] of Object.entries(decision)) {
    if (value === undefined) continue;
    if (Object.hasOwn(resource.internal?.shape ?? {}, member)) hidden[member] = value;
    else if (Object.hasOwn(resource.members.shape, member)) changes[member] = value;
    else
      throw new DefinitionFault(
        `${who} set '${member}'; add it to the members of resource '${resource.name}'`,
      );
  }
  return { changes, hidden };
}
