import type { Decided } from '../decisions/apply-decision.ts';
import type { Receipt } from '../decisions/receipts.ts';
import { representation, type StoredResource } from '../definitions/representation.ts';
import { resourceLocation } from '../definitions/routes.ts';
import { acceptOperation, stillDue } from '../operations/accept-operation.ts';
import { operationRepresentation, operations } from '../operations/operations.ts';
import { Problem } from '../problems/problem.ts';
import { tagOf, type View } from '../requests/view.ts';
import { listKey } from '../store/keys.ts';
import type { Item, Plan, WriteEvent } from '../store/store.ts';
import { resourceId } from '../values/resource-id.ts';
import { NEWEST_SHAPES } from '../versions/api-version.ts';
import { shownIn } from '../versions/version-shapes.ts';
import { type Asked, fingerprintOf } from './asked.ts';
import type { Extended } from './extension.ts';

/** What a decision was made in, and what it was. */
export interface Decision {
  readonly view: View;
  /** The request's input in its newest form. */
  readonly input: Record<string, unknown>;
  /** What it was made on; undefined for a create. */
  readonly read: Item | undefined;
  readonly decided: Decided;
  /** Epoch milliseconds. */
  readonly now: number;
  /** What it was made on besides. @default nothing */
  readonly extended?: Extended | undefined;
}

/**
 * Everything that a decision stores: effect, version, receipt and event, and the operation that it starts.
 * @param newCommit random characters for the ETag of what it makes besides the resource
 */
export function planWrite(asked: Asked, decision: Decision, newCommit: () => string): Plan {
  const { action, actor, id, pk } = asked;
  const { read, decided, now, extended } = decision;
  const operation = read && accepted(asked, read, now, newCommit);
  const started = operation?.stored;
  const changes =
    started === undefined ? decided.changes : { ...decided.changes, operation: linkTo(started) };
  const event = eventOf(asked, decision, started);
  const made = { id, event, now: new Date(now).toISOString(), newCommit };
  return {
    resource: action.resource,
    pk,
    list: listKey(action.resource, actor.tenant),
    read,
    decided: { ...decided, changes },
    receipt: receiptOf(asked, decision, started),
    event,
    attributes: {
      ...(operation && { operations: operation.ordinal }),
      ...(action.resource === operations && stillDue(id, now)),
    },
    beside: [
      ...(operation === undefined
        ? []
        : [{ label: 'operation', put: operation.item, refusal: () => begunBefore(action) }]),
      ...(extended?.writes(decided.result ?? {}, made) ?? []),
    ],
  };
}

/** The key has started something that the resource knows nothing of. */
const begunBefore = ({ resource: { singular } }: Asked['action']) =>
  new Problem('idempotency-key-reused', {
    detail: `this key has started something before that the ${singular} knows nothing of (operation); send a new request under a new key`,
  });

const eventOf = (
  { action, actor, attempt }: Asked,
  { read, decided: { next }, input }: Decision,
  started: StoredResource | undefined,
): WriteEvent => ({
  action: action.name,
  actor: actor.id,
  key: attempt.key,
  ...(read !== undefined && { from: read.stored.state }),
  to: next.state,
  version: next.version,
  ...(started && { operation: started.id }),
  ...action.tells?.(input),
});

const linkTo = ({ id }: StoredResource) => ({ id, href: resourceLocation(operations, id) });

/** The operation that an action starts, if it starts one: an item that commits with the resource's move. */
function accepted(
  { action, actor, id, pk, attempt }: Asked,
  read: Item,
  now: number,
  newCommit: () => string,
) {
  const { operation } = action;
  if (operation === undefined) return undefined;
  const ordinal = read.operations + 1;
  // A domain of its own, which no client's key reaches; with the ordinal, a key that has expired starts another one.
  const seed = `\u0000${pk}#${ordinal}#${attempt.key}`;
  const { stored, item } = acceptOperation({
    action: { ...action, operation },
    tenant: actor.tenant,
    actor: actor.id,
    key: attempt.key,
    id: resourceId(operations.idPrefix, actor.tenant, operations.name, seed),
    resourceId: id,
    ordinal,
    version: read.stored.version + 1,
    now,
    commit: newCommit(),
  });
  return { stored, item, ordinal };
}

/** The answer, as it is kept with its effect: what is shown is the operation, where the action starts one or is about one. */
function receiptOf(
  asked: Asked,
  { view, input, decided: { next }, now }: Decision,
  started: StoredResource | undefined,
): Receipt {
  const { action, id, attempt } = asked;
  const { resource, from } = action;
  const newest = fingerprintOf(asked, input);
  const operation = started ?? (resource === operations ? next : undefined);
  const create = from === undefined;
  const location = operation ? resourceLocation(operations, operation.id) : resourceLocation(resource, id);
  const shown = operation
    ? operationRepresentation(operation)
    : representation(resource, view.transitions, next);
  const inNewest = JSON.stringify(shown);
  const { name } = operation ? operations : resource;
  const asAsked = shownIn(name, shown, NEWEST_SHAPES, view.version);
  const body = asAsked === shown ? inNewest : JSON.stringify(asAsked);
  return {
    ...attempt,
    ...(newest !== attempt.sent && { newest }),
    at: now,
    status: operation ? 202 : create ? 201 : 200,
    etag: tagOf(view, next),
    ...((operation || create) && { location }),
    ...(create && { pinned: true }),
    body,
    ...(body !== inNewest && { inNewest: { apiVersion: view.versions.newest.date, body: inNewest } }),
  };
}
