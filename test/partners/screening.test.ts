import { describe, expect, test } from '@jest/globals';
import screening from '../../functions/partners/screening.ts';
import { answering } from '../support/partner.ts';

const command = { name: 'screen', reference: 'po_1-a1', input: { name: 'Lovelace Ltd' } };
const hit = { kind: 'rejected', reason: 'the beneficiary is on a sanctions list' };

describe('screening', () => {
  test.each([
    [202, { kind: 'pending' }],
    [200, { kind: 'succeeded' }],
    [429, { kind: 'unavailable' }],
    [503, { kind: 'unavailable' }],
    [422, { kind: 'rejected', reason: 'screening refused the case (422)' }],
  ])('that answers %i has come to %j', async (status, outcome) => {
    await using server = await answering(status);

    const sent = await screening.send(command, server.context);

    expect(sent).toEqual(outcome);
    expect(server.bodies).toEqual([{ caseReference: 'po_1-a1', name: 'Lovelace Ltd' }]);
  });

  test.each([
    [200, { verdict: 'clear' }, { kind: 'succeeded' }],
    [200, { verdict: 'hit' }, hit],
    [200, { verdict: 'open' }, { kind: 'pending', pollAfterSeconds: 2 }],
    [404, {}, { kind: 'not-found' }],
    [500, {}, { kind: 'unknown' }],
  ])('that is asked, and answers %i %j, has come to %j', async (status, answer, outcome) => {
    await using server = await answering(status, answer);

    const told = await screening.query?.(command, server.context);

    expect(told).toEqual(outcome);
  });

  test('that calls back names its case and its verdict, and nothing else is read', () => {
    const told = screening.callback?.({ caseReference: 'po_1-a1', verdict: 'hit' });

    expect(told).toEqual({ reference: 'po_1-a1', outcome: hit });
    expect(() => screening.callback?.({ verdict: 'clear' })).toThrow('it names no case');
  });
});
