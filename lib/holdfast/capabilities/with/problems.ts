import type { ProblemRow } from '../../core/problems/problems.ts';
import { sizeProblems } from '../../core/writes/plan-size.ts';

/** Why an action is refused over a resource that is not its own. */
export const relatedProblems = {
  'related-not-found': {
    status: 422,
    title: 'The action needs a {resource} that does not exist',
    category: 'validation',
    recovery: 'fix-request',
    tellsRelated: true,
    tell: 'Something this needs does not exist any more. Please choose another one.',
    check: 'Which resource does related name, and was it ever made in this tenant?',
  },
  'too-many-related': {
    status: 422,
    title: 'The action needs more resources than it may take at once',
    category: 'limit',
    recovery: 'fix-request',
    tell: 'This is too much at once. Please do it in smaller parts.',
    check: 'How many does the detail name, and how many does the action allow?',
  },
  'related-state': {
    status: 409,
    title: 'The {resource} that the action needs is in no state for it',
    category: 'conflict',
    recovery: 'refresh',
    tellsRelated: true,
    tell: 'Something this needs has changed meanwhile. Please look again, and decide anew.',
    check: 'Which resource does related name, and what happened to it according to its history?',
  },
  ...sizeProblems,
} as const satisfies Readonly<Record<string, ProblemRow>>;
