import type { Action } from '../definitions/define-action.ts';
import type { Operation } from '../definitions/define-operation.ts';
import { dueList } from '../definitions/due-lists.ts';
import type { StoredResource } from '../definitions/representation.ts';
import { listKey, partitionKey, stateOrder } from '../store/keys.ts';
import type { Values } from '../store/store.ts';
import { accepted, type Progress } from './operation-progress.ts';
import { type OperationSubject, operationMembers, operations } from './operations.ts';

/** An operation that nothing has started after so long is looked after by the sweep. */
const START_SECONDS = 60;

/** Attributes that tell the sweep when to look; RFC 3339, so that they sort. */
export const due = (id: string, at: number) => ({ dueList: dueList(id), dueAt: new Date(at).toISOString() });

/** Attributes of an operation that a person has changed: the sweep looks after what does not follow. */
export const stillDue = (id: string, now: number) => due(id, now + START_SECONDS * 1000);

/** What an action needs to know to accept an operation. */
export interface Acceptance {
  readonly action: Action & { readonly operation: Operation };
  readonly tenant: string;
  readonly actor: string;
  /** {@link keyHash} of the Idempotency-Key. */
  readonly key: string;
  readonly id: string;
  readonly resourceId: string;
  readonly ordinal: number;
  /** The resource's version that the acceptance makes. */
  readonly version: number;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Random characters for its ETag. */
  readonly commit: string;
}

/** An operation that has just been accepted: what is shown of it, and its item. */
export function acceptOperation(acceptance: Acceptance): {
  readonly stored: StoredResource;
  readonly item: Values & { readonly pk: string };
} {
  const { action, tenant, actor, key, id, ordinal, now, commit } = acceptance;
  const { operation, resource } = action;
  const subject: OperationSubject = {
    definition: operation.name,
    action: action.name,
    resource: { type: resource.name, id: acceptance.resourceId },
    ordinal,
    version: acceptance.version,
    held: action.to,
    steps: operation.steps.map(({ name }) => name),
  };
  const progress: Progress = accepted(operation, now);
  const createdAt = new Date(now).toISOString();
  const members = Object.entries(operationMembers(operation, subject, progress)).filter(
    ([, value]) => value !== null,
  );
  const stored: StoredResource = {
    id,
    state: progress.state,
    version: 1,
    commit,
    createdAt,
    updatedAt: createdAt,
    data: Object.fromEntries(members),
    hidden: { subject, machine: progress },
  };
  const { id: _, ...attributes } = stored;
  return {
    stored,
    item: {
      pk: partitionKey(operations, tenant, id),
      ...attributes,
      list: listKey(operations, tenant),
      stateOrder: stateOrder(progress.state, createdAt),
      ...stillDue(id, now),
      last: { action: 'accept', actor, key, to: progress.state, version: 1, operation: id },
    },
  };
}
