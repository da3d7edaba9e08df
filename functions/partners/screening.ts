import { definePartner } from 'holdfast';

/** Screens beneficiaries against sanctions lists. It takes a case on (202), and calls back, sometimes twice. */
export default definePartner({
  name: 'screening',
  publicName: 'Sanctions screening',
  concurrency: 5,
  ratePerSecond: 50,
  timeoutMs: 5_000,
  settleSeconds: 30,
  idempotencyWindowSeconds: 7 * 86_400,
  retry: { maxAttempts: 100, baseMs: 1_000, capMs: 60_000 },
  breaker: { failures: 5, openSeconds: 10 },
  callbackSeconds: 60,
  answers: {
    at: ['verdict'],
    succeeded: ['clear', 'released'],
    pending: ['in-review'],
    notFound: ['no-such-case'],
    rejects: { hit: 'the beneficiary is on a sanctions list' },
    http: { 202: 'pending', 404: 'words', 429: 'unavailable', 503: 'unavailable' },
  },
  callback: { reference: 'caseReference' },
  send: ({ reference, undoes, input }, { request }) =>
    request('POST', undoes === undefined ? '/cases' : `/cases/${undoes}/release`, {
      caseReference: reference,
      ...input,
    }),
  query: ({ reference }, { request }) => request('GET', `/cases/${reference}`),
});
