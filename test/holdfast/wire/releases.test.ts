import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freshKey, type User } from '../support/client.ts';
import { type Copy, copyRepository, SET_ASIDE } from '../support/copy.ts';
import { type Service, signIn, startService } from '../support/service.ts';
import { startWire, type Wire } from '../support/wire.ts';

/** Two builds of the code over one table, as in a canary: this release, and one that changed what can change. */
let wire: Wire;
let copy: Copy;
let nextRelease: Service;
let old: User;
let next: User;

beforeAll(async () => {
  wire = await startWire();
  old = await signIn(wire.service.url);
  copy = await copyRepository();
  const resource = 'functions/actions/payouts/resource.ts';
  const create = 'functions/actions/payouts/create.ts';
  await copy.edit(resource, '    reference,\n', '    reference,\n    channel: reference.optional(),\n');
  await copy.edit(
    create,
    'beneficiary, reference })',
    "beneficiary, reference, channel: reference.default('sepa') })",
  );
  await copy.edit('functions/actions/payouts/submit.ts', 'note.optional()', 'note.min(50)');
  await copy.write('functions/actions/payouts/set-aside.ts', SET_ASIDE);
  nextRelease = await startService({ root: copy.root, dynamodb: wire.proxy.url });
  next = await signIn(nextRelease.url);
});

afterAll(async () => {
  await nextRelease?.end();
  await wire?.close();
  await copy?.remove();
});

describe('two releases over one table', () => {
  test('give one answer: what the old one did replays on the new one, which added a member, an action and a default', async () => {
    const key = freshKey();
    const created = await old.create(key);

    const replay = await next.create(key);

    expect(created.json).not.toHaveProperty('channel');
    expect(replay).toMatchObject({ status: 201, replayed: true, text: created.text, etag: created.etag });
  });

  test('a retry whose body the new schema would refuse is a replay all the same', async () => {
    const key = freshKey();
    const created = await old.create();
    const submitted = await old.act('submit', created, { key, body: { note: 'short' } });

    const replay = await next.act('submit', created, { key, body: { note: 'short' } });
    const fresh = await next.act('submit', created, { body: { note: 'short' } });

    expect(replay).toMatchObject({ status: 200, replayed: true, text: submitted.text });
    expect(fresh.json.code).toBe('invalid-input');
  });

  test('what the new one did replays on the old one, after a rollback', async () => {
    const key = freshKey();
    const created = await next.create(key);
    const submitted = await old.act('submit', created);
    const holdKey = freshKey();
    const held = await next.act('set-aside', submitted, { key: holdKey, body: { note: 'wait' } });

    const replay = await old.create(key);
    const heldAgain = await next.act('set-aside', submitted, { key: holdKey, body: { note: 'wait' } });
    const elsewhere = await old.act('submit', held, { key: holdKey });

    expect(created.json.channel).toBe('sepa');
    expect(replay).toMatchObject({ status: 201, replayed: true, text: created.text });
    expect(heldAgain).toMatchObject({ replayed: true, text: held.text });
    expect(elsewhere.json.code).toBe('idempotency-key-reused');
  });

  test('the old one keeps a member that only the new one knows', async () => {
    const created = await next.create();

    const changed = await old.act('change-amount', created, {
      body: { amount: { currency: 'EUR', value: '5.00' } },
    });
    const read = await next.get(`/payouts/${created.json.id}`);

    expect(changed.json).not.toHaveProperty('channel');
    expect(read.json).toMatchObject({ channel: 'sepa', amount: { value: '5.00' } });
  });
});
