import type { Operation } from '../../../../lib/holdfast/core/definitions/define-operation.ts';
import { capabilityOf } from '../../../../lib/holdfast/core/operations/operation-capability.ts';
import { advance } from '../../../../lib/holdfast/core/operations/operation-machine.ts';
import type { Progress } from '../../../../lib/holdfast/core/operations/operation-progress.ts';
import type { Outcome } from '../../../../lib/holdfast/core/partners/outcome.ts';
import shipOrder from './shop/functions/operations/ship-order.ts';

// What happens to an operation with results, as its functions have it happen, without any of them.

export const START = 1_800_000_000_000;

export const ORDER = {
  id: 'or_1',
  address: 'x',
  state: 'shipping',
  version: 2,
  createdAt: '',
  updatedAt: '',
};

export const capability = (operation: Operation) => {
  const found = capabilityOf(operation);
  if (found === undefined) throw new Error('it has no results');
  return found;
};

export const lackOf = (progress: Progress) => capability(shipOrder).lack(progress, progress.command, ORDER);

/** Something happens to the current command. */
export function comes(
  progress: Progress,
  what: 'proceed' | 'claim' | 'query' | 'timeout' | 'lost' | Outcome,
  { now = START, operation = shipOrder as Operation, ref = progress.command } = {},
): Progress {
  const { step, undo, attempt } = ref;
  const command = { step, undo, attempt };
  if (typeof what !== 'string')
    return advance(operation, progress, { ...command, type: 'report', outcome: what }, now, 0.5);
  if (what === 'proceed' || what === 'lost') return advance(operation, progress, { type: what }, now, 0.5);
  if (what === 'timeout') return advance(operation, progress, { ...command, type: what }, now, 0.5);
  const of = capability(operation).lack(progress, command, ORDER);
  if (of !== undefined) return advance(operation, progress, { ...command, type: 'lacking', of }, now, 0.5);
  return what === 'claim' ? advance(operation, progress, { ...command, type: what }, now, 0.5) : progress;
}

export const told = (result: Readonly<Record<string, string>>): Outcome => ({ kind: 'succeeded', result });

/** A step was sent, and its partner told this. */
export const done = (progress: Progress, outcome: Outcome, operation: Operation = shipOrder) =>
  comes(comes(progress, 'claim', { operation }), outcome, { operation });
