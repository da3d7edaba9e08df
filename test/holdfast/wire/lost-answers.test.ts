import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { freshKey } from '../support/client.ts';
import { type Copy, copyRepository } from '../support/copy.ts';
import type { Call, Fate } from '../support/dynamodb-proxy.ts';
import { eventually } from '../support/eventually.ts';
import { signIn } from '../support/service.ts';
import { startWire, type Wire } from '../support/wire.ts';

let wire: Wire;
beforeAll(async () => {
  wire = await startWire();
});
afterAll(() => wire?.close());
afterEach(() => {
  wire.proxy.fate = () => 'pass';
});

/** Gives the first call of an operation its own fate. */
function first(operation: string, fate: (call: Call) => Fate | Promise<Fate>) {
  let seen = false;
  wire.proxy.fate = (call) => {
    if (seen || call.operation !== operation) return 'pass';
    seen = true;
    return fate(call);
  };
}

const alice = () => signIn(wire.service.url);

describe('an answer that is lost on the wire', () => {
  // aws-sdk-java#2667: the SDK's own retry of a write that landed meets the write's own condition.
  test('of an action: the client sees success, and one effect', async () => {
    const client = await alice();
    const created = await client.create();
    first('UpdateItem', () => 'lose-answer');

    const submitted = await client.act('submit', created);

    expect(submitted.status).toBe(200);
    expect(submitted.json).toMatchObject({ state: 'submitted', version: 2 });
    expect((await client.get(`/payouts/${created.json.id}`)).text).toBe(submitted.text);
  });

  test('of a create: the client sees success, and one payout', async () => {
    const client = await signIn(wire.service.url, { tenant: 'lost-create' });
    first('PutItem', () => 'lose-answer');

    const created = await client.create();

    expect(created.status).toBe(201);
    expect((await client.get('/payouts')).json.items).toHaveLength(1);
  });

  test.each(['PutItem', 'UpdateItem'])(
    'of %s where receipts leave the item: the client sees success',
    async (operation) => {
      const client = await alice();
      let payout = await client.create();
      for (let i = 0; i < 15; i++) {
        payout = await client.act('change-amount', payout, {
          body: { amount: { currency: 'EUR', value: `${i + 1}.00` } },
        });
      }
      first(operation, () => 'lose-answer');

      const submitted = await client.act('submit', payout);

      expect(submitted.status).toBe(200);
      expect(submitted.json).toMatchObject({ state: 'submitted', version: 17 });
    },
  );

  test('of the process, killed between commit and answer: the retry gets the original answer', async () => {
    const client = await alice();
    const created = await client.create();
    const key = freshKey();
    const held = new Promise<void>((resolve) => {
      let updates = 0;
      wire.proxy.fate = ({ operation }) => {
        if (operation !== 'UpdateItem') return 'pass';
        updates++;
        if (updates === 1) return 'lose-answer';
        // The SDK asks again, so that the write has landed; the process dies before it hears of that.
        resolve();
        return new Promise<Fate>(() => undefined);
      };
    });
    const lost = client.act('submit', created, { key }).catch((error: unknown) => error);
    await held;
    await wire.restart();
    wire.proxy.fate = () => 'pass';

    const again = await (await alice()).act('submit', created, { key });

    expect(await lost).toHaveProperty('message');
    expect(again.status).toBe(200);
    expect(again.replayed).toBe(true);
    expect(again.json).toMatchObject({ state: 'submitted', version: 2 });
  });
});

describe('a refusal that emulators never give', () => {
  // xoto3#13, scalardb#407: a plain update meets an item that is inside another transaction.
  test('TransactionConflict on an update is tried again', async () => {
    const client = await alice();
    const created = await client.create();
    first('UpdateItem', () => ({ refuse: 'TransactionConflictException' }));

    const submitted = await client.act('submit', created);

    expect(submitted.status).toBe(200);
    expect(submitted.replayed).toBe(false);
  });

  test('contention that does not end is a 503 that says when to retry, and changes nothing', async () => {
    const client = await alice();
    const created = await client.create();
    const key = freshKey();
    wire.proxy.fate = ({ operation }) =>
      operation === 'UpdateItem' ? { refuse: 'TransactionConflictException' } : 'pass';

    const refused = await client.act('submit', created, { key });
    wire.proxy.fate = () => 'pass';
    const retried = await client.act('submit', created, { key });

    expect(refused.status).toBe(503);
    expect(refused.json).toMatchObject({ code: 'temporarily-unavailable', recovery: 'retry' });
    expect(refused.headers.get('Retry-After')).toBe('1');
    expect(retried.status).toBe(200);
    expect(retried.replayed).toBe(false);
  });

  // gumroad#7454: a cancellation is retried in place only if contention is all of it.
  test('a cancellation that also says throttled is a 503 at once', async () => {
    const client = await alice();
    const bob = await signIn(wire.service.url, { subject: 'bob' });
    const submitted = await client.act('submit', await client.create());
    const payout = await bob.act('approve', submitted);
    wire.proxy.calls.length = 0;
    wire.proxy.fate = ({ operation }) =>
      operation === 'TransactWriteItems'
        ? {
            refuse: 'TransactionCanceledException',
            members: { CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'ThrottlingError' }] },
          }
        : 'pass';

    const refused = await client.act('disburse', payout);

    expect(refused.json).toMatchObject({ status: 503, code: 'temporarily-unavailable' });
    expect(wire.proxy.calls.filter((operation) => operation === 'TransactWriteItems')).toHaveLength(1);
  });

  test('an error that is our own fault is an internal error that leaks nothing', async () => {
    const client = await alice();
    const created = await client.create();
    first('UpdateItem', () => ({
      refuse: 'ValidationException',
      members: { message: 'arn:aws:dynamodb secret' },
    }));

    const failed = await client.act('submit', created);

    expect(failed.json).toMatchObject({ status: 500, code: 'internal-error', recovery: 'retry' });
    expect(failed.text).not.toMatch(/arn:|secret|Validation/);
  });
});

describe('an answer that is lost for long', () => {
  let copy: Copy;
  let patient: Wire;
  beforeAll(async () => {
    copy = await copyRepository();
    // The other writes take as long as they take, on whatever machine; the one that waits for them must not give up.
    await copy.edit(
      'lib/holdfast/runtime/aws/client-settings.ts',
      'requestTimeout: 2_000',
      'requestTimeout: 20_000',
    );
    await copy.edit(
      'lib/holdfast/cdk/functions/service-function.ts',
      'Duration.seconds(15)',
      'Duration.seconds(28)',
    );
    patient = await startWire({ root: copy.root });
  });
  afterAll(async () => {
    await patient?.close();
    await copy?.remove();
  });

  test('of a write that 40 others overtake before the SDK asks again: its own success', async () => {
    const client = await signIn(patient.service.url);
    const created = await client.create();
    const key = freshKey();
    let latest = created;
    let retried: (() => void) | undefined;
    const overtaken = new Promise<void>((resolve) => {
      retried = resolve;
    });
    let attempts = 0;
    patient.proxy.fate = async ({ operation, input }) => {
      const own = operation === 'UpdateItem' && JSON.stringify(input).includes('"7.77"');
      if (!own) return 'pass';
      attempts++;
      if (attempts === 1) return 'lose-answer';
      await overtaken;
      return 'pass';
    };

    const slow = client.act('change-amount', created, {
      key,
      body: { amount: { currency: 'EUR', value: '7.77' } },
    });
    await eventually(
      'the second attempt of the SDK',
      () => attempts,
      (seen) => seen >= 2,
      { everyMs: 1 },
    );
    latest = await client.get(`/payouts/${created.json.id}`);
    for (let i = 0; i < 40; i++) {
      latest = await client.act('change-amount', latest, {
        body: { amount: { currency: 'EUR', value: `${i + 1}.00` } },
      });
    }
    retried?.();
    const answer = await slow;

    expect(latest.json.version).toBe(42);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ version: 2, amount: { value: '7.77' } });
  });
});
