import { describe, expect, test } from '@jest/globals';
import { openApiDocument } from '../../../lib/holdfast/openapi/document.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';
import { Conformance } from '../../../lib/holdfast/testing/scene/conformance.ts';
import { type Answer, draft, freshKey, type Sending } from '../support/client.ts';
import { BASE_PATH, freshTenant, signedIn } from './users.ts';

const MAY = '2026-05-01';
const NEWEST = '2026-11-01';
const inMay = { 'API-Version': MAY };
const inNewest = { 'API-Version': NEWEST };

/** The draft of {@link draft}, in the shape of May: minor units, and the currency beside them. */
const { amount: _, ...rest } = draft();
const oldDraft = { ...rest, amount: 125_000, currency: 'EUR' };

const signInFresh = () => signedIn({ tenant: freshTenant(), scopes: 'payouts:* operations:*' });

const createOld = (alice: Awaited<ReturnType<typeof signedIn>>, sending: Sending = {}) =>
  alice.post('/payouts', { key: freshKey(), body: oldDraft, headers: inMay, ...sending });

const told = ({ headers }: Answer) =>
  ['Deprecation', 'Sunset', 'Link'].map((name) => headers.get(name)).join(' | ');

const ofMay = `@1793491200 | Mon, 01 Nov 2027 00:00:00 GMT | <${BASE_PATH}/docs/versions#2026-05-01>; rel="deprecation"; type="text/html", <${BASE_PATH}/docs/versions#2026-05-01>; rel="sunset"; type="text/html"`;

describe('a client of an older version', () => {
  test('creates, reads and lists in its own shape, and another reads the same payout in the newest', async () => {
    const alice = await signInFresh();

    const created = await createOld(alice);
    const read = await alice.get(`/payouts/${created.json.id}`, inMay);
    const list = await alice.get('/payouts?state=draft', inMay);
    const newest = await alice.get(`/payouts/${created.json.id}`);

    expect(created).toMatchObject({ status: 201, json: oldDraft });
    expect(read).toMatchObject({ status: 200, text: created.text, etag: created.etag });
    expect(list.json.items).toEqual([created.json]);
    expect(newest.json).toMatchObject(draft());
    expect(newest.json).not.toHaveProperty('currency');
  });

  test('has entity tags of its own, and writes with whatever tag the payout was read under', async () => {
    const alice = await signInFresh();
    const created = await createOld(alice);
    const newest = await alice.get(`/payouts/${created.json.id}`);

    const changed = await alice.act('change-amount', newest, {
      headers: inMay,
      body: { amount: 700, currency: 'JPY' },
    });
    const submitted = await alice.act('submit', changed);
    const stale = await alice.act('cancel', changed, { headers: inMay, body: { reason: 'no' } });

    expect(created.etag).toBe(newest.etag.replace(/"$/, `;${MAY}"`));
    expect(changed).toMatchObject({ status: 200, json: { amount: 700, currency: 'JPY' } });
    expect(submitted).toMatchObject({ status: 200, json: { amount: { currency: 'JPY', value: '700' } } });
    expect(stale.json).toMatchObject({
      code: 'version-mismatch',
      current: { state: 'submitted', version: 3 },
    });
    expect(stale.etag).toBe(submitted.etag.replace(/"$/, `;${MAY}"`));
  });

  test('is refused a tag of a version that is not served', async () => {
    const alice = await signInFresh();
    const created = await createOld(alice);
    const forged = created.etag.replace(MAY, '2026-04-30');

    const refused = await alice.act('submit', created, { ifMatch: forged });

    expect(refused.json.code).toBe('version-mismatch');
  });

  test('is refused the newest shape, and another the old one, each with pointers into what it sent', async () => {
    const alice = await signInFresh();

    const newShape = await createOld(alice, { body: draft() });
    const oldShape = await alice.create(freshKey(), oldDraft);
    const noCurrency = await createOld(alice, { body: { ...oldDraft, currency: 'XXX' } });

    expect(newShape.json).toMatchObject({
      code: 'invalid-input',
      errors: [{ pointer: '/amount' }, { pointer: '/currency', detail: 'is required' }],
    });
    expect(oldShape.json).toMatchObject({
      code: 'invalid-input',
      errors: [{ pointer: '/amount' }, { pointer: '/currency', detail: 'is not a member of the input' }],
    });
    expect(noCurrency.json.errors).toEqual([
      { pointer: '/currency', detail: 'is not an ISO 4217 currency code' },
    ]);
  });

  test('is told with every answer, problems included, that its version ends; another is not', async () => {
    const alice = await signInFresh();
    const created = await createOld(alice);

    const answers = await Promise.all([
      alice.get(`/payouts/${created.json.id}`, inMay),
      alice.get('/payouts', inMay),
      alice.get(`/payouts/${created.json.id}/history`, inMay),
      alice.get(`/payouts/po_${'0'.repeat(26)}`, inMay),
      alice.act('submit', created, { ifMatch: undefined, headers: inMay }),
      alice.get('/operations', inMay),
    ]);
    const newest = await alice.get('/payouts', inNewest);

    expect([created, ...answers].map(told)).toEqual(Array(7).fill(ofMay));
    expect(answers.map(({ headers }) => headers.get('Vary'))).toEqual(
      Array(6).fill('Authorization, API-Version'),
    );
    expect(answers[0]?.headers.get('Access-Control-Expose-Headers')).toMatch(/Deprecation.*Link.*Sunset/);
    expect(told(newest)).toBe(' |  | ');
  });
});

describe('the document of an older version', () => {
  test('describes its answers, refusals and replays included', async () => {
    const alice = await signInFresh();
    const conformance = new Conformance(openApiDocument(await loadRegistry(), MAY));
    const key = freshKey();
    const created = await createOld(alice, { key });
    const at = `/payouts/${created.json.id}`;
    const change = { headers: inMay, body: { amount: 5, currency: 'JPY' } };
    const changed = await alice.act('change-amount', created, change);

    const answers = [
      ['POST', '/payouts', created],
      ['POST', '/payouts', await createOld(alice, { key })],
      ['POST', '/payouts', await createOld(alice, { body: draft() })],
      ['POST', `${at}/change-amount`, changed],
      ['POST', `${at}/change-amount`, await alice.act('change-amount', created, change)],
      ['GET', at, await alice.get(at, inMay)],
      ['GET', '/payouts', await alice.get('/payouts', inMay)],
      ['GET', `${at}/history`, await alice.get(`${at}/history`, inMay)],
    ] as const;

    expect(answers.flatMap(([method, path, answer]) => conformance.faults(method, path, answer))).toEqual([]);
  });
});

describe('a retry in another version', () => {
  test('of a create is a replay in the version that it asks for, in both directions', async () => {
    const alice = await signInFresh();
    const [oldKey, newKey] = [freshKey(), freshKey()];
    const old = await createOld(alice, { key: oldKey });
    const recent = await alice.create(newKey);

    const inNew = await alice.create(oldKey);
    const inOld = await createOld(alice, { key: newKey });

    const readNew = await alice.get(`/payouts/${old.json.id}`);
    const readOld = await alice.get(`/payouts/${recent.json.id}`, inMay);
    expect(inNew).toMatchObject({ status: 201, replayed: true, json: readNew.json, etag: readNew.etag });
    expect(inOld).toMatchObject({ status: 201, replayed: true, json: readOld.json, etag: readOld.etag });
    expect(inNew.headers.get('Location')).toBe(old.headers.get('Location'));
  });

  test('in its own version it is the same to the byte, after others have changed the payout too', async () => {
    const alice = await signInFresh();
    const [first, second] = [freshKey(), freshKey()];
    const old = await createOld(alice, { key: first });
    const changed = await alice.act('change-amount', old, {
      key: second,
      headers: inMay,
      body: { amount: 1, currency: 'EUR' },
    });
    await alice.act('cancel', changed, { body: { reason: 'no' } });

    const replayedCreate = await createOld(alice, { key: first });
    const replayedChange = await alice.act('change-amount', old, {
      key: second,
      headers: inMay,
      body: { currency: 'EUR', amount: 1 },
    });
    const inNew = await alice.act('change-amount', old, {
      key: second,
      body: { amount: { currency: 'EUR', value: '0.01' } },
    });

    expect(replayedCreate).toMatchObject({ replayed: true, text: old.text, etag: old.etag });
    expect(replayedChange).toMatchObject({ replayed: true, text: changed.text, etag: changed.etag });
    expect(inNew).toMatchObject({
      replayed: true,
      json: { version: 2, state: 'draft', amount: { currency: 'EUR', value: '0.01' } },
      etag: changed.etag.replace(`;${MAY}`, ''),
    });
  });

  test('with another meaning is refused', async () => {
    const alice = await signInFresh();
    const key = freshKey();
    await createOld(alice, { key });

    const other = await alice.create(key, draft('1250.01'));

    expect(other.json).toMatchObject({ status: 422, code: 'idempotency-key-reused' });
  });

  test('whose input is the same in both is answered in the version that it asks for', async () => {
    const alice = await signInFresh();
    const key = freshKey();
    const created = await alice.create();
    const submitted = await alice.act('submit', created, { key });

    const inOld = await alice.act('submit', created, { key, headers: inMay });

    expect(inOld).toMatchObject({ status: 200, replayed: true, json: { amount: 125_000, currency: 'EUR' } });
    expect(inOld.etag).toBe(submitted.etag.replace(/"$/, `;${MAY}"`));
  });
});

describe('a version that is not served', () => {
  test('is refused to read and to write, with those that are; a malformed one with the form', async () => {
    const alice = await signInFresh();
    const created = await alice.create();
    const paths = ['/payouts', `/payouts/${created.json.id}`, `/payouts/${created.json.id}/history`];
    const unknown = { 'API-Version': '2026-05-02' };

    const reads = await Promise.all([...paths, '/operations'].map((path) => alice.get(path, unknown)));
    const write = await alice.act('submit', created, { headers: unknown });
    const malformed = await alice.get('/payouts', { 'API-Version': 'v2' });

    expect([...reads, write].map(({ json }) => [json.status, json.code, json.detail])).toEqual(
      Array(5).fill([
        400,
        'unknown-api-version',
        `API-Version names no version that is served; send ${NEWEST} or ${MAY}, or leave it out`,
      ]),
    );
    expect(malformed.json).toMatchObject({
      code: 'unknown-api-version',
      detail: `API-Version is not a date of the form YYYY-MM-DD; send ${NEWEST} or ${MAY}, or leave it out`,
    });
  });
});
