import { describe, expect, test } from '@jest/globals';
import { encodeCursor } from '../../lib/holdfast/core/requests/cursor.ts';
import { newestVersion } from '../../lib/holdfast/core/versions/api-version.ts';
import { loadRegistry } from '../../lib/holdfast/service/registry.ts';
import { type Answer, draft, freshKey, send, type User } from '../support/client.ts';
import { leavesOf, sampleOf } from '../support/sample-input.ts';
import { BASE_URL, freshTenant, signedIn, token } from './users.ts';

describe('C5: what comes from outside is as short as a key may be', () => {
  test.each([
    ['1,025 digits', '1'.repeat(1_025)],
    ['eleven digits', '1'.repeat(11)],
    ['points alone', '...'],
    ['no digits', 'x'],
  ])('a history is not read on behind %s', async (_, after) => {
    const alice = await signedIn();
    const { json } = await alice.create();

    const answer = await alice.get(`/payouts/${json.id}/history?after=${after}`);

    expect(answer).toMatchObject({
      status: 400,
      json: { code: 'invalid-query', errors: [{ parameter: 'after' }] },
    });
  });

  test.each([
    ['2 KB', { createdAt: '2026-11-25T07:02:45.894Z', id: 'a'.repeat(2_048) }],
    ['a time of 2 KB', { createdAt: 'a'.repeat(2_048), id: 'po_1' }],
  ])('a cursor that somebody made himself, with an id of %s, is refused', async (_, position) => {
    const tenant = freshTenant();
    const alice = await signedIn({ tenant });
    const cursor = encodeCursor({ tenant, resource: 'payouts', filter: '' }, position);

    const answer = await alice.get(`/payouts?cursor=${cursor}`);

    expect(answer).toMatchObject({ status: 400, json: { code: 'invalid-query' } });
  });

  test('a tenant of 2,000 characters has no token', async () => {
    const stranger = await token({ tenant: 'ü'.repeat(2_000), subject: 'alice', scopes: 'payouts:*' });

    const answer = await send(`${BASE_URL}/payouts`, { method: 'GET', token: stranger });

    expect(answer).toMatchObject({ status: 401, json: { code: 'unauthenticated' } });
  });

  test('a tenant whose name is encoded in three times as many bytes works like any other', async () => {
    const alice = await signedIn({ tenant: `${'日'.repeat(90)}${freshKey()}` });

    const created = await alice.create();
    const read = await alice.get(`/payouts/${created.json.id}`);
    const listed = await alice.get('/payouts?state=draft');

    expect([created.status, read.status, listed.status]).toEqual([201, 200, 200]);
    expect(listed.json.items).toHaveLength(1);
  });

  test.each([
    `/payouts/po_${'0'.repeat(2_048)}`,
    `/payouts/${'a'.repeat(2_048)}/history`,
    `/operations/op_${'0'.repeat(2_048)}`,
  ])('nothing is at %s', async (path) => {
    const alice = await signedIn({ scopes: 'payouts:* operations:*' });

    expect(await alice.get(path)).toMatchObject({ status: 404, json: { code: 'not-found' } });
  });

  test.each([`/payouts?state=${'a'.repeat(2_048)}`, `/operations?resource=po_${'0'.repeat(2_048)}`])(
    'a filter of 2 KB is refused: %s',
    async (path) => {
      const alice = await signedIn({ scopes: 'payouts:* operations:*' });

      expect(await alice.get(path)).toMatchObject({ status: 400, json: { code: 'invalid-query' } });
    },
  );
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

describe('what an action was told', () => {
  /** The states that a payout is in, by the way that leads there. */
  const WAYS: Readonly<Record<string, readonly string[]>> = {
    draft: [],
    submitted: ['submit'],
    approved: ['submit', 'approve'],
    cancelled: ['cancel'],
  };

  const told = async () => {
    const { resources } = await loadRegistry();
    const { actions = [] } = resources.find(({ definition }) => definition.name === 'payouts') ?? {};
    return new Map(actions.map(({ definition }) => [definition.name, definition]));
  };

  const people = async () => ({
    alice: await signedIn({ scopes: 'payouts:* operations:*' }),
    bob: await signedIn({ subject: 'bob', scopes: 'payouts:* operations:*' }),
  });

  async function standing(state: string, { alice, bob }: { alice: User; bob: User }): Promise<Answer> {
    let payout = await alice.create();
    for (const action of WAYS[state] ?? [])
      payout = await (action === 'approve' ? bob : alice).act(action, payout, {
        body: action === 'cancel' ? { reason: 'x' } : {},
      });
    return payout;
  }

  test.each(['create', 'submit', 'approve', 'cancel', 'change-amount', 'reopen', 'disburse'])(
    'can be read again on the resource, every member of it: %s',
    async (name) => {
      const actions = await told();
      const { input, from = [] } = actions.get(name) as NonNullable<ReturnType<typeof actions.get>>;
      const both = await people();
      const body = sampleOf(input) as Record<string, unknown>;
      const [state] = from;

      const answer =
        state === undefined
          ? await both.alice.create(freshKey(), body)
          : await both.bob.act(name, await standing(state, both), { body });
      const resource = (answer.json.resource as { id: string } | undefined)?.id ?? answer.json.id;
      const read = await both.alice.get(`/payouts/${resource}`, { 'API-Version': newestVersion.date });

      expect(answer.status).toBeLessThan(300);
      expect(leavesOf(read.json)).toEqual(expect.arrayContaining([...leavesOf(body)]));
    },
  );

  test('is looked at above for every action that there is', async () => {
    expect([...(await told()).keys()].sort()).toEqual(
      ['approve', 'cancel', 'change-amount', 'create', 'disburse', 'reopen', 'submit'].sort(),
    );
  });
});
