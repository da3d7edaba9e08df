import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, draft, freshKey, type Sending, send } from '../support/client.ts';
import { Conformance } from '../support/conformance.ts';
import { eventually } from '../support/eventually.ts';
import { BASE_URL, freshTenant, signedIn } from './users.ts';

let conformance: Conformance;
beforeAll(async () => {
  const { json } = await send(`${BASE_URL}/openapi.json`, { method: 'GET' });
  conformance = new Conformance(json);
});

/** Sends, and keeps what is wrong with the answers. */
function recorder(token: string) {
  const faults: string[] = [];
  const told = async (method: 'GET' | 'POST', path: string, sending: Sending = {}): Promise<Answer> => {
    const answer = await send(`${BASE_URL}${path}`, { token, ...sending, method });
    faults.push(...conformance.faults(method, path, answer));
    return answer;
  };
  return {
    faults,
    get: (path: string, sending?: Sending) => told('GET', path, sending),
    post: (path: string, sending?: Sending) => told('POST', path, { key: freshKey(), ...sending }),
    act: (action: string, on: Answer, sending?: Sending) =>
      told('POST', `/payouts/${on.json.id}/${action}`, { key: freshKey(), ifMatch: on.etag, ...sending }),
  };
}

async function people() {
  const tenant = freshTenant();
  const scopes = 'payouts:* operations:*';
  const [alice, bob] = await Promise.all(
    ['alice', 'bob'].map(async (subject) => recorder((await signedIn({ subject, tenant, scopes })).token)),
  );
  if (alice === undefined || bob === undefined) throw new Error('nobody could sign in');
  return { alice, bob, faults: () => [...alice.faults, ...bob.faults] };
}

describe('the document describes the answers', () => {
  test('to a payout on its way from draft to cancelled and back, each action of it', async () => {
    const { alice, bob, faults } = await people();
    const [key, approval] = [freshKey(), freshKey()];

    const created = await alice.post('/payouts', { key, body: draft() });
    await alice.post('/payouts', { key, body: draft() });
    const changed = await alice.act('change-amount', created, {
      body: { amount: { currency: 'EUR', value: '1.00' } },
    });
    const submitted = await alice.act('submit', changed, { body: { note: 'please' } });
    const approved = await bob.act('approve', submitted, { key: approval, body: { note: 'checked' } });
    await bob.act('approve', submitted, { key: approval, body: { note: 'checked' } });
    const cancelled = await alice.act('cancel', approved, { body: { reason: 'no' } });
    const reopened = await alice.act('reopen', cancelled);
    await alice.get(`/payouts/${created.json.id}`);
    await alice.get(`/payouts/${created.json.id}/history`);
    await alice.get('/payouts?state=draft&limit=1');

    expect(reopened.json).toMatchObject({ state: 'draft', version: 6 });
    expect(faults()).toEqual([]);
  });

  test('to a disbursement and its operation', async () => {
    const { alice, bob, faults } = await people();
    const submitted = await alice.act('submit', await alice.post('/payouts', { body: draft() }));

    const accepted = await alice.act('disburse', await bob.act('approve', submitted));
    const operation = `/operations/${accepted.json.id}`;
    const read = await eventually(
      'the disbursement to end',
      () => alice.get(operation, { headers: { Prefer: 'wait=20' } }),
      ({ headers }) => !headers.has('Retry-After'),
    );
    const unchanged = await alice.get(operation, { headers: { 'If-None-Match': read.etag } });
    const late = await alice.post(`${operation}/cancel`);
    const resolved = await alice.post(`${operation}/resolve`, {
      body: { outcome: 'retry', evidence: 'none' },
    });
    await alice.get(`/operations?state=succeeded&resource=${submitted.json.id}`);
    await alice.get(`/payouts/${submitted.json.id}`);
    await alice.get(`/payouts/${submitted.json.id}/history`);

    expect(read.json.state).toBe('succeeded');
    expect(unchanged.status).toBe(304);
    expect([late, resolved].map(({ json }) => json.code)).toEqual([
      'operation-not-cancelable',
      'illegal-transition',
    ]);
    expect(faults()).toEqual([]);
  });

  test('to a cancelled disbursement', async () => {
    const { alice, bob, faults } = await people();
    const submitted = await alice.act('submit', await alice.post('/payouts', { body: draft() }));
    const accepted = await alice.act('disburse', await bob.act('approve', submitted));

    const cancelled = await alice.post(`/operations/${accepted.json.id}/cancel`, { body: { note: 'stop' } });

    expect([202, 409]).toContain(cancelled.status);
    expect(faults()).toEqual([]);
  });

  test('to what is refused', async () => {
    const { alice, bob, faults } = await people();
    const reader = recorder((await signedIn({ scopes: 'payouts:read' })).token);
    const created = await alice.post('/payouts', { body: draft() });
    const submitted = await alice.act('submit', created);
    const key = freshKey();
    await bob.act('approve', submitted, { key });

    const refused = await Promise.all([
      alice.post('/payouts', { body: { amount: 'a lot' } }),
      alice.post('/payouts', { body: '{"amount":' }),
      alice.post('/payouts', { body: draft(), key: undefined }),
      alice.post('/payouts', { body: draft(), key: 'a b' }),
      alice.post('/payouts', { body: draft(), token: undefined }),
      alice.post('/payouts', { body: draft(), headers: { 'Content-Type': 'text/plain' } }),
      alice.post('/payouts', { body: draft(), headers: { 'API-Version': '2019-01-01' } }),
      alice.post('/payouts', { body: `{"x":"${'x'.repeat(300_000)}"}` }),
      alice.act('submit', created),
      alice.act('submit', submitted, { ifMatch: undefined }),
      alice.act('approve', submitted, { key, body: { note: 'another' } }),
      alice.get('/payouts?limit=0'),
      alice.get('/payouts/po_00000000000000000000000000'),
      alice.get(`/payouts/${created.json.id}/history?before=1`),
      alice.get('/operations?resource=x'),
      alice.get('/operations/op_00000000000000000000000000'),
      alice.get('/problems/no-such-code'),
      reader.post('/payouts', { body: draft() }),
      recorder('').post('/partners/screening/callbacks', { body: { caseReference: 'x' } }),
    ]);
    const own = await alice.act(
      'approve',
      await alice.act('submit', await alice.post('/payouts', { body: draft() })),
    );
    const again = await alice.act(
      'reopen',
      own.status === 403 ? await alice.get(`/payouts/${created.json.id}`) : own,
    );

    expect([...refused, own, again].map(({ json }) => json.code)).toEqual([
      'invalid-input',
      'malformed-request',
      'idempotency-key-missing',
      'idempotency-key-invalid',
      'unauthenticated',
      'unsupported-media-type',
      'unknown-api-version',
      'request-too-large',
      'version-mismatch',
      'version-required',
      'idempotency-key-reused',
      'invalid-query',
      'not-found',
      'invalid-query',
      'invalid-query',
      'not-found',
      'not-found',
      'insufficient-scope',
      'unauthenticated',
      'separation-of-duties',
      'illegal-transition',
    ]);
    expect([...faults(), ...reader.faults]).toEqual([]);
  });

  // Found by npm run prove -- fuzz: neither was in the document.
  test('to who reads it: in a version that is not served, and as it was', async () => {
    const { alice, faults } = await people();

    const answers = [
      await alice.get('/openapi.json', { headers: { 'API-Version': 'x' } }),
      await alice.get('/openapi.json', { headers: { 'If-None-Match': '*' } }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([400, 304]);
    expect(faults()).toEqual([]);
  });

  test('that the service gives about itself', async () => {
    const anyone = recorder('');

    const answers = [
      await anyone.get('/health'),
      await anyone.get('/openapi.json'),
      await anyone.get('/problems'),
      await anyone.get('/problems/not-found'),
      await anyone.get('/problems', { headers: { Accept: 'text/html' } }),
      await anyone.get('/problems/not-found', { headers: { Accept: 'text/html' } }),
    ];

    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(anyone.faults).toEqual([]);
  });
});

test('an answer that differs from the document is found out', async () => {
  const health = await send(`${BASE_URL}/health`, { method: 'GET' });
  const headers = new Headers([...health.headers].filter(([name]) => name !== 'vary'));
  headers.set('X-Secret', '1');

  const faults = conformance.faults('GET', '/health', {
    ...health,
    headers,
    text: '{"status":"ok","more":1}',
  });

  expect(faults).toEqual([
    expect.stringContaining('header Vary is missing'),
    expect.stringContaining('header x-secret is not in the document'),
    expect.stringContaining('must NOT have additional properties'),
  ]);
  expect(conformance.faults('GET', '/nowhere', health)).toHaveLength(1);
});

test('the document is the same again until it changes, which a 304 tells', async () => {
  const first = await send(`${BASE_URL}/openapi.json`, { method: 'GET' });

  const again = await send(`${BASE_URL}/openapi.json`, {
    method: 'GET',
    headers: { 'If-None-Match': first.etag },
  });

  expect(first.json).toMatchObject({ openapi: '3.1.0', info: { version: '2026-11-01' } });
  expect(first.headers.get('Cache-Control')).toBe('public, no-cache');
  expect([again.status, again.text, again.etag]).toEqual([304, '', first.etag]);
});
