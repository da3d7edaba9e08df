import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { type People, sendAgain, workOn } from '../support/exchanges.ts';
import { type Golden, goldens, recordGolden, restore, shapes, withoutBytes } from '../support/golden.ts';
import { signIn } from '../support/service.ts';
import { startWire, type Wire } from '../support/wire.ts';

let wire: Wire;
let users: People;
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

/** What no release writes any more, each since one that the release before it was ready for. */
const GONE = [
  // 0.9.0 lets receipts leave together, and 0.8.0 finds them there: release-before.test.ts.
  'RecordsTable payouts spilledUntil: N',
];

describe.each(await goldens())('what release %s has stored', (_, golden) => {
  test('is written by this one with every member, in the same type, so that the release before reads it', () => {
    const now = shapes(today);

    const gone = [...shapes(golden)].filter((place) => !now.has(place));
    expect(gone.filter((place) => !GONE.includes(place))).toEqual([]);
  });

  test('replays to the byte, is read, and is worked on', async () => {
    await restore(golden, wire.table);
    const { first, replays } = await sendAgain(users, golden);
    const { underWay, cancelled, read, submitted } = await workOn(users, golden);

    expect(replays).toEqual(first);
    expect(underWay.json).toMatchObject({ id: golden.operation.split('/').at(-1), state: 'running' });
    expect(cancelled.status).toBe(202);
    expect(submitted.json).toMatchObject({ state: 'submitted', version: Number(read.json.version) + 1 });
  });
});
