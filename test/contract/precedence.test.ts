import { describe, expect, test } from '@jest/globals';
import { draft, freshKey, type Sending, send } from '../support/client.ts';
import { BASE_URL, freshTenant, signedIn } from './users.ts';

/**
 * The write contract, step by step. Each request below has every fault of the steps after its own as well, so that the
 * answer shows which step comes first.
 */
describe('the order of the write contract', () => {
  const faultsOf = {
    state: {},
    version: { ifMatch: '"999-stale"' },
    versionMissing: { ifMatch: undefined },
    input: { ifMatch: undefined, body: { unknown: 1 } },
    apiVersion: { ifMatch: undefined, body: { unknown: 1 }, headers: { 'API-Version': '1999-01-01' } },
    key: {
      ifMatch: undefined,
      key: undefined,
      body: { unknown: 1 },
      headers: { 'API-Version': '1999-01-01' },
    },
    json: {
      ifMatch: undefined,
      key: undefined,
      body: '{"a":1,"a":2}',
      headers: { 'API-Version': '1999-01-01' },
    },
    size: { ifMatch: undefined, key: undefined, body: `{"a":"${'x'.repeat(300_000)}",}` },
    type: {
      ifMatch: undefined,
      key: undefined,
      body: `{"a":"${'x'.repeat(300_000)}",}`,
      headers: { 'Content-Type': 'text/plain' },
    },
  } satisfies Record<string, Sending>;

  test.each([
    ['the state permits the action', faultsOf.state, 409, 'illegal-transition', 'refresh'],
    ['If-Match names the current version', faultsOf.version, 412, 'version-mismatch', 'refresh'],
    ['If-Match is present', faultsOf.versionMissing, 428, 'version-required', 'fix-request'],
    ['the input is valid', faultsOf.input, 422, 'invalid-input', 'fix-request'],
    ['the API version is served', faultsOf.apiVersion, 400, 'unknown-api-version', 'fix-request'],
    ['Idempotency-Key is present', faultsOf.key, 400, 'idempotency-key-missing', 'fix-request'],
    ['the body is strict JSON', faultsOf.json, 400, 'malformed-request', 'fix-request'],
    ['the body is at most 256 KB', faultsOf.size, 413, 'request-too-large', 'fix-request'],
    ['the body is JSON by its type', faultsOf.type, 415, 'unsupported-media-type', 'fix-request'],
  ])('%s', async (_, sending, status, code, recovery) => {
    const alice = await signedIn();
    const submitted = await alice.act('submit', await alice.create());

    const refused = await alice.act('submit', submitted, sending);

    expect(refused.json).toMatchObject({ status, code, recovery, type: `urn:holdfast:problem:${code}` });
    expect(refused.status).toBe(status);
    expect(refused.headers.get('Content-Type')).toBe('application/problem+json');
  });

  test('the scope comes before the media type, the token before the scope', async () => {
    const alice = await signedIn();
    const created = await alice.create();
    const reader = await signedIn({ scopes: 'payouts:read' });
    const nobody = { ...faultsOf.type, token: undefined };

    const noScope = await reader.act('submit', created, faultsOf.type);
    const noToken = await send(`${BASE_URL}/payouts/${created.json.id}/submit`, nobody);

    expect(noScope.json).toMatchObject({ status: 403, code: 'insufficient-scope', recovery: 'stop' });
    expect(noScope.json.detail).toContain('payouts:submit');
    expect(noToken.json).toMatchObject({ status: 401, code: 'unauthenticated', recovery: 'authenticate' });
  });

  test('a resource that is not there comes after the key, before version, input and state', async () => {
    const alice = await signedIn();
    const missing = `/payouts/po_${'0'.repeat(26)}/submit`;

    const noKey = await alice.post(missing, { body: { unknown: 1 } });
    const notFound = await alice.post(missing, { key: freshKey(), ...faultsOf.apiVersion });

    expect(noKey.json.code).toBe('idempotency-key-missing');
    expect(notFound.json).toMatchObject({ status: 404, code: 'not-found', recovery: 'stop' });
  });

  test('a rule of the domain comes last, and its problem is the domain’s own', async () => {
    const alice = await signedIn();
    const submitted = await alice.act('submit', await alice.create());

    const refused = await alice.act('approve', submitted);
    const stale = await alice.act('approve', submitted, { ifMatch: '"1-aaaa"' });

    expect(refused.json).toMatchObject({ status: 403, code: 'separation-of-duties', recovery: 'stop' });
    expect(stale.json.code).toBe('version-mismatch');
  });
});

describe('a replay', () => {
  test('wins over a stale If-Match, a missing one, an unknown API version and a state that has moved on', async () => {
    const alice = await signedIn();
    const created = await alice.create();
    const key = freshKey();
    const submitted = await alice.act('submit', created, { key });

    const stale = await alice.act('submit', created, { key });
    const missing = await alice.act('submit', created, { key, ifMatch: undefined });
    const malformed = await alice.act('submit', created, { key, ifMatch: 'x' });

    for (const replay of [stale, missing, malformed]) {
      expect(replay).toMatchObject({
        status: 200,
        replayed: true,
        text: submitted.text,
        etag: submitted.etag,
      });
    }
    expect(stale.headers.get('Idempotency-Expires')).toBe(submitted.headers.get('Idempotency-Expires'));
  });

  test('does not depend on the order of members, white space, or the spelling of the key', async () => {
    const alice = await signedIn();
    const key = freshKey();
    const created = await alice.create(key);
    const { amount, beneficiary, reference } = draft();
    const reordered = JSON.stringify({ reference, beneficiary, amount }, null, 2);

    const again = await alice.create(`"${key}"`, reordered);

    expect(again).toMatchObject({ status: 201, replayed: true, text: created.text });
    expect(again.headers.get('Location')).toBe(created.headers.get('Location'));
  });

  test('needs the same input: anything else under a known key is refused, before its version is looked at', async () => {
    const alice = await signedIn();
    const created = await alice.create();
    const key = freshKey();
    await alice.act('submit', created, { key, body: { note: 'a' } });

    const other = await alice.act('submit', created, { key, body: { note: 'b' }, ifMatch: undefined });
    const otherAction = await alice.act('cancel', created, { key, body: { reason: 'b' } });
    const invalid = await alice.act('submit', created, { key, body: { note: 1 } });

    expect(other.json).toMatchObject({
      status: 422,
      code: 'idempotency-key-reused',
      recovery: 'fix-request',
    });
    expect(otherAction.json.code).toBe('idempotency-key-reused');
    expect(invalid.json.code).toBe('invalid-input');
  });

  test('passes authorization anew', async () => {
    const alice = await signedIn();
    const created = await alice.create();
    const key = freshKey();
    await alice.act('submit', created, { key });
    const reader = await signedIn({ scopes: 'payouts:read' });

    const refused = await reader.act('submit', created, { key });

    expect(refused.json.code).toBe('insufficient-scope');
  });

  // arun0009/idempotent#217: one user receives another user's stored answer.
  test('is for the same user: another of the tenant gets 422, another tenant nothing', async () => {
    const tenant = freshTenant();
    const alice = await signedIn({ tenant });
    const bob = await signedIn({ tenant, subject: 'bob' });
    const stranger = await signedIn({ tenant: freshTenant() });
    const createKey = freshKey();
    const key = freshKey();
    const created = await alice.create(createKey);
    await alice.act('submit', created, { key });

    const bobs = await bob.act('submit', created, { key });
    const bobsCreate = await bob.create(createKey);
    const strangers = await stranger.act('submit', created, { key });
    const strangersCreate = await stranger.create(createKey);

    expect(bobs.json.code).toBe('idempotency-key-reused');
    expect(bobsCreate.json.code).toBe('idempotency-key-reused');
    expect(strangers.json.code).toBe('not-found');
    expect(strangersCreate).toMatchObject({ status: 201, replayed: false });
    expect(strangersCreate.json.id).not.toBe(created.json.id);
  });

  test('is not given for a refusal: the same key may be sent again once the request is right', async () => {
    const alice = await signedIn();
    const created = await alice.create();
    const key = freshKey();

    const refused = await alice.act('submit', created, { key, ifMatch: '"9-x"' });
    const done = await alice.act('submit', created, { key });

    expect(refused.status).toBe(412);
    expect(done).toMatchObject({ status: 200, replayed: false });
  });
});
