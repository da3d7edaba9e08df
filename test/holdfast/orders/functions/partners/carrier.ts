import { apiKey, definePartner } from 'holdfast';

/** Takes a parcel on, and calls back once its driver has it, or will not take it. Each call carries a key. */
export default definePartner({
  name: 'carrier',
  concurrency: 5,
  ratePerSecond: 20,
  timeoutMs: 5_000,
  settleSeconds: 30,
  idempotencyWindowSeconds: 86_400,
  retry: { maxAttempts: 100, baseMs: 1_000, capMs: 60_000 },
  breaker: { failures: 5, openSeconds: 10 },
  callbackSeconds: 60,
  credentials: apiKey({ header: 'X-Api-Key' }),
  answers: {
    at: ['status'],
    succeeded: { COLLECTED: ({ trackingNumber }) => ({ trackingNumber }) },
    pending: ['BOOKED'],
    notFound: ['NO_SUCH_PARCEL'],
    rejects: { REFUSED: 'the carrier does not take this parcel' },
    http: { 202: 'pending', 404: 'words', 429: 'unavailable' },
  },
  callback: { reference: 'parcel' },
  send: ({ reference, input }, { request }) => request('POST', '/parcels', { parcel: reference, ...input }),
  query: ({ reference }, { request }) => request('GET', `/parcels/${reference}`),
});
