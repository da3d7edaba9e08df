import type { Resource } from './define-resource.ts';

/** A resource as stored, whatever the store. */
export interface StoredResource {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly commit: string;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The resource's own members, those of other releases included. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Its internal members; absent where it was read from an index. */
  readonly hidden?: Readonly<Record<string, unknown>>;
}

/** Which states permit an action: all that a function needs to know of the actions besides its own. */
export interface Transition {
  readonly name: string;
  readonly from: readonly string[];
}

/** Of the actions of a resource; one that makes it is permitted by no state. */
export const allowedTransitions = (
  actions: readonly { readonly name: string; readonly from?: readonly string[] | undefined }[],
): readonly Transition[] => actions.flatMap(({ name, from }) => (from === undefined ? [] : [{ name, from }]));

/** Names of the actions that a state permits, so that no client hard-codes the state machine. */
export const allowedActions = (transitions: readonly Transition[], state: string): readonly string[] =>
  transitions.filter(({ from }) => from.includes(state)).map(({ name }) => name);

/** The store keeps no order within a member's own members; by name, the same resource is the same bytes each time. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, inner]) => [name, ordered(inner)]));
}

/**
 * The public form of a resource: the members that its definition declares, in that order, between those of the kit.
 * What is stored and not declared does not show.
 */
export function representation(
  resource: Resource,
  transitions: readonly Transition[],
  stored: StoredResource,
): Readonly<Record<string, unknown>> {
  const declared = Object.keys(resource.members.shape).map((name) => [name, ordered(stored.data[name])]);
  return {
    id: stored.id,
    state: stored.state,
    version: stored.version,
    ...Object.fromEntries(declared),
    createdAt: stored.createdAt,
    updatedAt: stored.updatedAt,
    operation: stored.data.operation,
    allowedActions: allowedActions(transitions, stored.state),
  };
}
