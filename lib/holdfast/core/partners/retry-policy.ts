/** Full jitter: a wait anywhere between nothing and a ceiling that doubles with each attempt. */
export interface RetryPolicy {
  readonly baseMs: number;
  readonly capMs: number;
}

/**
 * Milliseconds to wait before the next attempt.
 * @param attempt 0 for the first retry
 * @param random in [0, 1)
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function fullJitterMs({ baseMs, capMs }: RetryPolicy, attempt: number, random: number): number {
  return random * Math.min(capMs, baseMs * 2 ** attempt);
}
