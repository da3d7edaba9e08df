import { describe, expect, test } from '@jest/globals';
import bank from '../../functions/partners/bank.ts';
import { callPartner } from '../../lib/holdfast/testing/partner/call-partner.ts';
import { answer, scriptedPartner } from '../../lib/holdfast/testing/partner/scripted-partner.ts';

const amount = { currency: 'EUR', value: '1250.00' };
const command = { name: 'transfer', reference: 'po_1-b1', input: { amount } };

describe('the bank', () => {
  test.each([
    [200, { status: 'BOOKED', bookingId: 'b-1' }, { kind: 'succeeded', result: { bookingId: 'b-1' } }],
    [200, { status: 'PENDING' }, { kind: 'pending' }],
    [200, { status: 'ERROR', code: 'TRY_LATER' }, { kind: 'unavailable' }],
    [
      200,
      { status: 'ERROR', code: 'AC04' },
      { kind: 'rejected', reason: "the beneficiary's account is closed" },
    ],
    [200, { status: 'ERROR', code: 'X' }, { kind: 'unknown' }],
    [200, { status: 'PROCESSING' }, { kind: 'unknown' }],
    [429, {}, { kind: 'unavailable' }],
    [502, {}, { kind: 'unknown' }],
  ])('A1: that answers %i %j has come to %j', async (status, body, outcome) => {
    await using server = await scriptedPartner(answer(status, body));

    const sent = await callPartner(bank, 'send', command, server.url);
    const asked = await callPartner(bank, 'query', command, server.url);

    expect([sent, asked]).toEqual([outcome, outcome]);
    expect(server.requests).toEqual(['POST /transfers', 'GET /transfers/po_1-b1']);
    expect(server.bodies).toEqual([{ endToEndId: 'po_1-b1', amount }]);
  });

  test.each([
    ['a number', 98765432109876543210n],
    ['an object', { id: 'b-1' }],
    ['45 KB', 'x'.repeat(45_000)],
    ['a control character', 'b\u0000'],
    ['nothing', null],
  ])('A6: that has booked under %s has booked, and nothing is kept of it', async (_, bookingId) => {
    const text = JSON.stringify({ status: 'BOOKED', bookingId: String(bookingId) });
    const body =
      typeof bookingId === 'bigint' ? text.replace(/"(\d+)"/, '$1') : { status: 'BOOKED', bookingId };
    await using server = await scriptedPartner(answer(200, body));

    const sent = await callPartner(bank, 'send', command, server.url);

    expect(sent).toEqual({ kind: 'succeeded' });
  });
});
