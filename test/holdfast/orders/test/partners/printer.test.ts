import { describe, expect, test } from '@jest/globals';
import { tryPartner } from 'holdfast/testing';
import simulator from '../../functions/partners/printer.simulator.ts';

const partner = tryPartner(simulator);
const command = { name: 'try', reference: 'po_1-a1', input: { amount: '1.00' } };
const refused = { kind: 'rejected', reason: 'printer refused the command' };

describe('printer', () => {
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
});
