import { applyDecision, type Besides, type Decided, snapshot } from '../core/decisions/apply-decision.ts';
import type { Action } from '../core/definitions/define-action.ts';
import type { StoredResource } from '../core/definitions/representation.ts';
import { isObject } from './other-input.ts';

/** Cannot be changed in place, at any depth. */
const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) frozen(inner);
  return Object.freeze(value);
};

/** A resource as the store holds it. */
export const stored = (data: object, state: string, id = 'po_1'): StoredResource =>
  frozen({
    id,
    state,
    version: 3,
    commit: 'abcd',
    createdAt: '2026-11-25T07:00:00.000Z',
    updatedAt: '2026-11-25T07:00:00.000Z',
    data: { ...data },
  });

/** Other resources that an action decides on, by the names that it gives them in `with`. */
type Sides = Readonly<Record<string, StoredResource | readonly StoredResource[]>>;

const isOne = (side: Sides[string]): side is StoredResource => 'data' in side;

/** What an action is given of them. Which ones it would choose, and whether their states let it, is not looked at. */
const besides = (sides: Sides): Besides => ({
  given: Object.fromEntries(
    Object.entries(sides).map(([name, side]) => [name, isOne(side) ? snapshot(side) : side.map(snapshot)]),
  ),
  own: ({ changes }) => (isObject(changes) ? changes : {}),
});

/**
 * What an action makes of a resource that has passed every step before.
 * @param current undefined for a create
 * @param sides of an action that decides on several resources; `result` is what it decided of them all
 */
export const decide = (
  action: Action,
  current: StoredResource | undefined,
  input: object,
  actor = 'bob',
  sides?: Sides,
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
    sides && besides(sides),
  );
