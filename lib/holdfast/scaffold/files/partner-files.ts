import { camel } from '../../core/kebab-case.ts';

/** `functions/partners/{name}.ts`: an adapter in a plain manner, to be made that of the partner. */
export const partnerFile = (name: string, callsBack: boolean): string =>
  `import { definePartner } from 'holdfast';

/** Does a command once for each reference, and can be asked for it. Paths, words and times are to be made those of ${name}. */
export default definePartner({
  name: '${name}',
  concurrency: 5,
  ratePerSecond: 20,
  timeoutMs: 5_000,
  settleSeconds: 30,
  idempotencyWindowSeconds: 86_400,
  retry: { maxAttempts: 100, baseMs: 1_000, capMs: 60_000 },
  breaker: { failures: 5, openSeconds: 10 },${callsBack ? '\n  callbackSeconds: 60,' : ''}
  // What is not listed is unknown, and is asked about: list what ${name} has promised, and nothing else.
  answers: {
    at: ['status'],
    succeeded: ['DONE'],
    pending: ['PENDING'],
    notFound: ['NOT_FOUND'],
    rejects: { REFUSED: '${name} refused the command' },
    http: { 202: 'pending', 404: 'words', 429: 'unavailable' },
  },${callsBack ? "\n  callback: { reference: 'reference' }," : ''}
  send: ({ name, reference, undoes, input }, { request }) =>
    request('POST', '/commands', { reference, command: name, undoes, input }),
  query: ({ reference }, { request }) => request('GET', \`/commands/\${reference}\`),
});
`;

/** `functions/partners/{name}.simulator.ts`: how the local cloud plays it. */
export const simulatorFile = (name: string, callsBack: boolean): string =>
  `import { defineSimulator } from 'holdfast';
import ${camel(name)} from './${name}.ts';

/** It does a command once for each reference${callsBack ? ', and calls back with what came of it' : ''}. */
export default defineSimulator({
  partner: ${camel(name)},
  on: {
    'POST /commands': {
      reference: 'reference',
      done: 'DONE',
      later: 'PENDING',
      refused: 'REFUSED',${callsBack ? '\n      callsBack: true,' : ''}
    },
    'GET /commands/{reference}': { absent: 'NOT_FOUND', status: { NOT_FOUND: 404 } },
  },
});
`;

/** `test/partners/{name}.test.ts`: the contract of every partner, and what this one is told and says. */
export const partnerTestFile = (name: string, callsBack: boolean): string =>
  `import { describe, expect, test } from '@jest/globals';
import { tryPartner } from 'holdfast/testing';
import simulator from '../../functions/partners/${name}.simulator.ts';

const partner = tryPartner(simulator);
const command = { name: 'try', reference: 'po_1-a1', input: { amount: '1.00' } };
const refused = { kind: 'rejected', reason: '${name} refused the command' };

describe('${name}', () => {
  test('gives no final outcome that it does not declare, whatever comes back', async () => {
    expect(await partner.faults()).toEqual([]);
  });

  test.each([
    [{ status: 'DONE' }, { kind: 'succeeded' }],
    [{ status: 'PENDING' }, { kind: 'pending' }],
    [{ status: 'REFUSED' }, refused],
    [{ status: 'PROCESSING' }, { kind: 'unknown' }],
  ])('that answers %j has come to %j', async (body, outcome) => {
    const sent = await partner.send(command, 200, body);

    expect(sent).toEqual({
      outcome,
      requests: ['POST /commands'],
      bodies: [{ reference: 'po_1-a1', command: 'try', input: { amount: '1.00' } }],
    });
  });

  test('that is asked for what it does not know says so', async () => {
    const { outcome } = await partner.query(command, 404, { status: 'NOT_FOUND' });

    expect(outcome).toEqual({ kind: 'not-found' });
  });
${
  callsBack
    ? `
  test('that calls back tells of the command by its reference', () => {
    const told = partner.callback({ reference: 'po_1-a1', status: 'REFUSED' });

    expect(told).toEqual({ reference: 'po_1-a1', outcome: refused });
  });
`
    : ''
}});
`;
