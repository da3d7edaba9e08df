import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { freshKey } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { isOver, startWorkflow, type Workflow } from '../support/operations.ts';

let workflow: Workflow;
beforeAll(async () => {
  workflow = await startWorkflow();
});
afterAll(() => workflow?.close());
afterEach(async () => {
  await workflow.faults('bank');
  await workflow.faults('screening');
});

const payoutOf = (id: unknown) => workflow.alice.get(`/payouts/${id}`);

describe('a disbursement', () => {
  test('is accepted at once, carried out, and told as it happened', async () => {
    const payout = await workflow.approved();

    const accepted = await workflow.disburse(payout);
    const first = await workflow.alice.get(`/operations/${accepted.json.id}`);
    const ended = await workflow.until(accepted, isOver);
    const paid = await payoutOf(payout.json.id);

    expect(accepted.headers.get('Location')).toBe(`/operations/${accepted.json.id}`);
    expect(accepted.headers.get('Retry-After')).toBe('1');
    expect(accepted.json).toMatchObject({ state: 'accepted', action: 'disburse', cancelable: true });
    expect(accepted.json).not.toHaveProperty('allowedActions');
    expect(first.headers.get('Retry-After')).toBe('1');
    expect(ended.json).toMatchObject({
      state: 'succeeded',
      progress: { completed: 2, total: 2 },
      cancelable: false,
    });
    expect(ended.headers.has('Retry-After')).toBe(false);
    expect(paid.json).toMatchObject({ state: 'paid', operation: { id: accepted.json.id } });
    expect(await workflow.ledger('bank', payout)).toMatchObject([{ done: 1, state: 'BOOKED' }]);
    const history = await eventually(
      'the history to be complete',
      () => workflow.alice.get(`/payouts/${payout.json.id}/history`),
      ({ json }) => json.completeToVersion === json.currentVersion,
    );
    const told = (history.json.items as { action: string; to: string }[]).map(
      ({ action, to }) => `${action} ${to}`,
    );
    expect(told.slice(0, 4)).toEqual([
      'create draft',
      'submit submitted',
      'approve approved',
      'disburse disbursing',
    ]);
    expect(told.at(-1)).toBe('disburse paid');
    expect(told).toEqual(expect.arrayContaining(['accept accepted', 'claim running', 'report succeeded']));
  });

  test('is one operation, however often it is asked for under one key', async () => {
    const payout = await workflow.approved();
    const key = freshKey();

    const answers = await Promise.all([1, 2, 3].map(() => workflow.disburse(payout, key)));
    const ended = await workflow.until(answers[0] as (typeof answers)[0], isOver);
    const again = await workflow.disburse(payout, key);

    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(again.text).toBe(answers[0]?.text);
    expect(ended.json.state).toBe('succeeded');
    expect(await workflow.ledger('bank', payout)).toMatchObject([{ asked: 1, done: 1 }]);
  });

  test('of another tenant is not there', async () => {
    const accepted = await workflow.disburse(await workflow.approved());
    const { signIn } = await import('../support/service.ts');
    const mallory = await signIn(workflow.service.url, { tenant: 'other', scopes: 'operations:*' });

    const read = await mallory.get(`/operations/${accepted.json.id}`);
    const cancel = await mallory.post(`/operations/${accepted.json.id}/cancel`, { key: freshKey() });

    expect([read, cancel].map(({ json }) => json.code)).toEqual(['not-found', 'not-found']);
  });

  test('is read again for nothing while it has not changed', async () => {
    const ended = await workflow.until(await workflow.disburse(await workflow.approved()), isOver);

    const again = await workflow.alice.get(`/operations/${ended.json.id}`, { 'If-None-Match': ended.etag });

    expect(again.status).toBe(304);
    expect(again.text).toBe('');
  });
});

describe('the bank is paid once', () => {
  test.each([
    ['answers after its time is up', { lateMs: 1_500 }],
    ['pays and drops the answer', { dropAnswer: 1 }],
    ['books late, and drops the answer', { booksLateMs: 500, dropAnswer: 1 }],
    ['fails half of the time, before it has paid', { error: 0.5 }],
    ['fails and drops at random', { error: 0.3, dropAnswer: 0.5, booksLateMs: 100 }],
  ])('when it %s', async (_, faults) => {
    const payout = await workflow.approved();
    await workflow.faults('bank', faults);

    const ended = await workflow.until(await workflow.disburse(payout), isOver);

    expect(ended.json.state).toBe('succeeded');
    expect((await payoutOf(payout.json.id)).json.state).toBe('paid');
    expect(await workflow.ledger('bank', payout)).toMatchObject([{ done: 1 }]);
  });
});

describe('screening is heard', () => {
  test.each([
    ['twice', { duplicateCallback: 1 }],
    ['before it has answered', { earlyCallback: 1 }],
    ['after its answer was lost', { dropAnswer: 1, callbackMs: 300 }],
    ['when it is asked, since it never calls back', { neverCallback: 1 }],
    ['when it is asked, since its signature is wrong', { wrongSignature: true }],
    ['when it is asked, since its clock is wrong', { skewSeconds: -600 }],
    ['late, after it was asked', { callbackMs: 3_000 }],
  ])('%s', async (_, faults) => {
    const payout = await workflow.approved();
    await workflow.faults('screening', faults);

    const ended = await workflow.until(await workflow.disburse(payout), isOver);

    expect(ended.json.state).toBe('succeeded');
    expect(await workflow.ledger('bank', payout)).toMatchObject([{ done: 1 }]);
  });
});

describe('a refusal', () => {
  test('of screening returns the payout, and no money moves', async () => {
    const payout = await workflow.approved();
    await workflow.faults('screening', { reject: 1 });

    const ended = await workflow.until(await workflow.disburse(payout), isOver);

    expect(ended.json).toMatchObject({
      state: 'failed',
      problem: { detail: 'the beneficiary is on a sanctions list' },
    });
    expect((await payoutOf(payout.json.id)).json.state).toBe('returned');
    expect(await workflow.ledger('bank', payout)).toEqual([]);
  });

  test('of the bank takes the screening back, and a payout that is reopened is paid under a new reference', async () => {
    const payout = await workflow.approved();
    await workflow.faults('bank', { reject: 1 });

    const failed = await workflow.until(await workflow.disburse(payout), isOver);
    const screened = await workflow.ledger('screening', payout);
    await workflow.faults('bank');
    const returned = await payoutOf(payout.json.id);
    const reopened = await workflow.alice.act('reopen', returned);
    const approved = await workflow.bob.act('approve', await workflow.alice.act('submit', reopened));
    const paid = await workflow.until(await workflow.disburse(approved), isOver);

    expect(failed.json).toMatchObject({
      state: 'failed',
      problem: { detail: "the beneficiary's account is closed" },
    });
    expect(returned.json.state).toBe('returned');
    expect(screened.map(({ state }) => state)).toContain('released');
    expect(paid.json.state).toBe('succeeded');
    const transfers = await workflow.ledger('bank', payout);
    expect(transfers.map(({ state }) => state)).toEqual(['ERROR', 'BOOKED']);
    expect(new Set(transfers.map(({ reference }) => reference)).size).toBe(2);
    expect(transfers.every(({ reference }) => reference.length <= 35)).toBe(true);
  });
});

describe('a cancel', () => {
  test('before the point of no return ends as cancelled, and no money moves', async () => {
    const payout = await workflow.approved();
    await workflow.faults('screening', { callbackMs: 1_500 });
    const accepted = await workflow.disburse(payout);
    await workflow.until(accepted, ({ json }) => json.state === 'running');
    const key = freshKey();

    const cancelling = await workflow.alice.post(`/operations/${accepted.json.id}/cancel`, { key });
    const again = await workflow.alice.post(`/operations/${accepted.json.id}/cancel`, { key });
    const ended = await workflow.until(accepted, isOver);

    expect(cancelling.status).toBe(202);
    expect(cancelling.json).toMatchObject({ state: 'cancelling', cancelable: false });
    expect(again).toMatchObject({ status: 202, replayed: true, text: cancelling.text });
    expect(ended.json.state).toBe('cancelled');
    expect((await payoutOf(payout.json.id)).json.state).toBe('approved');
    expect(await workflow.ledger('bank', payout)).toEqual([]);
  });

  test('after it is refused, and the money goes its way', async () => {
    const payout = await workflow.approved();
    await workflow.faults('bank', { booksLateMs: 2_000 });
    const accepted = await workflow.disburse(payout);
    await workflow.until(accepted, ({ json }) => json.step === 'transfer' && json.cancelable === false);

    const refused = await workflow.alice.post(`/operations/${accepted.json.id}/cancel`, { key: freshKey() });
    const ended = await workflow.until(accepted, isOver);
    const late = await workflow.alice.post(`/operations/${accepted.json.id}/cancel`, { key: freshKey() });

    expect(refused.json).toMatchObject({
      status: 409,
      code: 'operation-not-cancelable',
      recovery: 'track',
      current: { allowedActions: [] },
    });
    expect(ended.json.state).toBe('succeeded');
    expect(late.json).toMatchObject({ code: 'operation-not-cancelable', detail: 'it has succeeded already' });
  });

  test('at whatever moment either ends as cancelled with no money gone, or is refused and the money is gone, and never both', async () => {
    // The explorer has every order at each step; here the wait is woken by what wakes it, over the real protocols.
    const tries = 10;
    const races = [];
    for (let i = 0; i < tries; i += 5) {
      const batch = await Promise.all([0, 1, 2, 3, 4].map(() => workflow.approved()));
      races.push(
        ...(await Promise.all(
          batch.map(async (payout, j) => {
            const accepted = await workflow.disburse(payout);
            // Spread over the time that a disbursement takes, so that each step is met.
            await delay(((i + j) / tries) * 1_200);
            const cancel = await workflow.alice.post(`/operations/${accepted.json.id}/cancel`, {
              key: freshKey(),
            });
            const ended = await workflow.until(accepted, isOver);
            const paid = (await workflow.ledger('bank', payout)).length;
            return {
              cancel: cancel.status,
              state: ended.json.state,
              payout: (await payoutOf(payout.json.id)).json.state,
              paid,
            };
          }),
        )),
      );
    }

    const lawful = [
      { cancel: 202, state: 'cancelled', payout: 'approved', paid: 0 },
      { cancel: 409, state: 'succeeded', payout: 'paid', paid: 1 },
    ];
    expect(
      races.filter((race) => !lawful.some((law) => JSON.stringify(law) === JSON.stringify(race))),
    ).toEqual([]);
    expect(races).toHaveLength(tries);
  });

  test('needs a key', async () => {
    const accepted = await workflow.disburse(await workflow.approved());

    const refused = await workflow.alice.post(`/operations/${accepted.json.id}/cancel`);

    expect(refused.json.code).toBe('idempotency-key-missing');
  });
});

describe('a partner that is down', () => {
  test('leaves the API accepting; the operation waits and says until when, and goes on by itself', async () => {
    await workflow.faults('screening', { error: 1 });
    const payouts = await Promise.all([1, 2, 3].map(() => workflow.approved()));

    const accepted = await Promise.all(payouts.map((payout) => workflow.disburse(payout)));
    const waiting = await workflow.until(
      accepted[0] as (typeof accepted)[0],
      ({ json }) => json.state === 'waiting' && json.nextAttemptAt !== undefined,
    );
    await workflow.faults('screening');
    const ended = await Promise.all(accepted.map((operation) => workflow.until(operation, isOver)));

    expect(waiting.json.attempt).toBeGreaterThan(1);
    expect(ended.map(({ json }) => json.state)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  });
});
