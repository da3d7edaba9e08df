import { definePartner } from 'holdfast';

/** Pays. It answers 200 with an error inside, is polled, and has been known to pay after it timed out. */
export default definePartner({
  name: 'bank',
  publicName: 'The bank',
  concurrency: 5,
  ratePerSecond: 20,
  timeoutMs: 5_000,
  settleSeconds: 30,
  idempotencyWindowSeconds: 86_400,
  retry: { maxAttempts: 100, baseMs: 1_000, capMs: 60_000 },
  breaker: { failures: 5, openSeconds: 10 },
  answers: {
    at: ['status', 'code'],
    succeeded: { BOOKED: ({ bookingId }) => ({ bookingId }) },
    pending: ['PENDING'],
    notFound: ['NOT_FOUND'],
    unavailable: ['ERROR/TRY_LATER'],
    rejects: { 'ERROR/AC04': "the beneficiary's account is closed" },
    http: { 429: 'unavailable' },
  },
  send: ({ reference, input }, { request }) =>
    request('POST', '/transfers', { endToEndId: reference, ...input }),
  query: ({ reference }, { request }) => request('GET', `/transfers/${reference}`),
});
