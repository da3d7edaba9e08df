import { describe, expect, test } from '@jest/globals';
import screening from '../../functions/partners/screening.ts';
import { readCallback } from '../../lib/holdfast/core/partners/read-callback.ts';
import { callPartner } from '../../lib/holdfast/testing/partner/call-partner.ts';
import { answer, scriptedPartner } from '../../lib/holdfast/testing/partner/scripted-partner.ts';

const command = { name: 'screen', reference: 'po_1-a1', input: { name: 'Lovelace Ltd' } };
const hit = { kind: 'rejected', reason: 'the beneficiary is on a sanctions list' };

describe('screening', () => {
  test.each([
    [202, {}, { kind: 'pending' }],
    [202, { verdict: 'clear' }, { kind: 'succeeded' }],
    [200, { verdict: 'hit' }, hit],
    [200, {}, { kind: 'unknown' }],
    [429, {}, { kind: 'unavailable' }],
    [503, {}, { kind: 'unavailable' }],
    [500, {}, { kind: 'unknown' }],
    [422, {}, { kind: 'unknown' }],
  ])('A1: that answers %i %j has come to %j', async (status, body, outcome) => {
    await using server = await scriptedPartner(answer(status, body));

    const sent = await callPartner(screening, 'send', command, server.url);

    expect(sent).toEqual(outcome);
    expect(server.bodies).toEqual([{ caseReference: 'po_1-a1', name: 'Lovelace Ltd' }]);
  });

  test.each([
    [200, { verdict: 'clear' }, { kind: 'succeeded' }],
    [200, { verdict: 'hit' }, hit],
    [200, { verdict: 'in-review' }, { kind: 'pending' }],
    [200, { verdict: 'on-hold' }, { kind: 'unknown' }],
    [404, { verdict: 'no-such-case' }, { kind: 'not-found' }],
    [404, {}, { kind: 'unknown' }],
    [500, {}, { kind: 'unknown' }],
  ])('that is asked, and answers %i %j, has come to %j', async (status, body, outcome) => {
    await using server = await scriptedPartner(answer(status, body));

    const told = await callPartner(screening, 'query', command, server.url);

    expect(told).toEqual(outcome);
  });

  test('releases the case of a command that is taken back', async () => {
    await using server = await scriptedPartner(answer(200, { verdict: 'released' }));
    const release = { ...command, name: 'release', reference: 'po_1-A1', undoes: 'po_1-a1' };

    const told = await callPartner(screening, 'send', release, server.url);

    expect(told).toEqual({ kind: 'succeeded' });
    expect(server.requests).toEqual(['POST /cases/po_1-a1/release']);
  });

  const callback = (body: object) => readCallback(screening, Buffer.from(JSON.stringify(body)));

  test.each([
    ['hit', hit],
    ['clear', { kind: 'succeeded' }],
    ['in-review', { kind: 'pending' }],
    ['under-review', { kind: 'unknown' }],
    ['no-such-case', { kind: 'unknown' }],
  ])('A2: that calls back %s has told %j of its case', (verdict, outcome) => {
    expect(callback({ caseReference: 'po_1-a1', verdict })).toMatchObject({ reference: 'po_1-a1', outcome });
  });

  test.each([
    [{ verdict: 'clear' }],
    [{ caseReference: 7, verdict: 'clear' }],
    [{ caseReference: 'x'.repeat(65) }],
  ])('that calls back %j names no command', (body) => {
    expect(() => callback(body)).toThrow('it names no command');
  });
});
