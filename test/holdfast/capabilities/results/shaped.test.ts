import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Stand } from '../../../../lib/holdfast/testing/explore/stand.ts';
import { itemIn } from '../../../../lib/holdfast/testing/explore/store/table.ts';
import mended from './shop/mended.ts';
import shaped from './shop/shaped.ts';
import { registryOf, SHOP, Shipment, standOf } from './warehouse.ts';

const FUNCTIONS = [
  ...['orders-create', 'orders-ship', 'orders-get', 'operations-get', 'operations-resolve'],
  ...['operate', 'partner-printer', 'partner-carrier'],
];

let stand: Stand;
let next: Stand;
beforeAll(async () => {
  stand = await standOf(FUNCTIONS, registryOf({ definition: shaped, file: `${SHOP}/shaped.ts` }));
  next = await standOf(['operate'], registryOf({ definition: mended, file: `${SHOP}/mended.ts` }));
});
afterAll(async () => {
  await stand?.close();
  await next?.close();
});

/** An order whose end sets what the shape that it is kept in has no member for. */
async function stuck(): Promise<Shipment> {
  const shipment = await Shipment.begun(stand);
  await shipment.carriedOut();
  return shipment;
}

test('an end whose members cannot be kept in the shape that is written asks for a person, and ends once a release has mended it', async () => {
  const shipment = await stuck();
  const { json } = await shipment.shown();

  expect(json).toMatchObject({
    state: 'needs-attention',
    problem: {
      detail: expect.stringMatching(
        /^'trackingNumber' has no place in shape 1; put that right and resolve by retry, /,
      ),
    },
  });
  expect((await shipment.read()).json.state).toBe('shipping');
  await shipment.resolve({ outcome: 'retry' });
  await shipment.carriedOut({ stand: next });
  expect((await shipment.read()).json).toMatchObject({
    state: 'shipped',
    trackingNumber: expect.stringMatching(/^t-/),
  });
});

test("an end whose members cannot be kept moves the state alone, where a person has it 'leave' them", async () => {
  const shipment = await stuck();

  await shipment.resolve({ outcome: 'succeeded', resource: 'leave' });
  await shipment.carriedOut();

  const { json } = await shipment.read();
  expect([json.state, json.trackingNumber]).toEqual(['shipped', undefined]);
});

test('the end of an operation moves the keys of an index that follow from the state of its resource', async () => {
  const shipment = await stuck();
  const key = () => itemIn(shipment.world, `RecordsTable/orders#acme#${shipment.id}`)?.l1?.S;
  const before = key();

  await shipment.resolve({ outcome: 'succeeded', resource: 'leave' });
  await shipment.carriedOut();

  expect([before, key()]).toEqual([undefined, 'orders#shipped']);
});
