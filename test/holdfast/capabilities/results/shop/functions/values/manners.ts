/** In a hurry, as partners of tests are. */
export const manners = {
  concurrency: 2,
  ratePerSecond: 100,
  timeoutMs: 1_000,
  settleSeconds: 11,
  idempotencyWindowSeconds: 1_000_000,
  retry: { maxAttempts: 5, baseMs: 1, capMs: 1 },
  breaker: { failures: 100, openSeconds: 1 },
} as const;
