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

describe('the status of partners', () => {
  const BANK = 'partners#bank';
  const now = Date.parse('2026-11-01T09:00:00Z');
  const until = new Date(now + 30_000).toISOString();
  const called = { name: 'The bank', state: 'called' };
  const reads = () => plane.proxy.calls.filter((call) => call === 'GetItem').length;

  /** What the function answers after so many seconds, and how often it has read the table for it. */
  const answerAfter = (seconds: number) =>
    at(now + seconds * 1000, async () => {
      const before = reads();
      const { status, json } = await plane.http('status', {});
      return { status, ...json, reads: reads() - before };
    });

  test('reads a table that fails no more often than one that answers', async () => {
    plane.proxy.fate = () => ({ refuse: 'ThrottlingException' });
    const failed = await answerAfter(-60);
    const again = await answerAfter(-51);
    plane.proxy.fate = () => 'pass';
    const better = await answerAfter(-50);

    expect(failed).toMatchObject({ status: 503, code: 'temporarily-unavailable' });
    expect(again).toMatchObject({ status: 503, code: 'temporarily-unavailable', reads: 0 });
    expect(better).toMatchObject({ status: 200, reads: 2 });
  });

  test('tells until when a partner is left alone, reads each partner once in 10 seconds, and tells no time that is past', async () => {
    const { record } = await import('../../../lib/holdfast/runtime/partners/partner-gate.ts');
    const { default: bank } = await import('../../../functions/partners/bank.ts');
    await plane.write({ pk: { S: BANK }, openUntil: { N: String(now + 4_000) } });

    const answers = [await answerAfter(0), await answerAfter(3.999), await answerAfter(4)];
    await plane.write({ pk: { S: BANK }, openUntil: { N: String(now + 30_000) } });
    answers.push(await answerAfter(9.999), await answerAfter(10));
    await record(bank, false, now);
    answers.push(await answerAfter(19.999), await answerAfter(20));

    const screening = { name: 'Sanctions screening', state: 'called' };
    const told = (asOf: number, first: object, read: number) => ({
      status: 200,
      asOf: new Date(now + asOf * 1000).toISOString(),
      partners: [screening, first],
      reads: read,
    });
    const short = { name: 'The bank', state: 'left-alone', until: new Date(now + 4_000).toISOString() };
    const long = { name: 'The bank', state: 'left-alone', until };
    expect(answers).toEqual([
      told(0, short, 2),
      told(0, short, 0),
      told(0, called, 0),
      told(0, called, 0),
      told(10, long, 2),
      told(10, long, 0),
      told(20, called, 2),
    ]);
  });
});
