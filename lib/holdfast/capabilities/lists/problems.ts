import type { ProblemRow } from '../../core/problems/problems.ts';

/** Why a list by members is refused although it is asked for rightly. */
export const listProblems = {
  'list-not-ready': {
    status: 503,
    title: 'The list is being completed, and is not served until it is',
    category: 'dependency',
    recovery: 'retry',
    retryAfterSeconds: 60,
    refusesUnfinished: true,
    tell: 'This list is being prepared. Please try again in a few minutes.',
    check: 'Has npm run backfill gone through this stage since the list was deployed?',
  },
} as const satisfies Readonly<Record<string, ProblemRow>>;
