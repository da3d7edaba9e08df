import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Stand } from '../../../../lib/holdfast/testing/explore/stand.ts';
import { Shipment, standOf } from './warehouse.ts';

const FUNCTIONS = [
  ...['orders-create', 'orders-ship', 'orders-get', 'operations-get'],
  ...['operations-cancel', 'operations-resolve', 'operate', 'partner-printer', 'partner-carrier'],
];

let stand: Stand;
beforeAll(async () => {
  stand = await standOf(FUNCTIONS);
});
afterAll(() => stand?.close());

describe('an operation whose steps have results', () => {
  test('hands what one partner told to the next one, sets members of the resource by it as it ends, and shows what it may', async () => {
    const shipment = await Shipment.begun(stand);

    await shipment.carriedOut();

    const [print, collect] = shipment.sent;
    const [label, tracking] = [`l-${print?.reference}`, `t-${collect?.reference}`];
    expect(collect?.body).toMatchObject({ id: shipment.id, labelId: label });
    expect((await shipment.read()).json).toMatchObject({ state: 'shipped', trackingNumber: tracking });
    const { json } = await shipment.shown();
    expect(json).toMatchObject({ state: 'succeeded', result: { labelId: label, trackingNumber: tracking } });
    expect(json.results).toEqual({ 'hand-over': { trackingNumber: tracking } });
  });
});
