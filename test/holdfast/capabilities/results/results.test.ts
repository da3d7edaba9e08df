import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Stand } from '../../../../lib/holdfast/testing/explore/stand.ts';
import mended from './shop/mended.ts';
import { registryOf, type Says, SHOP, Shipment, standOf } from './warehouse.ts';

const FUNCTIONS = [
  ...['orders-create', 'orders-ship', 'orders-get', 'operations-get'],
  ...['operations-cancel', 'operations-resolve', 'operate', 'partner-printer', 'partner-carrier'],
];

let stand: Stand;
/** Functions of the release after it. */
let next: Stand;
beforeAll(async () => {
  stand = await standOf(FUNCTIONS);
  const of = { definition: mended, file: `${SHOP}/mended.ts` };
  next = await standOf(['operate'], registryOf(of));
});
afterAll(async () => {
  await stand?.close();
  await next?.close();
});

/** A partner that says so of a command, each time it is sent or asked about. */
const says =
  (command: string, answer: object, method?: string): Says =>
  (sent) =>
    sent.command === command && sent.method === (method ?? sent.method) ? answer : undefined;

/** An order whose operation has come so far, with partners that say this. */
async function shipment(given: Says = () => undefined, messages = 20): Promise<Shipment> {
  const begun = await Shipment.begun(stand);
  begun.says = given;
  await begun.carriedOut({ messages });
  return begun;
}

describe('an operation whose steps have results', () => {
  test('hands what one partner told to the next one, sets members of the resource by it as it ends, and shows what it may', async () => {
    const done = await shipment();

    const [print, collect] = done.sent;
    const [label, tracking] = [`l-${print?.reference}`, `t-${collect?.reference}`];
    expect(collect?.body).toMatchObject({ id: done.id, labelId: label });
    expect((await done.read()).json).toMatchObject({ state: 'shipped', trackingNumber: tracking });
    const { json } = await done.shown();
    expect(json).toMatchObject({ state: 'succeeded', result: { labelId: label, trackingNumber: tracking } });
    expect(json.results).toEqual({ 'hand-over': { trackingNumber: tracking } });
  });

  test('is asked, by a cancel, to undo what a partner answered with a new word and did later: it is done once, and taken back once, by what the partner has told of it', async () => {
    const late = await shipment((sent, before) => {
      const asked = before.filter(({ method, command }) => method === 'GET' && command === 'print').length;
      if (sent.command !== 'print' || asked > 1) return undefined;
      return asked === 1 ? { status: 'PRINTED', labelId: 'l-late' } : { status: 'SPOOLED' };
    }, 1);

    expect((await late.cancel()).status).toBe(202);
    await late.carriedOut();

    expect(late.commands()).toEqual(['print', 'void']);
    expect(late.sent.at(-1)?.body).toMatchObject({ undoes: late.sent[0]?.reference, labelId: 'l-late' });
    expect((await late.shown()).json).toMatchObject({ state: 'cancelled' });
    expect((await late.read()).json).toMatchObject({ state: 'placed' });
  });

  test('is done once where a partner told 40 KB of a step that nothing takes back: a person gives the result, and the end sets it', async () => {
    const paid = await shipment(says('collect', { status: 'COLLECTED', trackingNumber: 'x'.repeat(40_000) }));

    const { json: stuck } = await paid.shown();
    const held = await paid.read();
    const resolved = await paid.resolve({ outcome: 'succeeded', result: { trackingNumber: 't-1' } });
    await paid.carriedOut();

    expect(stuck).toMatchObject({ state: 'needs-attention', step: 'hand-over', cancelable: false });
    expect(stuck.problem.detail).toContain("'hand-over' was done by carrier, and its result");
    expect(stuck.results).toBeUndefined();
    expect(held.json.state).toBe('shipping');
    expect(resolved).toMatchObject({
      status: 202,
      json: { resolution: { result: { trackingNumber: 't-1' } } },
    });
    expect((await paid.shown()).json).toMatchObject({
      state: 'succeeded',
      results: { 'hand-over': { trackingNumber: 't-1' } },
      result: { trackingNumber: 't-1' },
    });
    expect((await paid.read()).json).toMatchObject({ state: 'shipped', trackingNumber: 't-1' });
    expect(paid.commands()).toEqual(['print', 'collect']);
  });

  test('sends nothing of a step that needs a result which its schema refuses, and goes on by what a person knows', async () => {
    const refused = await shipment(says('print', { status: 'PRINTED', labelId: 'l-1', paper: 'a3' }));
    const { json: stuck } = await refused.shown();

    await refused.resolve({ outcome: 'succeeded', result: { labelId: 'l-1', paper: 'a5' } });
    await refused.carriedOut();

    expect(stuck).toMatchObject({ state: 'needs-attention', step: 'print', progress: { completed: 1 } });
    expect(refused.commands()).toEqual(['print', 'collect']);
    expect(refused.sent.at(-1)?.body).toMatchObject({ labelId: 'l-1' });
    expect((await refused.read()).json.state).toBe('shipped');
  });
});

test('an operation whose resource is gone needs a person, and sends nothing', async () => {
  const torn = await shipment(() => undefined, 1);
  torn.lose();

  await torn.carriedOut();

  const { json } = await torn.shown();
  expect(json).toMatchObject({ state: 'needs-attention', step: 'hand-over' });
  expect(json.problem.detail).toContain('the order is gone');
  expect(torn.commands()).toEqual(['print']);
});

describe('an operation of which an older release has kept no results', () => {
  /** Its first step is done, and the next one is to be sent. */
  async function printed(given: Says): Promise<Shipment> {
    const begun = await shipment(() => undefined, 1);
    begun.forget();
    begun.says = given;
    return begun;
  }

  test('asks the partner of the step that is done for its result, and does nothing twice', async () => {
    const older = await printed(says('print', { status: 'PRINTED', labelId: 'l-asked' }));

    await older.carriedOut();

    expect(older.sent.map(({ method, command }) => `${method} ${command}`)).toEqual([
      'POST print',
      'GET print',
      'POST collect',
    ]);
    expect(older.sent.at(-1)?.body).toMatchObject({ labelId: 'l-asked' });
    expect((await older.read()).json.state).toBe('shipped');
  });

  test('is asked for again while its partner gives no answer of use, and needs a person once its time is up', async () => {
    const older = await printed(says('print', { status: 'WHO KNOWS' }));

    await older.carriedOut({ messages: 4 });
    const { json: asking } = await older.shown();
    older.later(200_000);
    await older.carriedOut();

    expect(asking).toMatchObject({ state: 'running', step: 'print', waiting: { reason: 'unknown' } });
    expect((await older.shown()).json).toMatchObject({ state: 'needs-attention', step: 'print' });
    expect(older.commands()).toEqual(['print']);
  });

  test('is left to a person where the partner says now that it does not know the step, and is never sent again', async () => {
    const older = await printed(says('print', { status: 'NOT_FOUND' }));
    await older.carriedOut();
    const { json: stuck } = await older.shown();

    await older.resolve({ outcome: 'succeeded', result: { labelId: 'l-by-hand' } });
    await older.carriedOut();

    expect(stuck).toMatchObject({ state: 'needs-attention', step: 'print' });
    expect(older.commands()).toEqual(['print', 'collect']);
    expect(older.sent.at(-1)?.body).toMatchObject({ labelId: 'l-by-hand' });
  });

  test('takes back what was done where it is cancelled while it asks, and sends nothing forward', async () => {
    const older = await printed(says('print', { status: 'WHO KNOWS' }));
    await older.carriedOut({ messages: 1 });

    const cancelled = await older.cancel();
    await older.carriedOut();

    expect(cancelled.status).toBe(202);
    expect(older.commands()).toEqual(['print', 'void']);
    expect(older.sent.at(-1)?.body).toMatchObject({ labelId: 'unknown' });
    expect((await older.shown()).json.state).toBe('cancelled');
    expect((await older.read()).json.state).toBe('placed');
  });

  test('takes back the steps before one that a person has found not to be done', async () => {
    const older = await printed(says('print', { status: 'NOT_FOUND' }));
    await older.carriedOut();

    await older.resolve({ outcome: 'failed' });
    await older.carriedOut();

    expect(older.commands()).toEqual(['print']);
    expect((await older.read()).json.state).toBe('returned');
  });

  test('asks once more where a person has it retried', async () => {
    const older = await printed(says('print', { status: 'NOT_FOUND' }));
    await older.carriedOut();
    older.says = says('print', { status: 'PRINTED', labelId: 'l-now' });

    await older.resolve({ outcome: 'retry' });
    await older.carriedOut();

    expect(older.sent.at(-1)?.body).toMatchObject({ labelId: 'l-now' });
    expect((await older.read()).json.state).toBe('shipped');
  });

  test.each([
    [{ outcome: 'succeeded' }, '/result', "is required: 'print' has a result"],
    [{ outcome: 'succeeded', result: {} }, '/result/labelId', ''],
    [{ outcome: 'succeeded', result: { labelId: 'x'.repeat(65) } }, '/result/labelId', 'is too long'],
    [{ outcome: 'succeeded', result: { labelId: 'l', paper: 'a3' } }, '/result/paper', ''],
    [{ outcome: 'succeeded', result: { labelId: 'l', more: 'm' } }, '/result', ''],
    [{ outcome: 'succeeded', result: { labelId: 7 } }, '/result/labelId', ''],
    [{ outcome: 'retry', result: { labelId: 'l' } }, '/result', "goes with outcome 'succeeded'"],
    [{ outcome: 'failed', result: { labelId: 'l' } }, '/result', "goes with outcome 'succeeded'"],
  ])('is not resolved by %j, which does not go with its step', async (body, pointer, detail) => {
    const older = await printed(says('print', { status: 'NOT_FOUND' }));
    await older.carriedOut();

    const { status, json } = await older.resolve(body);

    expect([status, json.code]).toEqual([422, 'invalid-input']);
    expect(json.errors).toEqual([{ pointer, detail: expect.stringContaining(detail) }]);
    expect((await older.shown()).json.state).toBe('needs-attention');
  });
});

describe('an end that gives what the resource does not take', () => {
  const long = 't'.repeat(100);
  const tooLong = () => shipment(says('collect', { status: 'COLLECTED', trackingNumber: long }));

  test('keeps the outcome, moves nothing and asks for a person, who cannot call it failed', async () => {
    const stuck = await tooLong();
    const { json } = await stuck.shown();

    const failed = await stuck.resolve({ outcome: 'failed' });

    expect(json).toMatchObject({
      state: 'needs-attention',
      results: { 'hand-over': { trackingNumber: long } },
      problem: {
        detail: expect.stringMatching(
          /^set of 'ship-order' gave 'trackingNumber' a value that its schema refuses \(.*\); put that right and resolve by retry, or resolve with resource 'leave'$/,
        ),
      },
    });
    expect(json.problem.detail).not.toContain(long);
    expect((await stuck.read()).json.state).toBe('shipping');
    expect([failed.status, failed.json.code]).toEqual([409, 'operation-outcome-known']);
  });

  test('ends by a release that has mended it, once a person has it retried', async () => {
    const stuck = await tooLong();

    await stuck.resolve({ outcome: 'retry' });
    await stuck.carriedOut();
    const { json: again } = await stuck.shown();
    await stuck.resolve({ outcome: 'retry' });
    await stuck.carriedOut({ stand: next });

    expect(again.state).toBe('needs-attention');
    expect((await stuck.read()).json).toMatchObject({ state: 'shipped', trackingNumber: long.slice(0, 40) });
    expect(stuck.commands()).toEqual(['print', 'collect']);
  });

  test("leads the resource on with its members as they are, where a person has it 'leave' them", async () => {
    const stuck = await tooLong();

    await stuck.resolve({ outcome: 'succeeded', resource: 'leave' });
    await stuck.carriedOut();

    expect((await stuck.shown()).json.state).toBe('succeeded');
    const { json } = await stuck.read();
    expect(json.state).toBe('shipped');
    expect(json.trackingNumber).toBeUndefined();
  });
});
