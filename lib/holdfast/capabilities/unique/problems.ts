import type { ProblemRow } from '../../core/problems/problems.ts';
import { sizeProblems } from '../../core/writes/plan-size.ts';

/** Why an action is refused over what another resource has. */
export const uniqueProblems = {
  'already-exists': {
    status: 409,
    title: 'Another {resource} has this already',
    category: 'conflict',
    recovery: 'fix-request',
    tellsErrors: 'is taken',
    tellsExisting: true,
    refusesSecond: true,
    tell: 'This is taken already. Please choose something else.',
    check:
      'Which members do the errors name? `existing` is what has their values, where the token may read it: is it the one that was meant?',
  },
  ...sizeProblems,
} as const satisfies Readonly<Record<string, ProblemRow>>;
