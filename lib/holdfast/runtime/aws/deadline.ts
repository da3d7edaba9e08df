import type { Context } from 'aws-lambda';

/** Time kept back to answer with a problem of ours, before Lambda ends the function without an answer. */
export const ANSWER_MS = 500;

/** Epoch milliseconds until which a function may still start work. */
export const deadlineMs = (context: Context): number =>
  Date.now() + Math.max(0, context.getRemainingTimeInMillis() - 2 * ANSWER_MS);
