import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { draft, freshKey, type User } from '../support/client.ts';
import { type Copy, copyRepository } from '../support/copy.ts';
import { type Service, signIn, startService } from '../support/service.ts';
import { startWire, type Wire } from '../support/wire.ts';

const MAY = '2026-05-01';
const inMay = { 'API-Version': MAY };
const { amount: _, ...rest } = draft();
const oldDraft = { ...rest, amount: 125_000, currency: 'EUR' };

/** This release; one in which May has ended; and one whose stage has pinned May. All over one table. */
let wire: Wire;
let copies: readonly Copy[];
let services: readonly Service[];
let alice: User;
let afterSunset: User;
let pinned: User;

beforeAll(async () => {
  wire = await startWire();
  alice = await signIn(wire.service.url);
  copies = await Promise.all([copyRepository(), copyRepository()]);
  const [ended, moved] = copies as [Copy, Copy];
  const file = `functions/versions/${MAY}.ts`;
  await ended.edit(file, "sunset: '2027-11-01'", "sunset: '2026-11-02'");
  await moved.edit(
    'lib/holdfast/service/config.ts',
    'local: { identity,',
    `local: { identity, defaultApiVersion: '${MAY}',`,
  );
  services = [
    await startService({ root: ended.root, dynamodb: wire.proxy.url }),
    await startService({ root: moved.root, dynamodb: wire.proxy.url }),
  ];
  [afterSunset, pinned] = (await Promise.all(services.map(({ url }) => signIn(url)))) as [User, User];
});

afterAll(async () => {
  await Promise.all((services ?? []).map((service) => service.end()));
  await wire?.close();
  await Promise.all((copies ?? []).map((copy) => copy.remove()));
});

describe('a version that has ended', () => {
  test('is refused, with the one to use and the day on which it ended', async () => {
    const created = await alice.create();

    const read = await afterSunset.get(`/payouts/${created.json.id}`, inMay);
    const write = await afterSunset.act('submit', created, { headers: inMay });

    expect([read, write].map(({ json }) => [json.code, json.detail])).toEqual(
      Array(2).fill(['unknown-api-version', 'version 2026-05-01 ended on 2026-11-02; use 2026-11-01']),
    );
    expect(read.headers.get('Sunset')).toBe('Mon, 02 Nov 2026 00:00:00 GMT');
  });

  test('replays what was done in it, and nothing that was done in another', async () => {
    const [key, recentKey] = [freshKey(), freshKey()];
    const old = await alice.post('/payouts', { key, headers: inMay, body: oldDraft });
    await alice.create(recentKey);

    const replay = await afterSunset.post('/payouts', { key, headers: inMay, body: oldDraft });
    const inNewest = await afterSunset.create(key);
    const other = await afterSunset.post('/payouts', { key: recentKey, headers: inMay, body: oldDraft });

    expect(replay).toMatchObject({ status: 201, replayed: true, text: old.text, etag: old.etag });
    expect(inNewest).toMatchObject({ status: 201, replayed: true, json: draft() });
    expect(other.json.code).toBe('unknown-api-version');
  });

  test('leaves behind tags that still name what was read', async () => {
    const old = await alice.post('/payouts', { key: freshKey(), headers: inMay, body: oldDraft });

    const submitted = await afterSunset.act('submit', old);

    expect(submitted.status).toBe(200);
  });
});

describe('the version of a stage', () => {
  test('is that of a request that names none', async () => {
    const created = await pinned.create(freshKey(), oldDraft);
    const newest = await pinned.get(`/payouts/${created.json.id}`, { 'API-Version': '2026-11-01' });

    expect(created).toMatchObject({ status: 201, json: oldDraft });
    expect(created.headers.get('Deprecation')).toBe('@1793491200');
    expect(newest.json).toMatchObject(draft());
  });

  test('may move between a request that names none and its retry, which is a replay all the same', async () => {
    const [before, after] = [freshKey(), freshKey()];
    const old = await pinned.create(before, oldDraft);
    const recent = await alice.create(after);

    const replays = [await alice.create(before, oldDraft), await pinned.create(after)];

    expect(replays).toMatchObject([
      { status: 201, replayed: true, text: old.text, etag: old.etag },
      { status: 201, replayed: true, text: recent.text, etag: recent.etag },
    ]);
  });
});
