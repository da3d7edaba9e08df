import { expect, test } from '@jest/globals';
import simulator from '../../../../functions/partners/bank.simulator.ts';
import { apiKey, basic, bearer, oauth2 } from '../../../../lib/holdfast/core/partners/credentials.ts';
import { tryPartner } from '../../../../lib/holdfast/testing/partner/try-partner.ts';

const command = { name: 'transfer', reference: 'po_1-a1', input: { amount: '1.00' } };

test.each([apiKey({ header: 'X-Api-Key' }), bearer(), basic(), oauth2({ scopes: ['payments'] })])(
  'a partner that asks for $kind credentials is tried without a secret',
  async (credentials) => {
    const trial = tryPartner({ ...simulator, partner: { ...simulator.partner, credentials } });

    const sent = await trial.send(command, 200, { status: 'BOOKED' });

    expect(sent).toMatchObject({ outcome: { kind: 'succeeded' }, requests: ['POST /transfers'] });
  },
);
