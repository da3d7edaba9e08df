import { definePartner } from '../core/define-partner.ts';
import type { Outcome } from '../core/outcome.ts';

/** Pays. It answers 200 with an error inside, is polled, and has been known to pay after it timed out. */
export default definePartner({
  name: 'bank',
  concurrency: 5,
  ratePerSecond: 20,
  timeoutMs: 5_000,
  settleSeconds: 30,
  idempotencyWindowSeconds: 86_400,
  retry: { maxAttempts: 100, baseMs: 1_000, capMs: 60_000 },
  breaker: { failures: 5, openSeconds: 10 },
  async send({ reference, input }, { url, signal }) {
    const response = await fetch(`${url}/transfers`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ endToEndId: reference, ...input }),
      signal,
    });
    // A gateway before the bank may fail after the bank has paid.
    return response.ok ? outcome((await response.json()) as Transfer) : { kind: 'unknown' };
  },
  async query({ reference }, { url, signal }) {
    const response = await fetch(`${url}/transfers/${reference}`, { signal });
    return response.ok ? outcome((await response.json()) as Transfer) : { kind: 'unknown' };
  },
});

interface Transfer {
  readonly status: 'BOOKED' | 'PENDING' | 'ERROR' | 'NOT_FOUND';
  readonly code?: string;
  readonly bookingId?: string;
}

/** The bank's codes in our words. */
function outcome({ status, code, bookingId }: Transfer): Outcome {
  if (status === 'BOOKED') return { kind: 'succeeded', result: { bookingId: bookingId ?? '' } };
  if (status === 'PENDING') return { kind: 'pending', pollAfterSeconds: 1 };
  if (status === 'NOT_FOUND') return { kind: 'not-found' };
  if (code === 'TRY_LATER') return { kind: 'unavailable', retryAfterSeconds: 2 };
  return {
    kind: 'rejected',
    reason: code === 'AC04' ? "the beneficiary's account is closed" : 'the bank refused the transfer',
  };
}
