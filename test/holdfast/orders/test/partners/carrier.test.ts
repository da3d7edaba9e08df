import { describe, expect, test } from '@jest/globals';
import { tryPartner } from 'holdfast/testing';
import simulator from '../../functions/partners/carrier.simulator.ts';

const partner = tryPartner(simulator);
const command = { name: 'collect', reference: 'or_1-a1', input: { order: 'or_1' } };
const refused = { kind: 'rejected', reason: 'the carrier does not take this parcel' };
const collected = { kind: 'succeeded', result: { trackingNumber: 'TN-1' } };

describe('carrier', () => {
  test('gives no final outcome that it does not declare, whatever comes back', async () => {
    expect(await partner.faults()).toEqual([]);
  });

  test.each([
    [202, {}, { kind: 'pending' }],
    [200, { status: 'REFUSED' }, refused],
    [200, { status: 'ON_ITS_WAY' }, { kind: 'unknown' }],
  ])('that answers %i %j has come to %j', async (status, body, outcome) => {
    const sent = await partner.send(command, status, body);

    expect(sent).toEqual({
      outcome,
      requests: ['POST /parcels'],
      bodies: [{ parcel: 'or_1-a1', order: 'or_1' }],
    });
  });

  test.each([
    [200, { status: 'COLLECTED', trackingNumber: 'TN-1' }, collected],
    [404, { status: 'NO_SUCH_PARCEL' }, { kind: 'not-found' }],
  ])('that is asked, and answers %i %j, has come to %j', async (status, body, outcome) => {
    expect(await partner.query(command, status, body)).toMatchObject({ outcome });
  });

  test('calls back by its reference, and tells the tracking number', () => {
    const told = partner.callback({ parcel: 'or_1-a1', status: 'COLLECTED', trackingNumber: 'TN-1' });

    expect(told).toEqual({ reference: 'or_1-a1', outcome: collected });
  });
});
