import { applyDecision, type Decided } from '../core/decisions/apply-decision.ts';
import type { Action } from '../core/definitions/define-action.ts';
import type { StoredResource } from '../core/definitions/representation.ts';

/** Cannot be changed in place, at any depth. */
const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
};

/** A resource as the store holds it. */
export const stored = (data: object, state: string): StoredResource =>
  frozen({
    id: 'po_1',
    state,
    version: 3,
    commit: 'abcd',
    createdAt: '2026-11-25T07:00:00.000Z',
    updatedAt: '2026-11-25T07:00:00.000Z',
    data: { ...data },
  });

/**
 * What an action makes of a resource that has passed every step before.
 * @param current undefined for a create
 */
export const decide = (
  action: Action,
  current: StoredResource | undefined,
  input: object,
  actor = 'bob',
): Decided =>
  applyDecision(
    action,
    current,
    frozen({
      id: 'po_1',
      input: { ...input },
      actor: { id: actor, tenant: 'acme' },
      now: '2026-11-25T08:00:00.000Z',
      commit: 'wxyz',
    }),
  );
