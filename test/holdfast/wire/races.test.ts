import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, draft, freshKey } from '../support/client.ts';
import type { Call, Fate } from '../support/dynamodb-proxy.ts';
import { signIn } from '../support/service.ts';
import { startWire, type Wire } from '../support/wire.ts';

/** Requests at once. */
const MANY = 50;

/** Execution environments of each function: so many requests are under way at once, the others wait their turn. */
const ENVIRONMENTS = 16;

let wire: Wire;
beforeAll(async () => {
  wire = await startWire({ concurrency: ENVIRONMENTS });
  const alice = await signIn(wire.service.url, { tenant: 'warm' });
  // Every environment is started before the races, so that none of them is late for one.
  const created = await times(() => alice.create());
  const submitted = await Promise.all(created.map((payout) => alice.act('submit', payout)));
  await Promise.all(submitted.map((payout) => alice.act('approve', payout)));
  await Promise.all(submitted.map((payout) => alice.act('change-amount', payout)));
});
afterAll(() => wire?.close());

/** Lets no write pass before every environment has read: whoever wins, the others have decided on the old version. */
function allReadBeforeAnyWrites() {
  let reads = 0;
  let open: (() => void) | undefined;
  const allRead = new Promise<void>((resolve) => {
    open = resolve;
  });
  wire.proxy.fate = async ({ operation }: Call): Promise<Fate> => {
    if (operation === 'GetItem') {
      reads++;
      if (reads === ENVIRONMENTS) open?.();
    } else if (operation === 'UpdateItem' || operation === 'PutItem') {
      await allRead;
    }
    return 'pass';
  };
}

const times = <T>(make: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: MANY }, (_, i) => make(i)));

const statuses = (answers: readonly Answer[]) =>
  Object.fromEntries(
    [...Map.groupBy(answers, ({ status }) => status)].map(([status, all]) => [status, all.length]),
  );

describe(`${MANY} requests at once, ${ENVIRONMENTS} of which have read before any writes`, () => {
  test('with one key: one effect, equal answers, at most one of them not marked as a replay', async () => {
    const alice = await signIn(wire.service.url);
    const created = await alice.create();
    const key = freshKey();
    allReadBeforeAnyWrites();

    const answers = await times(() => alice.act('submit', created, { key }));

    expect(statuses(answers)).toEqual({ 200: MANY });
    expect(new Set(answers.map(({ text, etag }) => `${etag} ${text}`)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed).length).toBeLessThanOrEqual(1);
    expect((await alice.get(`/payouts/${created.json.id}`)).json.version).toBe(2);
  });

  test('with different keys at one ETag: one 200, and 412 for all others', async () => {
    const alice = await signIn(wire.service.url);
    const bob = await signIn(wire.service.url, { subject: 'bob' });
    const submitted = await alice.act('submit', await alice.create());
    allReadBeforeAnyWrites();

    const answers = await times(() => bob.act('approve', submitted));

    expect(statuses(answers)).toEqual({ 200: 1, 412: MANY - 1 });
    const winner = answers.find(({ status }) => status === 200);
    const losers = answers.filter(({ status }) => status === 412);
    expect(new Set(losers.map(({ etag }) => etag))).toEqual(new Set([winner?.etag]));
  });

  test('that create with one key: one payout', async () => {
    const alice = await signIn(wire.service.url, { tenant: 'race-create' });
    const key = freshKey();
    allReadBeforeAnyWrites();

    const answers = await times(() => alice.create(key));

    expect(statuses(answers)).toEqual({ 201: MANY });
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await alice.get('/payouts')).json.items).toHaveLength(1);
  });

  test('with one key and two bodies: one effect; the body that lost is refused with 422', async () => {
    const alice = await signIn(wire.service.url);
    const created = await alice.create();
    const key = freshKey();
    const amounts = ['1.00', '2.00'];
    allReadBeforeAnyWrites();

    const answers = await times((i) =>
      alice.act('change-amount', created, {
        key,
        body: { amount: { currency: 'EUR', value: amounts[i % 2] } },
      }),
    );

    expect(statuses(answers)).toEqual({ 200: MANY / 2, 422: MANY / 2 });
    expect(answers.filter(({ status }) => status === 422).map(({ json }) => json.code)).toEqual(
      Array.from({ length: MANY / 2 }, () => 'idempotency-key-reused'),
    );
    expect((await alice.get(`/payouts/${created.json.id}`)).json.version).toBe(2);
  });

  test('that create under one key with two bodies: one payout; the other body is refused with 422', async () => {
    const alice = await signIn(wire.service.url, { tenant: 'race-bodies' });
    const key = freshKey();
    allReadBeforeAnyWrites();

    const answers = await times((i) => alice.create(key, draft(`${(i % 2) + 1}.00`)));

    expect(statuses(answers)).toEqual({ 201: MANY / 2, 422: MANY / 2 });
    expect((await alice.get('/payouts')).json.items).toHaveLength(1);
  });
});
