import { randomUUID } from 'node:crypto';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { byHand } from '../support/by-hand.ts';
import { itemBytes } from '../support/items.ts';
import { type Plane, type Raw, startPlane } from '../support/plane.ts';

let plane: Plane;
let hand: ReturnType<typeof byHand>;
beforeAll(async () => {
  plane = await startPlane({ POWERTOOLS_LOG_LEVEL: 'SILENT' });
  hand = byHand(plane);
});
afterAll(() => plane?.close());

const read = async (pk: string) => unmarshall((await plane.read(pk)) ?? {});

/** An item with some of its attributes changed. */
const change = async (pk: string, changes: object) =>
  plane.write(marshall({ ...(await read(pk)), ...changes }, { removeUndefinedValues: true }) as Raw);

const parameters = (operation: string) => ({ operationId: operation.split('#').at(-1) ?? '' });

const shown = async (operation: string) =>
  (await plane.http('operations-get', { parameters: parameters(operation) })).json;

const resolve = (operation: string, body: object) =>
  plane.http('operations-resolve', {
    parameters: parameters(operation),
    headers: { 'Idempotency-Key': randomUUID() },
    body: JSON.stringify(body),
  });

describe('an end after which the payout would have more than the store takes', () => {
  /** Of an item. */
  const MOST_BYTES = 400 * 1_024;

  /** The bank has paid, and the payout has no room for what the end would write. */
  async function full() {
    const payout = await plane.approved();
    const operation = await plane.disburse(payout);
    const pk = `payouts#acme#${payout}`;
    await change(pk, { last: undefined, beside: '' });
    const room = MOST_BYTES - itemBytes((await plane.read(pk)) ?? {});
    await change(pk, { last: undefined, beside: 'x'.repeat(room) });
    await hand.carryOn(operation, payout);
    return { pk, payout, operation, attention: await shown(operation) };
  }

  test('is kept with the operation until a person has made room, and is written then', async () => {
    const { pk, payout, operation, attention } = await full();
    const before = await read(pk);
    await change(pk, { beside: undefined });
    await resolve(operation, { outcome: 'retry', evidence: 'a call' });
    await hand.carryOn(operation, payout, 2);

    expect(attention).toMatchObject({
      state: 'needs-attention',
      problem: {
        detail:
          "the payout would have more than the 400 KB that one can; put that right and resolve by retry, or resolve with resource 'leave'",
      },
    });
    expect(before).toMatchObject({ state: 'disbursing' });
    expect(await shown(operation)).toMatchObject({ state: 'succeeded' });
    expect(await read(pk)).toMatchObject({ state: 'paid' });
    const paid = (await plane.ledger()).filter(({ reference }) => reference === `${payout}-b1`);
    expect(paid).toHaveLength(1);
  });

  test('is the operation’s alone when a person says that the payout is left', async () => {
    const { pk, payout, operation } = await full();

    await resolve(operation, { outcome: 'succeeded', evidence: 'a call', resource: 'leave' });
    await hand.carryOn(operation, payout, 2);

    expect(await shown(operation)).toMatchObject({ state: 'succeeded' });
    expect(await read(pk)).toMatchObject({ state: 'disbursing' });
  });
});
