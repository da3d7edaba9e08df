import { describe, expect, test } from '@jest/globals';
import bank from '../../functions/partners/bank.ts';
import { answering } from '../support/partner.ts';

const amount = { currency: 'EUR', value: '1250.00' };
const command = { name: 'transfer', reference: 'po_1-b1', input: { amount } };

describe('the bank', () => {
  test.each([
    [200, { status: 'BOOKED', bookingId: 'b-1' }, { kind: 'succeeded', result: { bookingId: 'b-1' } }],
    [200, { status: 'PENDING' }, { kind: 'pending', pollAfterSeconds: 1 }],
    [200, { status: 'ERROR', code: 'TRY_LATER' }, { kind: 'unavailable', retryAfterSeconds: 2 }],
    [
      200,
      { status: 'ERROR', code: 'AC04' },
      { kind: 'rejected', reason: "the beneficiary's account is closed" },
    ],
    [200, { status: 'ERROR', code: 'X' }, { kind: 'rejected', reason: 'the bank refused the transfer' }],
    [502, {}, { kind: 'unknown' }],
  ])('that answers %i %j has come to %j', async (status, answer, outcome) => {
    await using server = await answering(status, answer);

    const sent = await bank.send(command, server.context);
    const asked = await bank.query?.(command, server.context);

    expect([sent, asked]).toEqual([outcome, outcome]);
    expect(server.bodies).toEqual([{ endToEndId: 'po_1-b1', amount }]);
  });
});
