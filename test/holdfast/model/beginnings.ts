import type { ActionName } from './payout-machine.ts';
import type { Beginning } from './program.ts';

/** What leads a payout to where it stands when a program begins, and who does it. */
export const BEGINNINGS: Readonly<Record<Beginning, readonly (readonly [ActionName, user: number])[]>> = {
  nothing: [],
  draft: [['create', 0]],
  submitted: [
    ['create', 0],
    ['submit', 0],
  ],
  approved: [
    ['create', 0],
    ['submit', 0],
    ['approve', 1],
  ],
  disbursing: [
    ['create', 0],
    ['submit', 0],
    ['approve', 1],
    ['disburse', 0],
  ],
  cancelled: [
    ['create', 0],
    ['cancel', 0],
  ],
  // With the seventeenth receipt, the oldest fourteen leave the item.
  crowded: [['create', 0], ...Array.from({ length: 16 }, () => ['change-amount', 0] as const)],
};
