import type { Answer, User } from './client.ts';
import { eventually } from './eventually.ts';

/** Who acts: two, since nobody approves what they have submitted. */
export type People = Readonly<Record<'alice' | 'bob', User>>;

/** A request, and the answer that it got. */
export interface Exchange {
  readonly user: 'alice' | 'bob';
  readonly path: string;
  readonly key: string;
  readonly ifMatch?: string;
  readonly body: unknown;
  readonly status: number;
  readonly etag: string;
  readonly text: string;
}

/** What a release was asked, and what it answered. */
export interface Exchanges {
  readonly exchanges: readonly Exchange[];
  /** Path of the operation that was under way. */
  readonly operation: string;
}

/**
 * Lets a service store one of each: a payout with a receipt of each kind, one that has spilled, and one whose operation
 * waits for a partner that never calls back, as it was told to.
 */
export async function oneOfEach({ alice, bob }: People): Promise<Exchanges> {
  const exchanges: Exchange[] = [];
  let keys = 0;
  const act = async (user: 'alice' | 'bob', path: string, on: Answer | undefined, body: unknown) => {
    const key = `golden-${keys++}`;
    const ifMatch = on?.etag;
    const sending = { key, body, ...(ifMatch !== undefined && { ifMatch }) };
    const answer = await { alice, bob }[user].post(path, sending);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`);
    const { status, etag, text } = answer;
    exchanges.push({ user, path, ...sending, status, etag, text });
    return answer;
  };
  const draft = (reference: string) => ({
    amount: { currency: 'EUR', value: '1250.00' },
    beneficiary: { name: 'Lovelace Ltd', iban: 'DE89370400440532013000' },
    reference,
  });
  const create = (reference: string) => act('alice', '/payouts', undefined, draft(reference));
  const at = ({ json }: Answer, action: string) => `/payouts/${json.id}/${action}`;

  const first = await create('moved on');
  const submitted = await act('alice', at(first, 'submit'), first, { note: 'please' });
  const approved = await act('bob', at(first, 'approve'), submitted, {});
  await act('alice', at(first, 'cancel'), approved, { reason: 'typo' });

  let spilling = await create('spilled');
  for (let i = 0; i < 17; i++) {
    spilling = await act('alice', at(spilling, 'change-amount'), spilling, {
      amount: { currency: 'EUR', value: `${1000 + i}.00` },
    });
  }

  const third = await create('under way');
  const ready = await act(
    'bob',
    at(third, 'approve'),
    await act('alice', at(third, 'submit'), third, {}),
    {},
  );
  const accepted = await act('alice', at(third, 'disburse'), ready, {});
  await eventually(
    'the report of screening in the history',
    () => historyHas(alice, third, 'report'),
    (isThere) => isThere,
  );
  return { exchanges, operation: `/operations/${accepted.json.id}` };
}

const historyHas = async (alice: User, payout: Answer, action: string) =>
  ((await alice.get(`/payouts/${payout.json.id}/history`)).json.items as { action: string }[]).some(
    (entry) => entry.action === action,
  );

/** Each answer as it came, and as it has to come when its request is sent once more. */
export async function sendAgain({ alice, bob }: People, { exchanges }: Exchanges) {
  const replays = [];
  for (const { user, path, key, ifMatch, body } of exchanges) {
    const sending = { key, body, ...(ifMatch !== undefined && { ifMatch }) };
    const { status, etag, text, replayed } = await { alice, bob }[user].post(path, sending);
    replays.push({ status, etag, text, replayed });
  }
  const first = exchanges.map(({ status, etag, text }) => ({ status, etag, text, replayed: true }));
  return { first, replays };
}

/** Works on what a release before has left: cancels the operation under way, and submits the payout that has spilled. */
export async function workOn({ alice }: People, { exchanges, operation }: Exchanges) {
  const underWay = await alice.get(operation);
  const cancelled = await alice.post(`${operation}/cancel`, { key: `cancel-${Date.now()}`, body: {} });
  const spilled = JSON.parse(exchanges.find(({ path }) => path.endsWith('/change-amount'))?.text ?? '{}');
  const read = await alice.get(`/payouts/${spilled.id}`);
  const submitted = await alice.act('submit', read);
  return { underWay, cancelled, read, submitted };
}
