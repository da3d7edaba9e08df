import { definePartner } from '../core/define-partner.ts';

/** Screens beneficiaries against sanctions lists. It takes a case on (202), and calls back, sometimes twice. */
export default definePartner({
  name: 'screening',
  concurrency: 5,
  ratePerSecond: 50,
  timeoutMs: 5_000,
  settleSeconds: 30,
  idempotencyWindowSeconds: 7 * 86_400,
  retry: { maxAttempts: 100, baseMs: 1_000, capMs: 60_000 },
  breaker: { failures: 5, openSeconds: 10 },
  callbackSeconds: 60,
  async send({ reference, undoes, input }, { url, signal }) {
    const path = undoes === undefined ? '/cases' : `/cases/${undoes}/release`;
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ caseReference: reference, ...input }),
      signal,
    });
    if (response.status === 202) return { kind: 'pending' };
    if (response.ok) return { kind: 'succeeded' };
    return response.status >= 500 || response.status === 429
      ? { kind: 'unavailable' }
      : rejected(response.status);
  },
  async query({ reference }, { url, signal }) {
    const response = await fetch(`${url}/cases/${reference}`, { signal });
    if (response.status === 404) return { kind: 'not-found' };
    if (!response.ok) return { kind: 'unknown' };
    return verdict(((await response.json()) as { verdict: string }).verdict);
  },
  callback(body) {
    const { caseReference, verdict: told } = body as { caseReference: string; verdict: string };
    if (typeof caseReference !== 'string') throw new Error('it names no case');
    return { reference: caseReference, outcome: verdict(told) };
  },
});

const rejected = (status: number) =>
  ({ kind: 'rejected', reason: `screening refused the case (${status})` }) as const;

function verdict(told: string) {
  if (told === 'clear' || told === 'released') return { kind: 'succeeded' } as const;
  if (told === 'hit') return { kind: 'rejected', reason: 'the beneficiary is on a sanctions list' } as const;
  return { kind: 'pending', pollAfterSeconds: 2 } as const;
}
