import { describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { Conformance } from '../../../lib/holdfast/testing/scene/conformance.ts';
import { draft, freshKey, send } from '../support/client.ts';
import { BASE_PATH, BASE_URL, signedIn } from './users.ts';

// What every action keeps is in `test/contract.test.ts`; this is what payouts alone are.

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

  test('that its submitter approves is refused last of all, by a problem of its own, which the document knows', async () => {
    const alice = await signedIn();
    const submitted = await alice.act('submit', await alice.create());

    const refused = await alice.act('approve', submitted);
    const stale = await alice.act('approve', submitted, { ifMatch: '"1-aaaa"' });

    expect(refused.json).toMatchObject({ status: 403, code: 'separation-of-duties', recovery: 'stop' });
    expect(stale.json.code).toBe('version-mismatch');
    const { json } = await send(`${BASE_URL}/openapi.json`, { method: 'GET' });
    const path = `/payouts/${submitted.json.id}/approve`;
    expect(new Conformance(json).faults('POST', path, refused)).toEqual([]);
  });

  test('that is made with many faults is refused with all of them, each with a pointer', async () => {
    const alice = await signedIn();
    const body = {
      amount: { currency: 'EUR', value: '1' },
      beneficiary: { name: '', iban: 'DE00' },
      'a/b~c': 1,
    };

    const refused = await alice.create(freshKey(), body);

    expect(refused.json).toMatchObject({ status: 422, code: 'invalid-input', recovery: 'fix-request' });
    const pointers = (refused.json.errors as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(pointers.sort()).toEqual([
      '/amount/value',
      '/a~1b~0c',
      '/beneficiary/iban',
      '/beneficiary/name',
      '/reference',
    ]);
  });
});

describe('C4: what one person writes and another reads', () => {
  const named = (name: string) => ({ ...draft(), beneficiary: { ...draft().beneficiary, name } });

  test.each([
    'Love\u200Blace',
    'Love\u0000lace',
    'Love\u202Ecalevol',
    'Love\r\nlace',
    '\u001B[2J',
    '\u3164',
    '  ',
  ])('is no name: %j', async (name) => {
    const alice = await signedIn();

    const answer = await alice.create(freshKey(), named(name));

    expect(answer).toMatchObject({
      status: 422,
      json: { code: 'invalid-input', errors: [{ pointer: '/beneficiary/name' }] },
    });
  });

  test('is no reference where it shows nothing', async () => {
    const alice = await signedIn();

    const answer = await alice.create(freshKey(), { ...draft(), reference: '   ' });

    expect(answer).toMatchObject({ status: 422, json: { errors: [{ pointer: '/reference' }] } });
  });

  test('is the same text in either of its spellings: a request in the other one is a replay', async () => {
    const alice = await signedIn();
    const key = freshKey();

    const composed = await alice.create(key, named('Müller'));
    const decomposed = await alice.create(key, named('Mu\u0308ller'));
    const other = await alice.create(key, named('Muller'));

    expect(composed).toMatchObject({ status: 201, json: { beneficiary: { name: 'Müller' } } });
    expect(decomposed).toMatchObject({ status: 201, replayed: true, text: composed.text });
    expect(other).toMatchObject({ status: 422, json: { code: 'idempotency-key-reused' } });
  });
});

test.each(['XX0912345678901234567890', 'DE8937040044053201300', 'DE02370400440000000024'.slice(0, 20)])(
  'C6: %s is no IBAN of any country',
  async (iban) => {
    const alice = await signedIn();

    const answer = await alice.create(freshKey(), { ...draft(), beneficiary: { name: 'x', iban } });

    expect(answer).toMatchObject({ status: 422, json: { errors: [{ pointer: '/beneficiary/iban' }] } });
  },
);

test('C7: a number that a double cannot hold is refused before it is compared with another', async () => {
  const alice = await signedIn();
  const key = freshKey();
  const older = (amount: string) =>
    alice.post('/payouts', {
      key,
      headers: { 'API-Version': '2026-05-01' },
      body: JSON.stringify({ ...draft(), currency: 'EUR', amount: 0 }).replace(
        '"amount":0',
        `"amount":${amount}`,
      ),
    });

  const answers = [await older('4503599627370497.5'), await older('4503599627370498.4')];

  for (const answer of answers)
    expect(answer).toMatchObject({
      status: 400,
      json: { code: 'malformed-request', errors: [{ pointer: '/amount' }] },
    });
});
