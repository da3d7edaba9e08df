import { definePartner } from 'holdfast';

/** Does a command once for each reference, and can be asked for it. Paths, words and times are to be made those of printer. */
export default definePartner({
  name: 'printer',
  concurrency: 5,
  ratePerSecond: 20,
  timeoutMs: 5_000,
  settleSeconds: 30,
  idempotencyWindowSeconds: 86_400,
  retry: { maxAttempts: 100, baseMs: 1_000, capMs: 60_000 },
  breaker: { failures: 5, openSeconds: 10 },
  // What is not listed is unknown, and is asked about: list what printer has promised, and nothing else.
  answers: {
    at: ['status'],
    succeeded: ['DONE'],
    pending: ['PENDING'],
    notFound: ['NOT_FOUND'],
    rejects: { REFUSED: 'printer refused the command' },
    http: { 202: 'pending', 404: 'words', 429: 'unavailable' },
  },
  send: ({ name, reference, undoes, input }, { request }) =>
    request('POST', '/commands', { reference, command: name, undoes, input }),
  query: ({ reference }, { request }) => request('GET', `/commands/${reference}`),
});
