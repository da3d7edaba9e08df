import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeReceipts, encodeReceipts } from '../../../lib/holdfast/core/decisions/receipts.ts';
import { draft, freshKey, type User } from '../support/client.ts';
import { itemBytes, readRaw, writeRaw } from '../support/items.ts';
import { signIn } from '../support/service.ts';
import { startWire, type Wire } from '../support/wire.ts';

let wire: Wire;
let alice: User;
beforeAll(async () => {
  wire = await startWire();
  alice = await signIn(wire.service.url);
});
afterAll(() => wire?.close());

const amount = (value: string) => ({ body: { amount: { currency: 'EUR', value } } });
const DAY_MS = 86_400_000;

describe('receipts', () => {
  test('of 200 actions all replay to the byte, in an item under 2.4 KB, with no transaction, and a put in fourteen writes', async () => {
    const created = await alice.create();
    const done: { key: string; value: string; text: string; etag: string }[] = [];
    let payout = created;
    let largest = 0;
    wire.proxy.calls.length = 0;
    for (let i = 0; i < 200; i++) {
      const key = freshKey();
      const value = `${1000 + i}.00`;
      payout = await alice.act('change-amount', payout, { key, ...amount(value) });
      done.push({ key, value, text: payout.text, etag: payout.etag });
      largest = Math.max(largest, itemBytes(await readRaw(wire.table, created)));
    }
    const countOf = (operation: string) => wire.proxy.calls.filter((each) => each === operation).length;
    const [transactions, puts] = [countOf('TransactWriteItems'), countOf('PutItem')];

    const replays = [];
    for (const { key, value } of done) {
      replays.push(await alice.act('change-amount', created, { key, ...amount(value) }));
    }

    expect(replays.map(({ status, replayed, text, etag }) => ({ status, replayed, text, etag }))).toEqual(
      done.map(({ text, etag }) => ({ status: 200, replayed: true, text, etag })),
    );
    // 1.8 KB of the payout and its receipts, and 39 bytes for each batch of those that have left.
    expect(largest).toBeLessThan(2_400);
    expect([transactions, puts]).toEqual([0, Math.floor(200 / 14)]);
    expect((await readRaw(wire.table, created)).version?.N).toBe('201');
  });

  test('of an action replays unchanged after three more states', async () => {
    const bob = await signIn(wire.service.url, { subject: 'bob' });
    const created = await alice.create();
    const key = freshKey();
    const submitted = await alice.act('submit', created, { key, body: { note: 'please' } });
    const approved = await bob.act('approve', submitted);
    const cancelled = await alice.act('cancel', approved, { body: { reason: 'typo' } });
    const reopened = await alice.act('reopen', cancelled);

    const replay = await alice.act('submit', created, { key, body: { note: 'please' } });

    expect(reopened.json.state).toBe('draft');
    expect(replay).toMatchObject({ status: 200, replayed: true, text: submitted.text, etag: submitted.etag });
  });

  test('of a create still answers after two days and 17 actions, when the others have gone', async () => {
    const key = freshKey();
    const created = await alice.create(key);
    const oldKey = freshKey();
    let payout = await alice.act('change-amount', created, { key: oldKey, ...amount('2.00') });
    const item = await readRaw(wire.table, created);
    const aged = decodeReceipts(item.receipts?.B).map((receipt) => ({
      ...receipt,
      at: receipt.at - 2 * DAY_MS,
    }));
    await writeRaw(wire.table, { ...item, receipts: { B: encodeReceipts(aged) } });
    for (let i = 0; i < 17; i++) payout = await alice.act('change-amount', payout, amount(`${i + 3}.00`));

    const again = await alice.create(key);
    const another = await alice.create(key, draft('9.00'));
    const expired = await alice.act('change-amount', payout, { key: oldKey, ...amount('2.00') });

    expect(again).toMatchObject({ status: 201, replayed: true, text: created.text, etag: created.etag });
    expect(again.headers.get('Location')).toBe(`/payouts/${created.json.id}`);
    expect(again.headers.has('Idempotency-Expires')).toBe(false);
    expect(another.json.code).toBe('idempotency-key-reused');
    expect(expired).toMatchObject({ status: 200, replayed: false });
  });

  test('and attributes that this release does not know survive every action', async () => {
    const created = await alice.create();
    const item = await readRaw(wire.table, created);
    const data = { M: { ...item.data?.M, riskScore: { N: '7' } } };
    const receipts = decodeReceipts(item.receipts?.B).map((receipt) => ({ ...receipt, region: 'eu' }));
    await writeRaw(wire.table, {
      ...item,
      data,
      hold: { S: 'later' },
      receipts: { B: encodeReceipts(receipts) },
    });
    const bob = await signIn(wire.service.url, { subject: 'bob' });

    let payout = await alice.act('change-amount', created, amount('2.00'));
    for (const action of ['submit', 'approve', 'cancel', 'reopen']) {
      payout = await bob
        .act(action, payout, { body: action === 'cancel' ? { reason: 'no' } : {} })
        .then((answer) => (answer.status === 403 ? alice.act(action, payout) : answer));
    }

    const after = await readRaw(wire.table, created);
    expect(after.hold).toEqual({ S: 'later' });
    expect(after.data?.M?.riskScore).toEqual({ N: '7' });
    expect(decodeReceipts(after.receipts?.B)[0]).toMatchObject({ region: 'eu', pinned: true });
    expect(payout.json).not.toHaveProperty('riskScore');
  });

  test('and an item restored from a backup refuses the tag of a version that was made after it', async () => {
    const created = await alice.create();
    const backup = await readRaw(wire.table, created);
    const lost = await alice.act('change-amount', created, amount('2.00'));
    await writeRaw(wire.table, backup);
    const remade = await alice.act('change-amount', created, amount('3.00'));

    const refused = await alice.act('submit', lost);

    expect(remade.json.version).toBe(lost.json.version);
    expect(refused.json).toMatchObject({ status: 412, code: 'version-mismatch', current: { version: 2 } });
    expect(refused.etag).toBe(remade.etag);
  });
});

describe('with POWERTOOLS_IDEMPOTENCY_DISABLED', () => {
  test('nothing acts twice', async () => {
    await wire.restart({
      functions: { POWERTOOLS_IDEMPOTENCY_DISABLED: 'true', POWERTOOLS_LOG_LEVEL: 'ERROR' },
    });
    const client = await signIn(wire.service.url, { tenant: 'disabled' });
    const createKey = freshKey();
    const key = freshKey();

    const created = await client.create(createKey);
    const createdAgain = await client.create(createKey);
    const submitted = await client.act('submit', created, { key });
    const submittedAgain = await client.act('submit', created, { key });
    const other = await client.act('submit', created, { key, body: { note: 'other' } });

    expect(createdAgain).toMatchObject({ status: 201, replayed: true, text: created.text });
    expect(submittedAgain).toMatchObject({ status: 200, replayed: true, text: submitted.text });
    expect(other.json.code).toBe('idempotency-key-reused');
    expect((await client.get('/payouts')).json.items).toHaveLength(1);
  });
});
