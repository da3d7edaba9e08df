import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { byHand } from '../support/by-hand.ts';
import { at } from '../support/clock.ts';
import { eventually } from '../support/eventually.ts';
import { type Plane, startPlane } from '../support/plane.ts';

/** Of one tenant, in the local stage. */
const SEATS = 2;

let plane: Plane;
let operation: string;
beforeAll(async () => {
  plane = await startPlane({ POWERTOOLS_LOG_LEVEL: 'SILENT' });
});
afterAll(() => plane?.close());
beforeEach(async () => {
  operation = await plane.disburse(await plane.approved());
});

/** Reads the operation, and would rather wait so long. */
const read = (seconds: number) =>
  plane.http('operations-get', {
    parameters: { operationId: operation.split('#').at(-1) ?? '' },
    headers: { Prefer: `wait=${seconds}` },
  });

async function cancelled(): Promise<void> {
  await byHand(plane).cancel(operation);
  await byHand(plane).operate(operation);
}

describe('a request that would rather wait', () => {
  test('is answered when the operation has ended', async () => {
    const waiting = read(10);

    await cancelled();

    expect((await waiting).json.state).toBe('cancelled');
  });

  // At one moment, since seats are counted by windows of time.
  test('is answered at once while its tenant has as many waiting as it may, and finds a seat when they have left', () =>
    at(Date.now(), async () => {
      plane.proxy.calls.length = 0;
      const many = Array.from({ length: SEATS }, () => read(10));
      await eventually(
        'as many as may to have taken two seats each',
        () => plane.proxy.calls.filter((call) => call === 'UpdateItem').length,
        (seats) => seats >= 2 * SEATS,
      );

      const turnedAway = await Promise.all([read(10), read(10)]);
      await cancelled();
      const waited = await Promise.all(many);
      operation = await plane.disburse(await plane.approved());
      const seated = read(10);
      await cancelled();

      expect(turnedAway.map(({ json }) => json.state)).toEqual(['accepted', 'accepted']);
      expect(new Set(waited.map(({ json }) => json.state))).toEqual(new Set(['cancelled']));
      expect((await seated).json.state).toBe('cancelled');
    }));
});
