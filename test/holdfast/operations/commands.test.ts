import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { byHand, SCREENING_SECRET } from '../support/by-hand.ts';
import { at, twoDaysLater } from '../support/clock.ts';
import { type Plane, progressOf, startPlane } from '../support/plane.ts';

const NEXT_SECRET = 'whsec_dGhlc2VjcmV0dGhhdGNvbWVzbmV4dA==';

let plane: Plane;
let hand: ReturnType<typeof byHand>;
beforeAll(async () => {
  plane = await startPlane(
    { POWERTOOLS_LOG_LEVEL: 'SILENT' },
    { callbackSecrets: `${SCREENING_SECRET} ${NEXT_SECRET}` },
  );
  hand = byHand(plane);
});
afterAll(() => plane?.close());
beforeEach(async () => {
  plane.proxy.fate = () => 'pass';
  await plane.faults('bank');
  // It calls back when a test does.
  await plane.faults('screening', { neverCallback: 1 });
});

/** How often a partner was asked for something of a payout, and how often it did it. */
async function asked(partner: string, payout: string): Promise<readonly [asked: number, done: number]> {
  const entries = (await plane.ledger()).filter(
    (entry) => entry.partner === partner && entry.reference.startsWith(payout),
  );
  return [
    entries.reduce((sum, entry) => sum + entry.asked, 0),
    entries.reduce((sum, entry) => sum + entry.done, 0),
  ];
}

/** A disbursement that has been accepted. */
async function accepted() {
  const payout = await plane.approved();
  return { payout, operation: await plane.disburse(payout) };
}

/** A disbursement whose screening is done, and the message of its transfer, which nobody has received yet. */
async function beforeTransfer() {
  const { payout, operation } = await accepted();
  await hand.deliver(await hand.command(operation));
  await hand.callBack(`${payout}-a1`);
  return { payout, operation, transfer: await hand.command(operation) };
}

const stateOf = async (operation: string) => progressOf(await plane.read(operation)).state;

const ACKNOWLEDGED = { batchItemFailures: [] };
const LEFT_IN_QUEUE = { batchItemFailures: [{ itemIdentifier: 'm-1' }] };

/** The consumer dies after the bank has paid: what it writes from then on is lost. */
const dieAfterPaying = (also: readonly string[] = []) => {
  plane.proxy.fate = ({ operation, input }) => {
    const text = JSON.stringify(input);
    const counts = text.includes('partners#bank') && text.includes('failures');
    return counts || also.includes(operation) ? { refuse: 'ValidationException' } : 'pass';
  };
};

describe('a command that comes late is acknowledged, and its partner hears nothing of it', () => {
  test('when its operation has ended, at once and two days later', async () => {
    const { payout, operation, transfer } = await beforeTransfer();
    await hand.carryOn(operation, payout);

    const again = await hand.deliver(transfer);
    const later = await twoDaysLater(() => hand.deliver(transfer));

    expect([again, later]).toEqual([ACKNOWLEDGED, ACKNOWLEDGED]);
    expect(await stateOf(operation)).toBe('succeeded');
    expect(await asked('bank', payout)).toEqual([1, 1]);
  });

  test('when its operation is being cancelled, and when it has been', async () => {
    const { payout, operation, transfer } = await beforeTransfer();
    await hand.cancel(operation);

    const cancelling = await hand.deliver(transfer);
    await hand.carryOn(operation, payout);
    const cancelled = await hand.deliver(transfer);

    expect([cancelling, cancelled]).toEqual([ACKNOWLEDGED, ACKNOWLEDGED]);
    expect(await stateOf(operation)).toBe('cancelled');
    expect(await asked('bank', payout)).toEqual([0, 0]);
  });

  test('when the next attempt has taken its place', async () => {
    const { payout, operation, transfer } = await beforeTransfer();
    const { step, undo, attempt } = transfer;
    await hand.operate(operation, { last: { type: 'timeout', step, undo, attempt } });

    const superseded = await hand.deliver(transfer);
    const heard = await asked('bank', payout);
    await hand.carryOn(operation, payout);

    expect(superseded).toEqual(ACKNOWLEDGED);
    expect(heard).toEqual([0, 0]);
    expect(await stateOf(operation)).toBe('succeeded');
    expect(await asked('bank', payout)).toEqual([1, 1]);
  });

  test('when its operation is not kept any more', async () => {
    const { payout, transfer } = await beforeTransfer();

    const unknown = await hand.deliver({ ...transfer, operation: `operations#acme#op_${'0'.repeat(26)}` });

    expect(unknown).toEqual(ACKNOWLEDGED);
    expect(await asked('bank', payout)).toEqual([0, 0]);
  });
});

describe('a claimed command that comes again is never sent again', () => {
  test('it is told what the first delivery has found', async () => {
    const { payout, operation, transfer } = await beforeTransfer();
    await plane.faults('bank', { booksLateMs: 60_000 });

    await hand.deliver(transfer);
    const again = await Promise.all([1, 2, 3].map(() => hand.deliver(transfer)));

    expect(again).toEqual([ACKNOWLEDGED, ACKNOWLEDGED, ACKNOWLEDGED]);
    expect(progressOf(await plane.read(operation))).toMatchObject({
      irrevocable: true,
      command: { status: 'sent', attempt: 1 },
    });
    expect(await asked('bank', payout)).toEqual([1, 0]);
  });

  test('three at a time, whichever is first, the bank is called once', async () => {
    const { payout, operation, transfer } = await beforeTransfer();
    await plane.faults('bank', { latencyMs: 500 });

    await Promise.all([1, 2, 3].map(() => hand.deliver(transfer)));
    const called = await asked('bank', payout);
    await hand.carryOn(operation, payout);

    // One that asks before the claimer has called keeps it from calling: the next attempt does.
    expect([0, 1]).toContain(called[0]);
    expect(await stateOf(operation)).toBe('succeeded');
    expect(await asked('bank', payout)).toEqual([1, 1]);
  });

  test('the bank is asked, when the first delivery has died', async () => {
    const { payout, operation, transfer } = await beforeTransfer();
    dieAfterPaying();

    const died = await hand.deliver(transfer);
    plane.proxy.fate = () => 'pass';
    const again = await hand.deliver(transfer);

    expect([died, again]).toEqual([LEFT_IN_QUEUE, ACKNOWLEDGED]);
    expect(await stateOf(operation)).toBe('succeeded');
    expect(await asked('bank', payout)).toEqual([1, 1]);
  });

  test('the bank is asked, when the time of one that died without a word is up, and not before', async () => {
    const { payout, operation, transfer } = await beforeTransfer();
    dieAfterPaying(['DeleteItem']);

    const died = await hand.deliver(transfer, 60_000);
    plane.proxy.fate = () => 'pass';
    const early = await hand.deliver(transfer);
    const later = await twoDaysLater(() => hand.deliver(transfer));

    expect([died, early, later]).toEqual([LEFT_IN_QUEUE, LEFT_IN_QUEUE, ACKNOWLEDGED]);
    expect(await stateOf(operation)).toBe('succeeded');
    expect(await asked('bank', payout)).toEqual([1, 1]);
  });

  test('even where Powertools is switched off', async () => {
    const { payout, operation, transfer } = await beforeTransfer();
    process.env.POWERTOOLS_IDEMPOTENCY_DISABLED = 'true';
    await plane.faults('bank', { latencyMs: 300 });

    await Promise.all([1, 2, 3].map(() => hand.deliver(transfer)));
    delete process.env.POWERTOOLS_IDEMPOTENCY_DISABLED;

    const transfers = (await plane.ledger()).filter(
      ({ partner, reference }) => partner === 'bank' && reference.startsWith(payout),
    );
    expect(transfers).toMatchObject([{ asked: 1, done: 1 }]);
    expect(progressOf(await plane.read(operation)).irrevocable).toBe(true);
  });

  test('though the breaker has opened meanwhile: that says nothing of what has been sent', async () => {
    const { payout, operation, transfer } = await beforeTransfer();
    dieAfterPaying();
    await hand.deliver(transfer);
    plane.proxy.fate = () => 'pass';
    await plane.write({ pk: { S: 'partners#bank' }, openUntil: { N: String(Date.now() + 60_000) } });

    const again = await hand.deliver(transfer);

    expect(again).toEqual(ACKNOWLEDGED);
    expect(await stateOf(operation)).toBe('succeeded');
    expect(await asked('bank', payout)).toEqual([1, 1]);
  });
});

describe('the breaker of a partner', () => {
  test('opens by what every consumer has seen, and is open for every one', async () => {
    // Each query makes a module of its own, as each execution environment has.
    const [one, other]: typeof import('../../../lib/holdfast/runtime/partners/partner-gate.ts')[] =
      await Promise.all(
        ['one', 'other'].map(
          (name) => import(`../../../lib/holdfast/runtime/partners/partner-gate.ts?${name}`),
        ),
      );
    const { default: bank } = await import('../../../functions/partners/bank.ts');
    const partner = { ...bank, name: 'breaking', breaker: { failures: 4, openSeconds: 60 } };
    const now = Date.now();

    for (const gate of [one, other, one]) await gate?.record(partner, true, now);
    const before = await Promise.all([one?.admit(partner, now), other?.admit(partner, now)]);
    await other?.record(partner, true, now);
    const after = await Promise.all([one?.admit(partner, now), other?.admit(partner, now)]);
    const opened = await one?.openUntil(partner);
    await one?.record(partner, false, now);
    const closed = await other?.openUntil(partner);

    expect(before).toEqual([undefined, undefined]);
    const held = { reason: 'breaker', retryAfterSeconds: 60 };
    expect(after).toEqual([held, held]);
    expect([opened, closed]).toEqual([now + 60_000, undefined]);
  });
});

describe('of callbacks that contradict each other', () => {
  test('the first one stands, for whoever asks later', async () => {
    const { payout, operation } = await accepted();
    const { storedOutcome } = await import('../../../lib/holdfast/runtime/operations/meeting.ts');
    await hand.deliver(await hand.command(operation));

    await hand.callBack(`${payout}-a1`, { verdict: 'clear' });
    const late = await hand.callBack(`${payout}-a1`, { verdict: 'hit' });

    expect(late.status).toBe(200);
    expect(await storedOutcome('screening', `${payout}-a1`)).toMatchObject({ kind: 'succeeded' });
    expect(progressOf(await plane.read(operation))).toMatchObject({
      command: { step: 'transfer', undo: false },
    });
  });
});

describe('while a callback secret is being replaced', () => {
  test.each([
    ['the old one', SCREENING_SECRET, 200],
    ['the new one', NEXT_SECRET, 200],
    ['any other', 'whsec_bm9ib2R5a25vd3N0aGlzc2VjcmV0aGVyZQ==', 401],
  ])('%s signs callbacks that are answered so', async (_, secret, status) => {
    const { payout, operation } = await accepted();
    await hand.deliver(await hand.command(operation));

    const answered = await hand.callBack(`${payout}-a1`, { secret });

    expect(answered.status).toBe(status);
  });
});

describe('A7: a callback secret that is rotated while a partner calls back', () => {
  const key = (text: string) => `whsec_${Buffer.from(`${text} of more than 16 bytes`).toString('base64')}`;
  const [second, third] = [key('second'), key('third')];

  test('verifies at once with its new value and with the one before it, and no longer with older ones', async () => {
    const { payout, operation } = await accepted();
    await hand.deliver(await hand.command(operation));
    const status = async (secret: string) => (await hand.callBack(`${payout}-a1`, { secret })).status;
    const before = await status(SCREENING_SECRET);

    const rotated = async (value: string, afterSeconds: number, ...by: string[]) => {
      plane.secrets.put('screeningCallbackSecret65AACD85', value);
      return at(Date.now() + afterSeconds * 1000, async () => {
        const answers = [];
        for (const secret of by) answers.push(await status(secret));
        return answers;
      });
    };
    const once = await rotated(second, 2, second, SCREENING_SECRET);
    const twice = await rotated(third, 4, third, second, SCREENING_SECRET);

    expect([before, once, twice]).toEqual([200, [200, 200], [200, 200, 401]]);
  });
});
