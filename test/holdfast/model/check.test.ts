import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../support/client.ts';
import { check } from './check.ts';
import type { End, History, Operation, Read, Sent, User, Write } from './history.ts';
import { keyHash } from './history-row.ts';
import { inputOf } from './knowledge.ts';
import { type ActionName, act, end, type Payout } from './payout-machine.ts';
import type { Rule } from './violation.ts';

const ID = 'po_1';
const VERSION = '2026-11-01';
const OPERATION = 'op_1';
const TAGS = ['"1-a"', '"2-b"', '"3-c"', '"4-d"', '"5-e"'] as const;

const answer = (status: number, json: object, etag = '', replayed = false): Answer => ({
  status,
  json: { ...json },
  text: JSON.stringify(json),
  etag,
  replayed,
  headers: new Headers(),
});

const user = (name: User['name'], tenant = 'acme') => ({ name, tenant });

const write = (action: ActionName, name: User['name'], key: string, ifMatch?: string): Write => ({
  kind: 'act',
  action,
  id: action === 'create' ? undefined : ID,
  user: user(name),
  key,
  version: VERSION,
  ifMatch,
  input: inputOf(action, 1),
});

const read = (name: User['name'], tenant?: string): Read => ({
  kind: 'payout',
  id: ID,
  user: user(name, tenant),
  version: VERSION,
});

/** A payout is drafted, submitted, approved and paid; a retry, refusals and reads are in between. */
function sound() {
  const times = { createdAt: 'then', updatedAt: 'then' };
  const shown = (payout: Payout) => ({ id: ID, ...JSON.parse(JSON.stringify(payout)), ...times });
  const draft = act('create', undefined, 'alice', inputOf('create', 1));
  const submitted = act('submit', draft, 'alice', inputOf('submit', 1));
  const approved = act('approve', submitted, 'bob', inputOf('approve', 1));
  const disbursing = act('disburse', approved, 'alice', inputOf('disburse', 1), { operation: OPERATION });
  const paid = end(disbursing, 'paid');
  const [first, second, third, fourth, fifth] = TAGS;
  const current = { state: 'submitted', version: 2, allowedActions: ['approve', 'cancel'] };
  const said: (readonly [Write | Read | End, Answer])[] = [
    [write('create', 'alice', 'k1'), answer(201, shown(draft), first)],
    [write('submit', 'alice', 'k2', first), answer(200, shown(submitted), second)],
    [read('bob'), answer(200, shown(submitted), second)],
    [write('submit', 'alice', 'k2', first), answer(200, shown(submitted), second, true)],
    [write('cancel', 'bob', 'k3', first), answer(412, { code: 'version-mismatch', current }, second)],
    [write('approve', 'alice', 'k4', second), answer(403, { code: 'separation-of-duties' })],
    [write('approve', 'bob', 'k5', second), answer(200, shown(approved), third)],
    [read('mallory', 'other'), answer(404, { code: 'not-found' })],
    [read('alice'), answer(200, shown(approved), third)],
    [write('disburse', 'alice', 'k6', third), answer(202, { id: OPERATION, state: 'accepted' }, fourth)],
    [
      { kind: 'end-operation', id: OPERATION, payout: ID, verdict: 'clear' },
      answer(200, { id: OPERATION, state: 'succeeded' }),
    ],
    [read('bob'), answer(200, shown(paid), fifth)],
  ];
  const sent = said.map(
    ([what, answered], i): Sent => ({
      what,
      invoked: 2 * i + 1,
      answered: 2 * i + 2,
      answer: answered,
      calls: ['GetItem', 'UpdateItem'],
    }),
  );
  const row = (
    version: number,
    action: string,
    actor: string,
    key: string,
    from: string | undefined,
    to: string,
  ) => ({
    version,
    action,
    actor,
    key: keyHash(key),
    ...(from !== undefined && { from }),
    to,
  });
  const rows: object[] = [
    row(1, 'create', 'alice', 'k1', undefined, 'draft'),
    row(2, 'submit', 'alice', 'k2', 'draft', 'submitted'),
    row(3, 'approve', 'bob', 'k5', 'submitted', 'approved'),
    { ...row(4, 'disburse', 'alice', 'k6', 'approved', 'disbursing'), operation: OPERATION },
    {
      version: 5,
      action: 'disburse',
      actor: 'system:operation',
      from: 'disbursing',
      to: 'paid',
      operation: OPERATION,
    },
  ];
  const operations: readonly Operation[] = [{ id: OPERATION, state: 'succeeded', resource: { id: ID } }];
  return { sent, rows, operations, transfers: ['BOOKED'], last: answer(200, shown(paid), fifth) };
}

type Sound = ReturnType<typeof sound>;

const historyOf = ({ sent, rows, last, operations, transfers }: Sound): History => ({
  sent,
  final: [
    {
      id: ID,
      tenant: 'acme',
      payout: last,
      history: answer(200, { items: rows, completeToVersion: rows.length, currentVersion: rows.length }),
      operations,
      transfers,
    },
  ],
});

/** The history with one request told otherwise. */
function told(place: number, change: (sent: Sent) => Partial<Sent>): Sound {
  const { sent, ...rest } = sound();
  return { ...rest, sent: sent.map((each, i) => (i === place ? { ...each, ...change(each) } : each)) };
}

/** The history with another answer to one request. */
const answered = (place: number, change: (answer: Answer) => Partial<Answer>): Sound =>
  told(place, ({ answer: given }) => (given ? { answer: { ...given, ...change(given) } } : {}));

const rows = (change: (rows: object[]) => object[]): Sound => ({ ...sound(), rows: change(sound().rows) });

const LIES: readonly (readonly [what: string, lie: Sound, rule: Rule])[] = [
  ['lacks a version', rows((all) => all.slice(0, 2)), 'a history tells each version once'],
  [
    'tells a version twice',
    rows((all) => all.with(2, all[1] as object)),
    'a history tells each version once',
  ],
  [
    'tells an effect of a request that was refused',
    rows((all) => all.with(2, { ...all[2], actor: 'alice', key: keyHash('k4') })),
    'a refused request has no effect',
  ],
  [
    'tells an effect that nobody asked for',
    rows((all) => all.with(2, { ...all[2], key: keyHash('k9') })),
    'a refused request has no effect',
  ],
  [
    'tells a step that the state does not permit',
    rows((all) => all.with(2, { ...all[2], from: 'draft' })),
    'an effect is what its request asks, and the state permits',
  ],
  [
    'shows another effect than the one asked for',
    answered(6, ({ json }) => ({ json: { ...json, approvedBy: 'carol' } })),
    'an effect is what its request asks, and the state permits',
  ],
  [
    'has an action act on a version that it does not name',
    told(6, ({ what }) => ({ what: { ...(what as Write), ifMatch: '"1-a"' } })),
    'an action takes effect on the version that it names',
  ],
  [
    'has an action act on what a weak tag names',
    told(6, ({ what }) => ({ what: { ...(what as Write), ifMatch: 'W/"2-b"' } })),
    'an action takes effect on the version that it names',
  ],
  [
    'shows two tags of a version',
    answered(2, () => ({ etag: '"2-x"' })),
    'a version is the same for whoever sees it',
  ],
  [
    'shows two bodies of a version',
    answered(2, ({ json }) => ({ json: { ...json, updatedAt: 'now' } })),
    'a version is the same for whoever sees it',
  ],
  [
    'shows a version that never was',
    answered(8, () => ({ etag: '"6-x"' })),
    'a version is the same for whoever sees it',
  ],
  ['has another answer for a retry', answered(3, () => ({ text: 'other' })), 'a key has one answer'],
  ['has another status for a retry', answered(3, () => ({ status: 201 })), 'a key has one answer'],
  [
    'has the answer of a key for another request',
    told(3, ({ what }) => ({ what: { ...(what as Write), input: { note: 'other' } } })),
    'a key answers the request that it came with alone',
  ],
  ['has two first answers', answered(3, () => ({ replayed: false })), 'one answer of a key is no replay'],
  ['has a replay of nothing', answered(6, () => ({ replayed: true })), 'one answer of a key is no replay'],
  [
    'refuses a retry for its own success',
    answered(3, () => ({ ...sound().sent[4]?.answer })),
    'a retry is told of its own success',
  ],
  [
    'refuses the version that stands',
    told(4, ({ what }) => ({ what: { ...(what as Write), ifMatch: '"2-b"' } })),
    'a refusal is true when it is made',
  ],
  [
    'refuses whoever may',
    told(5, ({ what }) => ({ what: { ...(what as Write), user: user('bob') } })),
    'a refusal is true when it is made',
  ],
  [
    'refuses a key that is new',
    answered(4, () => answer(422, { code: 'idempotency-key-reused' })),
    'a refusal is true when it is made',
  ],
  ['reads what is no longer so', answered(8, () => ({ ...sound().sent[2]?.answer })), 'reads never go back'],
  [
    'refuses for what is no longer so',
    told(4, () => ({ invoked: 15, answered: 16 })),
    'versions follow each other in real time',
  ],
  [
    'finds what another tenant has',
    answered(7, () => ({ ...sound().sent[8]?.answer })),
    'a tenant sees its own alone',
  ],
  [
    'does not find its own',
    answered(8, () => answer(404, { code: 'not-found' })),
    'a tenant sees its own alone',
  ],
  [
    'has two operations of a disbursement',
    {
      ...sound(),
      operations: [...sound().operations, { ...sound().operations[0], id: 'op_2' } as Operation],
    },
    'each disbursement has one operation',
  ],
  [
    'has no operation of a disbursement',
    { ...sound(), operations: [] },
    'each disbursement has one operation',
  ],
  [
    'says paid of what the bank has not',
    { ...sound(), transfers: ['NOT_FOUND'] },
    'an operation ends as its partners say',
  ],
  [
    'pays what was not clear',
    told(10, ({ what }) => ({ what: { ...(what as End), verdict: 'hit' } })),
    'an operation ends as its partners say',
  ],
  [
    'has an answer that is in no contract',
    answered(5, () => answer(500, { code: 'internal-error' })),
    'nothing else is answered',
  ],
];

describe('a history', () => {
  test('that one payout after the other explains holds', () => {
    expect(() => check(historyOf(sound()))).not.toThrow();
  });

  test.each(LIES)('that %s does not', (_, lie, rule) => {
    expect(() => check(historyOf(lie))).toThrow(rule);
  });
});
