import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { type Golden, goldens, recordGolden, restore, shapes, withoutBytes } from '../support/golden.ts';
import { signIn } from '../support/service.ts';
import { startWire, type Wire } from '../support/wire.ts';

let wire: Wire;
let users: { alice: Awaited<ReturnType<typeof signIn>>; bob: Awaited<ReturnType<typeof signIn>> };
let today: Golden;

beforeAll(async () => {
  wire = await startWire({ every: 3_600 });
  const { url, partners } = wire.service;
  const scopes = 'payouts:* operations:*';
  users = { alice: await signIn(url, { scopes }), bob: await signIn(url, { subject: 'bob', scopes }) };
  await fetch(`${partners}/faults/screening`, { method: 'PUT', body: JSON.stringify({ neverCallback: 1 }) });
  const [, stepFunctions = ''] = await wire.service.line(/^state machines: (\S+)$/);
  today = await recordGolden(users, wire.table, stepFunctions);
  // GOLDEN=2026-12 npx jest test/wire/golden: keeps what this release stores, before the next one changes it.
  const { GOLDEN } = process.env;
  if (GOLDEN !== undefined) {
    await writeFile(
      join(ROOT, `test/holdfast/golden/${GOLDEN}.json`),
      `${JSON.stringify(today, withoutBytes, 1)}\n`,
    );
  }
});
afterAll(() => wire?.close());

describe.each(await goldens())('what release %s has stored', (_, golden) => {
  test('is written by this one with every member, in the same type, so that the release before reads it', () => {
    const now = shapes(today);

    expect([...shapes(golden)].filter((place) => !now.has(place))).toEqual([]);
  });

  test('replays to the byte, is read, and is worked on', async () => {
    await restore(golden, wire.table);
    const { alice, bob } = users;

    const replays = [];
    for (const { user, path, key, ifMatch, body } of golden.exchanges) {
      const sending = { key, body, ...(ifMatch !== undefined && { ifMatch }) };
      const { status, etag, text, replayed } = await { alice, bob }[user].post(path, sending);
      replays.push({ status, etag, text, replayed });
    }
    const operation = await alice.get(golden.operation);
    const cancelled = await alice.post(`${golden.operation}/cancel`, {
      key: `cancel-${Date.now()}`,
      body: {},
    });
    const spilled = JSON.parse(
      golden.exchanges.find(({ path }) => path.endsWith('/change-amount'))?.text ?? '{}',
    );
    const read = await alice.get(`/payouts/${spilled.id}`);
    const submitted = await alice.act('submit', read);

    expect(replays).toEqual(
      golden.exchanges.map(({ status, etag, text }) => ({ status, etag, text, replayed: true })),
    );
    expect(operation.json).toMatchObject({ id: golden.operation.split('/').at(-1), state: 'running' });
    expect(cancelled.status).toBe(202);
    expect(submitted.json).toMatchObject({ state: 'submitted', version: Number(read.json.version) + 1 });
  });
});
