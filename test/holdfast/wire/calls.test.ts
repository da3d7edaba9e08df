import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, freshKey, type User } from '../support/client.ts';
import { signIn } from '../support/service.ts';
import { startWire, type Wire } from '../support/wire.ts';

let wire: Wire;
let alice: User;
beforeAll(async () => {
  wire = await startWire();
  alice = await signIn(wire.service.url);
});
afterAll(() => wire?.close());

/** The calls that one request makes. */
async function callsOf(
  request: () => Promise<Answer>,
): Promise<{ answer: Answer; calls: readonly string[] }> {
  wire.proxy.calls.length = 0;
  const answer = await request();
  return { answer, calls: [...wire.proxy.calls] };
}

const amount = (value: string) => ({ body: { amount: { currency: 'EUR', value } } });

describe('calls of DynamoDB, counted on the wire', () => {
  test('a create takes one read and one write, its replay one read', async () => {
    const key = freshKey();

    const made = await callsOf(() => alice.create(key));
    const again = await callsOf(() => alice.create(key));

    expect(made.calls).toEqual(['GetItem', 'PutItem']);
    expect(again.calls).toEqual(['GetItem']);
    expect(again.answer.replayed).toBe(true);
  });

  test('an action takes one read and one write, its replay one read, a refusal one read', async () => {
    const created = await alice.create();
    const key = freshKey();

    const done = await callsOf(() => alice.act('submit', created, { key }));
    const again = await callsOf(() => alice.act('submit', created, { key }));
    const stale = await callsOf(() => alice.act('cancel', created, { body: { reason: 'no' } }));
    const illegal = await callsOf(() => alice.act('submit', done.answer));

    expect(done.calls).toEqual(['GetItem', 'UpdateItem']);
    expect(again.calls).toEqual(['GetItem']);
    expect(stale.answer.status).toBe(412);
    expect(stale.calls).toEqual(['GetItem']);
    expect(illegal.answer.status).toBe(409);
    expect(illegal.calls).toEqual(['GetItem']);
  });

  test('what is wrong with the request alone takes none', async () => {
    const created = await alice.create();

    const noKey = await callsOf(() => alice.act('submit', created, { key: undefined }));
    const malformed = await callsOf(() => alice.act('submit', created, { body: '{' }));
    const noId = await callsOf(() =>
      alice.post('/payouts/po_1/submit', { key: freshKey(), ifMatch: '"1-a"' }),
    );

    expect(noKey.calls).toEqual([]);
    expect(malformed.calls).toEqual([]);
    expect(noId.answer.status).toBe(404);
    expect(noId.calls).toEqual([]);
  });

  test('an item that has spilled takes two, as it did before, and its replays one or two; three where receipts leave', async () => {
    const created = await alice.create();
    let payout = created;
    const keys = Array.from({ length: 20 }, freshKey);
    const writes: (readonly string[])[] = [];
    for (const [i, key] of keys.entries()) {
      const { answer, calls } = await callsOf(() =>
        alice.act('change-amount', payout, { key, ...amount(`${i + 1}.00`) }),
      );
      payout = answer;
      writes.push(calls);
    }

    const done = await callsOf(() => alice.act('submit', payout));
    const recent = await callsOf(() =>
      alice.act('change-amount', payout, { key: keys[19], ...amount('20.00') }),
    );
    const spilled = await callsOf(() =>
      alice.act('change-amount', payout, { key: keys[0], ...amount('1.00') }),
    );

    expect(writes.filter(({ length }) => length > 2)).toEqual([['GetItem', 'PutItem', 'UpdateItem']]);
    expect(done.answer.status).toBe(200);
    expect(done.calls).toEqual(['GetItem', 'UpdateItem']);
    expect(recent.answer.replayed).toBe(true);
    expect(recent.calls).toEqual(['GetItem']);
    expect(spilled.answer.replayed).toBe(true);
    expect(spilled.calls).toEqual(['GetItem', 'GetItem']);
  });
});
