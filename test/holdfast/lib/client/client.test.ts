import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { API_VERSION, type Client, NoAnswerError, type Operation } from '../../../../lib/recorded/client.ts';
import { draft, freshKey } from '../../support/client.ts';
import { type Fate, type LossyProxy, startLossyProxy } from '../../support/lossy-proxy.ts';
import { type Service, startService } from '../../support/service.ts';
import { answered, clientOf } from '../../support/typed-client.ts';

let service: Service;
let network: LossyProxy;
let alice: Client;
let bob: Client;
beforeAll(async () => {
  service = await startService();
  network = await startLossyProxy(service.url);
  [alice, bob] = await Promise.all([clientOf('alice', network.url), clientOf('bob', network.url)]);
});
afterEach(() => {
  network.fate = () => 'pass';
  network.requests.length = 0;
});
afterAll(async () => {
  await network?.close();
  await service?.end();
});

/** These become of the requests to come, one after the other; then each passes. */
function fates(...list: readonly Fate[]) {
  const left = [...list];
  network.requests.length = 0;
  network.fate = () => left.shift() ?? 'pass';
}

const unavailable = (seconds: number): Fate => ({
  status: 503,
  headers: { 'Content-Type': 'application/problem+json', 'Retry-After': String(seconds) },
  body: JSON.stringify({ code: 'temporarily-unavailable', status: 503, recovery: 'retry' }),
});

const created = async () => answered(await alice.payouts.create(draft()));

async function approved() {
  const { data, etag } = await created();
  const submitted = answered(await alice.payouts.submit(data.id, { ifMatch: etag }));
  return answered(await bob.payouts.approve(data.id, { ifMatch: submitted.etag, note: 'checked' }));
}

async function disbursed() {
  const { data, etag } = await approved();
  return answered(await alice.payouts.disburse(data.id, { ifMatch: etag }));
}

const faults = (partner: string, body: object) =>
  fetch(`${service.partners}/faults/${partner}`, { method: 'PUT', body: JSON.stringify(body) });

describe('a call of the client', () => {
  test('answers with what was done, and the ETag for the next', async () => {
    const { data, etag } = await approved();

    const read = answered(await alice.payouts.get(data.id));

    expect(data).toMatchObject({ state: 'approved', approvedBy: 'bob', version: 3 });
    expect(read).toMatchObject({ data, etag });
  });

  test('changes an amount, cancels with a reason, lists by state and reads a history', async () => {
    const made = await created();
    const { id } = made.data;
    const amount = { currency: 'EUR', value: '1.00' };
    const changed = answered(await alice.payouts.changeAmount(id, { ifMatch: made.etag, amount }));
    const cancelled = answered(await alice.payouts.cancel(id, { ifMatch: changed.etag, reason: 'twice' }));

    const page = answered(await alice.payouts.list({ state: 'cancelled', limit: 1 }));
    const history = answered(await alice.payouts.history(id));

    expect(cancelled.data).toMatchObject({ state: 'cancelled', amount });
    expect(page.data.items.length).toBeLessThanOrEqual(1);
    expect(history.data.items.length).toBeLessThanOrEqual(3);
  });

  test('names its version and makes a key of its own for each write', async () => {
    await created();
    await created();

    const keys = network.requests.map(({ headers }) => headers['idempotency-key']);

    expect(new Set(keys).size).toBe(2);
    expect(network.requests.map(({ headers }) => headers['api-version'])).toEqual([API_VERSION, API_VERSION]);
  });

  test('sends one’s own key, so that another process can send the same again', async () => {
    const idempotencyKey = freshKey();

    const first = answered(await alice.payouts.create(draft(), { idempotencyKey }));
    const second = answered(await alice.payouts.create(draft(), { idempotencyKey }));

    expect(second.data).toEqual(first.data);
    expect([first.replayed, second.replayed]).toEqual([false, true]);
    expect(second.idempotencyKey).toBe(idempotencyKey);
  });
});

describe('a conflict', () => {
  test('is told apart by its code, with what stands now and its ETag', async () => {
    const { data, etag } = await created();
    const { data: now, etag: newest } = answered(await alice.payouts.submit(data.id, { ifMatch: etag }));

    const late = await bob.payouts.cancel(data.id, { ifMatch: etag, reason: 'x' });
    const current = !late.ok && late.problem.code === 'version-mismatch' ? late.problem.current : undefined;

    expect(current).toEqual({ state: 'submitted', version: 2, allowedActions: now.allowedActions });
    expect(late.etag).toBe(newest);
  });

  test('is not sent again, and neither is a rule that refuses', async () => {
    const { data, etag } = await created();
    const submitted = answered(await alice.payouts.submit(data.id, { ifMatch: etag }));
    network.requests.length = 0;

    const refused = await alice.payouts.approve(data.id, { ifMatch: submitted.etag });

    expect(refused).toMatchObject({ ok: false, problem: { code: 'separation-of-duties', recovery: 'stop' } });
    expect(network.requests).toHaveLength(1);
  });
});

describe('a failure on the way', () => {
  test.each<Fate>(['lose-answer', 'break-off'])(
    'is sent again and gets the first answer: %s',
    async (fate) => {
      fates(fate, fate);

      const { data, replayed } = await created();

      expect(replayed).toBe(true);
      expect(network.requests).toHaveLength(3);
      expect(new Set(network.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
      expect(new Set(network.requests.map(({ body }) => body)).size).toBe(1);
      expect(answered(await alice.payouts.get(data.id)).data.version).toBe(1);
    },
  );

  test('is sent again when the request was lost, or whatever stands between answers with a 502', async () => {
    fates('lose-request', { status: 502, headers: { 'Content-Type': 'text/html' }, body: '<h1>Bad</h1>' });

    const { replayed } = await created();

    expect(replayed).toBe(false);
    expect(network.requests).toHaveLength(3);
  });

  test('is sent again no earlier than Retry-After says', async () => {
    fates(unavailable(1));
    const began = performance.now();

    await created();

    expect(performance.now() - began).toBeGreaterThanOrEqual(1_000);
    expect(network.requests).toHaveLength(2);
  });

  test('asks for the token anew, so that one that has expired meanwhile is renewed', async () => {
    const tokens = ['first', 'second'];
    const eve = await clientOf('eve', network.url, { token: () => tokens.shift() ?? '' });
    fates('lose-request');

    const refused = await eve.payouts.list();

    expect(network.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer first',
      'Bearer second',
    ]);
    expect(refused).toMatchObject({ ok: false, problem: { code: 'unauthenticated' } });
  });
});

describe('a call ends', () => {
  test('with the last problem, when Retry-After leads beyond the deadline', async () => {
    network.fate = () => unavailable(60);

    const refused = await alice.payouts.create(draft(), { deadlineMs: 30_000 });

    expect(refused).toMatchObject({ ok: false, problem: { code: 'temporarily-unavailable' } });
    expect(network.requests).toHaveLength(1);
  });

  test('at the deadline without an answer, with the key under which it is still safe to send', async () => {
    network.fate = () => 'lose-answer';
    const lost = await alice.payouts.create(draft(), { deadlineMs: 2_000 }).catch((error) => error);
    network.fate = () => 'pass';

    const { replayed } = answered(
      await alice.payouts.create(draft(), { idempotencyKey: lost.idempotencyKey }),
    );

    expect(lost).toBeInstanceOf(NoAnswerError);
    expect(replayed).toBe(true);
  });

  test('at the deadline when nothing answers at all', async () => {
    const held = Promise.withResolvers<Fate>();
    network.fate = () => held.promise;

    const lost = await alice.payouts.list({}, { deadlineMs: 50 }).catch((error) => error);
    held.resolve('pass');

    expect(lost).toBeInstanceOf(NoAnswerError);
    expect(lost.cause).toMatchObject({ name: 'TimeoutError' });
  });

  test('at once when what answers is not the service', async () => {
    fates({ status: 200, headers: { 'Content-Type': 'text/html' }, body: 'Sign in to this hotel' });

    const lost = await alice.payouts.list().catch((error) => error);

    expect(lost).toBeInstanceOf(NoAnswerError);
    expect(lost.message).toContain('200 without a body of the contract');
  });

  test.each([
    ['while it waits for an answer', () => new Promise<Fate>(() => undefined)],
    ['while it waits to send again', () => unavailable(30)],
  ])('with the reason of its signal: %s', async (_, fate) => {
    const controller = new AbortController();
    const arrived = Promise.withResolvers<void>();
    network.fate = () => {
      arrived.resolve();
      return fate();
    };

    const call = alice.payouts.create(draft(), { signal: controller.signal });
    await arrived.promise;
    controller.abort('the page was left');

    await expect(call).rejects.toBe('the page was left');
  });
});

describe('an operation that was accepted', () => {
  test('is done when the money has been sent, and tells how far it is', async () => {
    const progress: Operation[] = [];
    const accepted = await disbursed();

    const done = answered(await accepted.operation.done({ onProgress: (each) => progress.push(each) }));

    const payout = answered(await alice.payouts.get(accepted.data.resource.id));
    expect(accepted.data.state).toBe('accepted');
    expect(done.data).toMatchObject({ id: accepted.data.id, state: 'succeeded' });
    expect(payout.data.state).toBe('paid');
    expect(progress.at(-1)).toEqual(done.data);
  });

  test('is asked for with its tag and patience, and is waited for by another process too', async () => {
    await faults('screening', { callbackMs: 1_500 });
    const { operation } = await disbursed();
    network.requests.length = 0;

    const done = answered(await bob.operation(operation.id).done());
    await faults('screening', {});

    const [first, ...others] = network.requests;
    expect(done.data.state).toBe('succeeded');
    expect(first?.headers).not.toHaveProperty('prefer');
    expect(others.length).toBeGreaterThan(0);
    expect(others.filter(({ headers }) => headers.prefer !== 'wait=20')).toEqual([]);
    expect(others.filter(({ headers }) => !headers['if-none-match']?.startsWith('"'))).toEqual([]);
  });

  test('is waited for through lost answers and a service that is away', async () => {
    const { operation } = await disbursed();
    fates('lose-answer', unavailable(1), 'lose-request');

    const done = answered(await operation.done());

    expect(done.data.state).toBe('succeeded');
  });

  test('is no longer waited for once the signal says so, and can be cancelled', async () => {
    await faults('screening', { neverCallback: 1 });
    const { operation } = await disbursed();
    const controller = new AbortController();

    const waiting = operation.done({
      signal: controller.signal,
      onProgress: () => controller.abort('enough'),
    });

    await expect(waiting).rejects.toBe('enough');
    const cancelled = answered(await alice.operations.cancel(operation.id, {}));
    await faults('screening', {});
    expect(cancelled.operation.id).toBe(operation.id);
    expect(answered(await operation.done()).data.state).toBe('cancelled');
  });

  test('is refused where it is not there', async () => {
    const refused = await alice.operation('op_00000000000000000000000000').done();

    expect(refused).toMatchObject({ ok: false, problem: { code: 'not-found' } });
  });
});
