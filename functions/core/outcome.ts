/** What became of a command that a partner was given; all that the rest of the service knows of a partner's answer. */
export type Outcome =
  /** Done. `result` is kept on the operation. */
  | { readonly kind: 'succeeded'; readonly result?: Readonly<Record<string, string>> }
  /** Taken on; a callback will tell, or a query after so many seconds. */
  | { readonly kind: 'pending'; readonly pollAfterSeconds?: number }
  /** Refused for good, for a reason in our own words. */
  | { readonly kind: 'rejected'; readonly reason: string }
  /** Not done, and safe to send again later. */
  | { readonly kind: 'unavailable'; readonly retryAfterSeconds?: number }
  /** May be done, or not: the partner has to be asked. */
  | { readonly kind: 'unknown' }
  /** Answer of a query alone: the partner does not know the reference, by now. */
  | { readonly kind: 'not-found' };

/** Whether an outcome tells what became of a command for good; only such a one is kept as the first. */
export const isFinalOutcome = (
  outcome: Outcome,
): outcome is Outcome & { readonly kind: 'succeeded' | 'rejected' } =>
  outcome.kind === 'succeeded' || outcome.kind === 'rejected';
