import { describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { type Answer, draft, freshKey, send } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { BASE_PATH, BASE_URL, freshTenant, signedIn, token } from './users.ts';

describe('a payout', () => {
  test('is made as a draft that says where it is, which version it has, and what may be done with it', async () => {
    const alice = await signedIn();

    const created = await alice.create();

    expect(created.status).toBe(201);
    expect(created.json).toMatchObject({
      ...draft(),
      id: expect.stringMatching(/^po_[0-9a-z]{26}$/),
      state: 'draft',
      version: 1,
      // Whoever a service's issuer says it is.
      createdBy: decodeJwt(alice.token).sub,
      allowedActions: expect.arrayContaining(['cancel', 'change-amount', 'submit']),
    });
    expect(created.headers.get('Location')).toBe(`${BASE_PATH}/payouts/${created.json.id}`);
    expect(created.etag).toMatch(/^"1-[\w-]{4}"$/);
    expect(created.json.createdAt).toBe(created.json.updatedAt);
  });

  test('reads as the last write answered', async () => {
    const alice = await signedIn();
    const submitted = await alice.act('submit', await alice.create());

    const read = await alice.get(`/payouts/${submitted.json.id}`);

    expect(read).toMatchObject({ status: 200, text: submitted.text, etag: submitted.etag });
  });

  test('moves through its states by actions alone', async () => {
    const alice = await signedIn();
    const bob = await signedIn({ subject: 'bob' });

    const created = await alice.create();
    const changed = await alice.act('change-amount', created, {
      body: { amount: { currency: 'JPY', value: '900' } },
    });
    const submitted = await alice.act('submit', changed, { body: { note: 'please' } });
    const approved = await bob.act('approve', submitted);
    const cancelled = await bob.act('cancel', approved, { body: { reason: 'wrong bank' } });
    const reopened = await alice.act('reopen', cancelled);

    expect(
      [created, changed, submitted, approved, cancelled, reopened].map(({ json }) => json.state),
    ).toEqual(['draft', 'draft', 'submitted', 'approved', 'cancelled', 'draft']);
    expect(changed.json.amount).toEqual({ currency: 'JPY', value: '900' });
    expect(submitted.json).toMatchObject({ submittedBy: 'alice', note: 'please' });
    expect(approved.json).toMatchObject({
      approvedBy: 'bob',
      allowedActions: expect.arrayContaining(['cancel', 'disburse']),
    });
    expect(cancelled.json).toMatchObject({ cancelReason: 'wrong bank', cancelledBy: 'bob' });
    expect(reopened.json.version).toBe(6);
    for (const member of ['submittedBy', 'approvedBy', 'cancelReason', 'note']) {
      expect(reopened.json).not.toHaveProperty(member);
    }
  });

  test.each([
    ['submit', ['draft']],
    ['approve', ['submitted']],
    ['cancel', ['draft', 'submitted', 'approved']],
    ['change-amount', ['draft']],
    ['reopen', ['cancelled', 'returned']],
  ])('%s is refused in every other state, with the state that stands', async (action, from) => {
    const alice = await signedIn();
    const bob = await signedIn({ subject: 'bob' });
    const drafted = await alice.create();
    const submitted = await alice.act('submit', await alice.create());
    const approved = await bob.act('approve', await alice.act('submit', await alice.create()));
    const cancelled = await alice.act('cancel', await alice.create(), { body: { reason: 'no' } });
    const others = [drafted, submitted, approved, cancelled].filter(
      ({ json }) => !from.includes(String(json.state)),
    );
    const inputs: Record<string, unknown> = {
      cancel: { reason: 'no' },
      'change-amount': { amount: { currency: 'EUR', value: '1.00' } },
    };

    const answers = await Promise.all(
      others.map((on) => bob.act(action, on, { body: inputs[action] ?? {} })),
    );

    for (const [i, answer] of answers.entries()) {
      const { json, etag } = others[i] as Answer;
      const { state, version, allowedActions } = json;
      expect(answer.json).toMatchObject({
        status: 409,
        code: 'illegal-transition',
        category: 'conflict',
        recovery: 'refresh',
        detail: `${action} needs state ${from.join(' or ')}; the payout is ${state}`,
        current: { state, version, allowedActions },
      });
      expect(answer.etag).toBe(etag);
    }
  });

  test('that someone else changed is refused with what stands now', async () => {
    const alice = await signedIn();
    const bob = await signedIn({ subject: 'bob' });
    const created = await alice.create();
    const changed = await bob.act('change-amount', created, {
      body: { amount: { currency: 'EUR', value: '1.00' } },
    });

    const refused = await alice.act('submit', created);
    const again = await alice.act(
      'submit',
      refused.json.current ? { ...created, etag: refused.etag } : created,
    );

    expect(refused.json).toMatchObject({
      status: 412,
      code: 'version-mismatch',
      category: 'conflict',
      recovery: 'refresh',
      current: {
        state: 'draft',
        version: 2,
        allowedActions: expect.arrayContaining(['cancel', 'change-amount', 'submit']),
      },
    });
    expect(refused.etag).toBe(changed.etag);
    expect(again.status).toBe(200);
  });

  test('of another tenant is not there: to read, to act on, or to list', async () => {
    const alice = await signedIn({ tenant: freshTenant() });
    const mallory = await signedIn({ tenant: freshTenant() });
    const created = await alice.create();

    const read = await mallory.get(`/payouts/${created.json.id}`);
    const act = await mallory.act('submit', created);
    const list = await mallory.get('/payouts');

    expect(read.json).toMatchObject({ status: 404, code: 'not-found' });
    expect(act.json).toMatchObject({ status: 404, code: 'not-found' });
    expect(list.json.items).toEqual([]);
  });

  test('of a tenant whose name holds a separator does not meet another’s', async () => {
    const tenant = freshTenant();
    const odd = await signedIn({ tenant: `${tenant}#x` });
    const plain = await signedIn({ tenant });
    await odd.create();

    const list = await plain.get('/payouts');

    expect(list.json.items).toEqual([]);
  });
});

describe('a list of payouts', () => {
  const pages = async (get: (path: string) => Promise<Answer>, path: string): Promise<Answer[]> => {
    const first = await get(path);
    const { nextCursor } = first.json;
    if (typeof nextCursor !== 'string') return [first];
    const rest = path.replace(/&cursor=.*$/, '');
    return [first, ...(await pages(get, `${rest}&cursor=${encodeURIComponent(nextCursor)}`))];
  };
  const ids = (list: readonly Answer[]) =>
    list.flatMap(({ json }) => (json.items as { id: string }[]).map(({ id }) => id));

  test('is newest first, in pages, each payout once, of one state if asked', async () => {
    const alice = await signedIn({ tenant: freshTenant() });
    const created: Answer[] = [];
    for (let i = 0; i < 7; i++) created.push(await alice.create());
    for (const i of [1, 4]) await alice.act('submit', created[i] as Answer);
    const newest = created.map(({ json }) => json.id).reverse();

    const all = await pages(alice.get, '/payouts?limit=3');
    const drafts = await pages(alice.get, '/payouts?limit=2&state=draft');
    const submitted = await pages(alice.get, '/payouts?limit=100&state=submitted');

    expect(all.map(({ json }) => (json.items as unknown[]).length)).toEqual([3, 3, 1]);
    expect(ids(all)).toEqual(newest);
    expect(ids(drafts)).toEqual(newest.filter((_, i) => ![6 - 1, 6 - 4].includes(i)));
    expect(ids(submitted)).toEqual([created[4], created[1]].map((payout) => payout?.json.id));
    expect(submitted[0]?.json).toMatchObject({ items: [{ state: 'submitted', version: 2, ...draft() }, {}] });
  });

  test('refuses a cursor that was not given for this tenant and filter, and every other wrong parameter', async () => {
    const alice = await signedIn({ tenant: freshTenant() });
    const mallory = await signedIn({ tenant: freshTenant() });
    for (let i = 0; i < 2; i++) await alice.create();
    const { nextCursor } = (await alice.get('/payouts?limit=1')).json;
    const cursor = String(nextCursor);

    const answers = await Promise.all([
      mallory.get(`/payouts?cursor=${cursor}`),
      alice.get(`/payouts?state=draft&cursor=${cursor}`),
      alice.get(`/payouts?cursor=${cursor.slice(1)}`),
      alice.get('/payouts?cursor='),
      alice.get('/payouts?limit=0'),
      alice.get('/payouts?limit=101'),
      alice.get('/payouts?state=unknown'),
      alice.get('/payouts?status=draft'),
      alice.get('/payouts?limit=1&limit=2'),
    ]);

    expect(answers.map(({ json }) => json.code)).toEqual(answers.map(() => 'invalid-query'));
    expect(answers[0]?.json).toMatchObject({ errors: [{ parameter: 'cursor' }], recovery: 'fix-request' });
  });
});

describe('scopes', () => {
  test('payouts:read reads and lists, and acts on nothing; an action’s own scope is enough for it', async () => {
    const tenant = freshTenant();
    const alice = await signedIn({ tenant });
    const reader = await signedIn({ tenant, scopes: 'payouts:read' });
    const creator = await signedIn({ tenant, scopes: 'payouts:create other:thing' });
    const created = await alice.create();

    const read = await reader.get(`/payouts/${created.json.id}`);
    const list = await reader.get('/payouts');
    const act = await reader.act('submit', created);
    const create = await creator.create();
    const creatorReads = await creator.get('/payouts');

    expect([read, list, create].map(({ status }) => status)).toEqual([200, 200, 201]);
    expect([act, creatorReads].map(({ json }) => json.code)).toEqual([
      'insufficient-scope',
      'insufficient-scope',
    ]);
  });
});

describe('the table of problems', () => {
  test('is served to anyone, as JSON and as a page, and so is each of its rows', async () => {
    const all = await send(`${BASE_URL}/problems`, { method: 'GET' });
    const codes = (all.json.problems as { code: string }[]).map(({ code }) => code);

    const rows = await Promise.all(
      codes.map((code) => send(`${BASE_URL}/problems/${code}`, { method: 'GET' })),
    );
    const page = await send(`${BASE_URL}/problems/version-mismatch`, {
      method: 'GET',
      headers: { Accept: 'text/html' },
    });
    const unknown = await send(`${BASE_URL}/problems/no-such-code`, { method: 'GET' });

    expect(codes).toContain('separation-of-duties');
    expect(rows.map(({ json }) => json.code)).toEqual(codes);
    expect(page.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(page.text).toContain('Someone else has changed this');
    expect(unknown.json).toMatchObject({ status: 404, code: 'not-found' });
  });
});

describe('a token', () => {
  test('that expires while the gateway remembers it is refused by the action itself', async () => {
    let [short, expiresInSeconds] = ['', 1];
    const get = () => send(`${BASE_URL}/payouts`, { method: 'GET', token: short });

    // However slow the machine is, one of them lives long enough to be seen alive.
    const before = await eventually(
      'a short token to be accepted',
      async () => {
        expiresInSeconds *= 2;
        short = await token({ subject: 'alice', tenant: 'acme', scopes: 'payouts:*', expiresInSeconds });
        return get();
      },
      ({ status }) => status === 200,
    );
    const after = await eventually('the token to expire', get, ({ status }) => status !== 200);

    expect(before.status).toBe(200);
    expect(after.json).toMatchObject({ status: 401, code: 'unauthenticated', recovery: 'authenticate' });
  });

  test('of an idle key does not act', async () => {
    const alice = await signedIn();
    const created = await alice.create();

    const refused = await send(`${BASE_URL}/payouts/${created.json.id}/submit`, {
      token: `${alice.token.slice(0, -4)}AAAA`,
      key: freshKey(),
      ifMatch: created.etag,
    });

    expect(refused.json.code).toBe('unauthenticated');
  });
});
