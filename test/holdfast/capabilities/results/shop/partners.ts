import { definePartner } from '../../../../../lib/holdfast/core/partners/define-partner.ts';

const manners = {
  concurrency: 2,
  ratePerSecond: 100,
  timeoutMs: 1_000,
  settleSeconds: 11,
  idempotencyWindowSeconds: 1_000_000,
  retry: { maxAttempts: 5, baseMs: 1, capMs: 1 },
  breaker: { failures: 100, openSeconds: 1 },
} as const;

export const printer = definePartner({
  ...manners,
  name: 'printer',
  answers: {
    print: {
      at: ['status'],
      succeeded: { PRINTED: ({ labelId, paper }) => ({ labelId, paper }) },
      notFound: ['NOT_FOUND'],
    },
    void: { at: ['status'], succeeded: ['VOIDED'], notFound: ['NOT_FOUND'] },
  },
  send: ({ name, reference, undoes, input }, { request }) =>
    request('POST', `/${name}`, { reference, undoes, ...input }),
  query: ({ name, reference }, { request }) => request('GET', `/${name}/${reference}`),
});

export const carrier = definePartner({
  ...manners,
  name: 'carrier',
  answers: {
    at: ['status'],
    succeeded: { COLLECTED: ({ trackingNumber }) => ({ trackingNumber }) },
    notFound: ['NOT_FOUND'],
    rejects: { NO: 'the carrier does not go there' },
  },
  send: ({ name, reference, input }, { request }) => request('POST', `/${name}`, { reference, ...input }),
  query: ({ name, reference }, { request }) => request('GET', `/${name}/${reference}`),
});
