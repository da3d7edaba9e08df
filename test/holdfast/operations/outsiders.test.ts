import { randomUUID } from 'node:crypto';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { byHand } from '../support/by-hand.ts';
import { type Plane, progressOf, proxyEvent, type Raw, startPlane } from '../support/plane.ts';

let plane: Plane;
let hand: ReturnType<typeof byHand>;
beforeAll(async () => {
  plane = await startPlane({ POWERTOOLS_LOG_LEVEL: 'SILENT' });
  hand = byHand(plane);
}, 60_000);
afterAll(() => plane?.close());

const idOf = (pk: string) => pk.split('#').at(-1) ?? '';

const shown = async (operation: string) =>
  (await plane.http('operations-get', { parameters: { operationId: idOf(operation) } })).json;

const resolve = (operation: string, body: object) =>
  plane.http('operations-resolve', {
    parameters: { operationId: idOf(operation) },
    headers: { 'Idempotency-Key': randomUUID() },
    body: JSON.stringify(body),
  });

/** An item with some of its attributes changed. */
async function change(pk: string, changes: object): Promise<void> {
  const item = unmarshall((await plane.read(pk)) ?? {});
  await plane.write(marshall({ ...item, ...changes }, { removeUndefinedValues: true }) as Raw);
}

async function accepted() {
  const payout = await plane.approved();
  return { payout, operation: await plane.disburse(payout) };
}

describe('A2: a callback that is not final', () => {
  test('is kept beside the outcome, and the first final one after it decides', async () => {
    const { payout, operation } = await accepted();
    const { storedOutcome } = await import('../../../lib/holdfast/runtime/operations/meeting.ts');
    await hand.deliver(await hand.command(operation));

    const early = await hand.callBack(`${payout}-a1`, { verdict: 'under-review' });
    const before = await storedOutcome('screening', `${payout}-a1`);
    await hand.callBack(`${payout}-a1`, { verdict: 'clear' });
    const contradiction = await hand.callBack(`${payout}-a1`, { verdict: 'hit' });
    const item = unmarshall((await plane.read(operation)) ?? {});

    expect([early.status, contradiction.status]).toEqual([200, 200]);
    expect(before).toBeUndefined();
    expect(await storedOutcome('screening', `${payout}-a1`)).toMatchObject({ kind: 'succeeded' });
    expect(item.hidden.machine).toMatchObject({ command: { step: 'transfer' } });
    expect(item.last).toMatchObject({
      action: 'contradicted',
      step: 'screen',
      told: expect.stringMatching(/^rejected: /),
    });
  });

  test('that an older release has kept as the outcome gives way to a final one', async () => {
    const { payout, operation } = await accepted();
    await hand.deliver(await hand.command(operation));
    await change(`references#screening#${payout}-a1`, { outcome: { kind: 'pending', pollAfterSeconds: 2 } });

    await hand.callBack(`${payout}-a1`, { verdict: 'clear' });

    expect(progressOf(await plane.read(operation))).toMatchObject({ command: { step: 'transfer' } });
  });
});

describe('A2: a last word on a command', () => {
  test('that was given up is noted once, as contradicted, and counted for a person', async () => {
    const { payout, operation } = await accepted();
    await hand.deliver(await hand.command(operation));
    const item = unmarshall((await plane.read(operation)) ?? {});
    const { command, ...machine } = item.hidden.machine;
    // Not known to its partner once that had settled: the next attempt waits, and is cancelled before it is sent.
    const next = { ...command, attempt: 2, status: 'to-send', sentAt: 0, callbackUntil: 0 };
    await change(operation, { hidden: { ...item.hidden, machine: { ...machine, command: next } } });
    await hand.cancel(operation);
    await hand.carryOn(operation, payout);
    const ended = await shown(operation);

    await hand.callBack(`${payout}-a1`);
    const noted = unmarshall((await plane.read(operation)) ?? {});
    await hand.callBack(`${payout}-a1`);

    expect(ended).toMatchObject({ state: 'cancelled' });
    expect(noted).toMatchObject({ state: 'cancelled', last: { action: 'contradicted', told: 'succeeded' } });
    expect(unmarshall((await plane.read(operation)) ?? {}).version).toBe(noted.version);
  });
});

describe('A1: a refusal of an attempt that follows one in doubt', () => {
  test('is asked about, and final only when the partner says so of the reference', async () => {
    const { payout, operation } = await accepted();
    await hand.deliver(await hand.command(operation));
    await hand.callBack(`${payout}-a1`);
    const item = unmarshall((await plane.read(operation)) ?? {});
    const { machine } = item.hidden;
    const command = { ...machine.command, attempt: 2, inDoubt: true, firstSentAt: Date.now() - 1_000 };
    await change(operation, { hidden: { ...item.hidden, machine: { ...machine, command } } });

    await plane.faults('bank', { reject: 1 });
    await hand.deliver(await hand.command(operation));
    await plane.faults('bank');
    const refused = await shown(operation);
    await hand.carryOn(operation, payout);

    expect(refused).toMatchObject({ state: 'running', waiting: { reason: 'unknown', partner: 'bank' } });
    expect(await shown(operation)).toMatchObject({ state: 'failed' });
  });
});

describe('B1: an operation whose resource was moved by something else', () => {
  const last = { action: 'pay', actor: 'bob', from: 'disbursing', to: 'paid', version: 9 };

  test('sends nothing for it, and needs a person', async () => {
    const { payout, operation } = await accepted();
    await hand.deliver(await hand.command(operation));
    await hand.callBack(`${payout}-a1`);
    const transfer = await hand.command(operation);
    await change(`payouts#acme#${payout}`, { state: 'approved', version: 3, operations: 0, last });

    await hand.deliver(transfer);
    const ledger = await plane.ledger();

    expect(ledger.some(({ partner, reference }) => partner === 'bank' && reference === `${payout}-b1`)).toBe(
      false,
    );
    expect(await shown(operation)).toMatchObject({
      state: 'needs-attention',
      problem: {
        detail: expect.stringMatching(
          /^the payout left disbursing at version 3 by pay; 'transfer' was not sent: put that right/,
        ),
      },
    });
  });

  test('sends nothing while another operation holds it in the same state', async () => {
    const { payout, operation } = await accepted();
    const message = await hand.command(operation);
    const pk = `payouts#acme#${payout}`;
    const { data } = unmarshall((await plane.read(pk)) ?? {});
    await change(pk, { data: { ...data, operation: { ...data.operation, id: 'op_another' } } });

    await hand.deliver(message);

    expect(await shown(operation)).toMatchObject({ state: 'needs-attention', step: 'screen' });
    expect((await plane.ledger()).some(({ reference }) => reference === `${payout}-a1`)).toBe(false);
  });

  test('sends nothing for a message of another execution', async () => {
    const { payout, operation } = await accepted();
    const message = await hand.command(operation);

    await hand.deliver({ ...message, epoch: 2 });

    expect(progressOf(await plane.read(operation))).toMatchObject({ command: { status: 'to-send' } });
    expect((await plane.ledger()).some(({ reference }) => reference === `${payout}-a1`)).toBe(false);
  });

  test('overwrites nothing, needs a person, and is ended alone when that is said', async () => {
    const { payout, operation } = await accepted();
    const pk = `payouts#acme#${payout}`;
    await hand.deliver(await hand.command(operation));
    await hand.callBack(`${payout}-a1`);
    await plane.faults('bank', { dropAnswer: 1 });
    await hand.deliver(await hand.command(operation));
    await plane.faults('bank');
    await change(pk, { state: 'paid', version: 9, last });

    await hand.carryOn(operation, payout);
    const attention = await shown(operation);
    const wrong = await resolve(operation, { outcome: 'failed', evidence: 'a call', resource: 'leave' });
    const resolved = await resolve(operation, {
      outcome: 'succeeded',
      evidence: 'a call',
      resource: 'leave',
    });
    await hand.carryOn(operation, payout, 2);
    const moved = unmarshall((await plane.read(pk)) ?? {});

    expect(attention).toMatchObject({
      state: 'needs-attention',
      problem: { detail: expect.stringMatching(/^the payout left disbursing at version 9 by pay; /) },
    });
    expect(wrong.json).toMatchObject({ status: 409, code: 'operation-outcome-known' });
    expect(resolved.status).toBe(202);
    expect(await shown(operation)).toMatchObject({
      state: 'succeeded',
      resolution: { outcome: 'succeeded', evidence: 'a call', resource: 'leave' },
    });
    expect(moved).toMatchObject({ state: 'paid', version: 9, last });
  });

  test('that was accepted by an older release, and is held by version alone, still ends', async () => {
    const { payout, operation } = await accepted();
    const { hidden } = unmarshall((await plane.read(operation)) ?? {});
    const { held: _, steps: __, ...subject } = hidden.subject;
    await change(operation, { hidden: { ...hidden, subject } });

    await hand.carryOn(operation, payout);

    expect(await shown(operation)).toMatchObject({ state: 'succeeded' });
    expect(unmarshall((await plane.read(`payouts#acme#${payout}`)) ?? {}).state).toBe('paid');
  });
});

describe('B3: a key that is used again when it has expired', () => {
  const disburse = async (payout: string, key: string, etag: string) => {
    const { writeContract } = await import('../../../lib/holdfast/runtime/actions/write-contract.ts');
    const { default: action } = await import('../../../functions/actions/payouts/disburse.ts');
    const headers = { 'Idempotency-Key': key, 'If-Match': etag };
    const event = proxyEvent({
      parameters: { payoutId: payout },
      headers,
    }) as unknown as APIGatewayProxyEvent;
    const context = { getRemainingTimeInMillis: () => 15_000, awsRequestId: randomUUID() } as Context;
    const { statusCode, body } = await writeContract(action, [])(event, context);
    return { status: statusCode, json: JSON.parse(body) };
  };
  /** What the payout is a day and twenty actions later, its receipts spilled and gone. */
  const later = (payout: string, changes = {}) =>
    change(`payouts#acme#${payout}`, {
      state: 'approved',
      version: 30,
      commit: 'BBBB',
      receipts: undefined,
      ...changes,
    });

  test('starts another operation', async () => {
    const payout = await plane.approved();
    const key = randomUUID();

    const first = await disburse(payout, key, '"3-AAAA"');
    const replay = await disburse(payout, key, '"3-AAAA"');
    await later(payout);
    const second = await disburse(payout, key, '"30-BBBB"');

    expect([first.status, replay.status, second.status]).toEqual([202, 202, 202]);
    expect(replay.json.id).toBe(first.json.id);
    expect(second.json.id).not.toBe(first.json.id);
  });

  test('is refused for another request where a restore has torn the resource from its operation', async () => {
    const payout = await plane.approved();
    const key = randomUUID();

    await disburse(payout, key, '"3-AAAA"');
    await later(payout, { operations: 0 });
    const torn = await disburse(payout, key, '"30-BBBB"');

    expect(torn).toMatchObject({
      status: 422,
      json: { code: 'idempotency-key-reused', recovery: 'fix-request' },
    });
  });
});

describe('B4: what a person says about an operation', () => {
  test('is shown with it, and kept in its event', async () => {
    const { operation } = await accepted();
    const cancel = await plane.http('operations-cancel', {
      parameters: { operationId: idOf(operation) },
      headers: { 'Idempotency-Key': randomUUID() },
      body: JSON.stringify({ note: 'wrong account' }),
    });
    const { last } = unmarshall((await plane.read(operation)) ?? {});

    expect(cancel.json).toMatchObject({ note: 'wrong account' });
    expect(await shown(operation)).toMatchObject({ note: 'wrong account' });
    expect(last).toMatchObject({ action: 'cancel', actor: 'alice', note: 'wrong account' });
  });

  test('who resolves it, with outcome and evidence', async () => {
    const { operation } = await accepted();
    const { hidden } = unmarshall((await plane.read(operation)) ?? {});
    const machine = { ...hidden.machine, state: 'needs-attention' };
    await change(operation, { state: 'needs-attention', hidden: { ...hidden, machine } });

    await resolve(operation, { outcome: 'retry', evidence: 'they say so' });
    const { last } = unmarshall((await plane.read(operation)) ?? {});

    expect(await shown(operation)).toMatchObject({
      resolution: { outcome: 'retry', evidence: 'they say so' },
    });
    expect(last).toMatchObject({
      action: 'resolve',
      actor: 'alice',
      outcome: 'retry',
      evidence: 'they say so',
    });
  });
});
