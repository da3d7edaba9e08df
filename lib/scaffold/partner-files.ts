/** `functions/partners/{name}.ts`: an adapter in a plain manner, to be made that of the partner. */
export const partnerFile = (name: string): string =>
  `import { definePartner } from '../core/define-partner.ts';
import type { Outcome } from '../core/outcome.ts';

/** Does a command once for each reference, and can be asked for it. Paths, codes and times are to be made those of ${name}. */
export default definePartner({
  name: '${name}',
  concurrency: 5,
  ratePerSecond: 20,
  timeoutMs: 5_000,
  settleSeconds: 30,
  idempotencyWindowSeconds: 86_400,
  retry: { maxAttempts: 100, baseMs: 1_000, capMs: 60_000 },
  breaker: { failures: 5, openSeconds: 10 },
  async send({ name, reference, undoes, input }, { url, signal }) {
    const response = await fetch(\`\${url}/commands\`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ reference, command: name, undoes, input }),
      signal,
    });
    return outcome(response.status);
  },
  async query({ reference }, { url, signal }) {
    const response = await fetch(\`\${url}/commands/\${reference}\`, { signal });
    if (response.status === 404) return { kind: 'not-found' };
    return response.ok ? outcome(response.status) : { kind: 'unknown' };
  },
});

/** Its statuses in our words: what does not say for sure what became of a command is unknown, and is asked for. */
function outcome(status: number): Outcome {
  if (status === 202) return { kind: 'pending', pollAfterSeconds: 2 };
  if (status >= 200 && status < 300) return { kind: 'succeeded' };
  if (status === 429) return { kind: 'unavailable' };
  if (status === 400 || status === 422) return { kind: 'rejected', reason: '${name} refused the command' };
  return { kind: 'unknown' };
}
`;

/** `test/partners/{name}.test.ts`: what each of its answers comes to. */
export const partnerTestFile = (name: string): string =>
  `import { describe, expect, test } from '@jest/globals';
import partner from '../../functions/partners/${name}.ts';
import { answering } from '../support/partner.ts';

const command = { name: 'try', reference: 'po_1-a1', input: { amount: '1.00' } };

describe('${name}', () => {
  test.each([
    [200, { kind: 'succeeded' }],
    [202, { kind: 'pending', pollAfterSeconds: 2 }],
    [422, { kind: 'rejected', reason: '${name} refused the command' }],
    [429, { kind: 'unavailable' }],
    [500, { kind: 'unknown' }],
  ])('that answers %i has come to %j', async (status, outcome) => {
    await using server = await answering(status);

    const sent = await partner.send(command, server.context);

    expect(sent).toEqual(outcome);
    expect(server.bodies).toEqual([{ reference: 'po_1-a1', command: 'try', input: { amount: '1.00' } }]);
  });

  test.each([
    [200, { kind: 'succeeded' }],
    [404, { kind: 'not-found' }],
    [422, { kind: 'unknown' }],
    [500, { kind: 'unknown' }],
  ])('that is asked, and answers %i, has come to %j', async (status, outcome) => {
    await using server = await answering(status);

    const told = await partner.query?.(command, server.context);

    expect(told).toEqual(outcome);
  });
});
`;
