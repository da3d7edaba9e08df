import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../support/client.ts';
import { check } from './check.ts';
import type { History, Sent, Write } from './history.ts';
import { keyHash, type Row } from './history-row.ts';
import { inputOf } from './knowledge.ts';
import { act, EXCHANGE, exchanged, type Payout } from './payout-machine.ts';
import type { Rule } from './violation.ts';

const VERSION = '2026-11-01';

const answer = (status: number, json: object, etag = ''): Answer => ({
  status,
  json: { ...json },
  text: JSON.stringify(json),
  etag,
  replayed: false,
  headers: new Headers(),
});

const write = (id: string | undefined, key: string, rest: Pick<Write, 'action' | 'input'>): Write => ({
  kind: 'act',
  id,
  key,
  user: { name: 'alice', tenant: 'acme' },
  version: VERSION,
  ifMatch: id && `"1-${id}"`,
  ...rest,
});

/** Two payouts, of which one exchanges references with the other; then the other one is cancelled. */
function sound() {
  const [a, b] = [0, 1].map((n) => act('create', undefined, 'alice', inputOf('create', n))) as [
    Payout,
    Payout,
  ];
  const done = act(EXCHANGE, a, 'alice', { other: 'po_b' }, { other: b });
  const taken = exchanged(b, a);
  const cancel = { action: 'cancel', input: inputOf('cancel', 2) } as const;
  const cancelled = act('cancel', taken, 'alice', cancel.input);
  const shown = (id: string, payout: Payout) => ({ id, ...JSON.parse(JSON.stringify(payout)) });
  const said: readonly (readonly [Write, Answer])[] = [
    [
      write(undefined, 'k0', { action: 'create', input: inputOf('create', 0) }),
      answer(201, shown('po_a', a), '"1-po_a"'),
    ],
    [
      write(undefined, 'k1', { action: 'create', input: inputOf('create', 1) }),
      answer(201, shown('po_b', b), '"1-po_b"'),
    ],
    [
      write('po_a', 'k2', { action: EXCHANGE, input: { other: 'po_b' } }),
      answer(200, shown('po_a', done), '"2-x"'),
    ],
    [{ ...write('po_b', 'k3', cancel), ifMatch: '"2-y"' }, answer(200, shown('po_b', cancelled), '"3-z"')],
  ];
  const sent = said.map(
    ([what, answered], i): Sent => ({
      what,
      invoked: 2 * i + 1,
      answered: 2 * i + 2,
      answer: answered,
      calls: ['done'],
    }),
  );
  const row = (version: number, action: string, key: string): Row => ({
    ...{ version, action, actor: 'alice', key: keyHash(key), to: 'draft' },
    ...(version > 1 && { from: 'draft' }),
  });
  return {
    sent,
    a: {
      last: answer(200, shown('po_a', done), '"2-x"'),
      rows: [row(1, 'create', 'k0'), row(2, EXCHANGE, 'k2')],
    },
    b: {
      last: answer(200, shown('po_b', cancelled), '"3-z"'),
      rows: [
        row(1, 'create', 'k1'),
        { ...row(2, 'payouts.exchange', 'k2'), cause: { id: 'po_a', version: 2 } },
        { ...row(3, 'cancel', 'k3'), to: 'cancelled' },
      ],
    },
  };
}

type Sound = ReturnType<typeof sound>;

const historyOf = ({ sent, a, b }: Sound): History => ({
  sent,
  final: Object.entries({ po_a: a, po_b: b }).map(([id, { last, rows }]) => ({
    id,
    tenant: 'acme',
    payout: last,
    history: answer(200, { items: rows, completeToVersion: rows.length, currentVersion: rows.length }),
    operations: [],
    transfers: [],
  })),
});

/** The history with the second version of the second payout told otherwise. */
const told = (change: (row: Row) => Row): Sound => {
  const { b, ...rest } = sound();
  return { ...rest, b: { ...b, rows: b.rows.map((row) => (row.version === 2 ? change(row) : row)) } };
};

/** The exchange, when the other payout was cancelled already. */
function late(): Sound {
  const { a, b, sent } = sound();
  const [first, , third] = b.rows as [Row, Row, Row];
  const [cancel] = sent.splice(3) as [Sent<Write>];
  const untold = {
    ...cancel,
    what: { ...cancel.what, ifMatch: '"1-po_b"' },
    answer: undefined,
    answered: undefined,
  };
  return {
    a,
    sent: [...sent, untold],
    b: {
      ...b,
      rows: [
        first,
        { ...third, version: 2 },
        {
          ...first,
          version: 3,
          action: 'payouts.exchange',
          key: keyHash('k2'),
          from: 'cancelled',
          to: 'cancelled',
          cause: { id: 'po_a', version: 2 },
        },
      ],
    },
  };
}

/** Each payout's exchange is made of what the other one's has left. */
function circle(): Sound {
  const { a, b, sent } = sound();
  const [created] = a.rows as [Row];
  const own = { ...created, version: 2, action: EXCHANGE, from: 'draft' };
  const other = { ...own, version: 3, action: 'payouts.exchange' };
  const of = (key: string, id: string) => [
    created,
    { ...own, key: keyHash(key) },
    { ...other, key: keyHash(key === 'k2' ? 'k4' : 'k2'), cause: { id, version: 2 } },
  ];
  const at = (each: Sound['a']) => ({ ...each.last, etag: '"3-x"' });
  return {
    sent,
    a: { last: at(a), rows: of('k2', 'po_b') },
    b: { last: at(b), rows: of('k4', 'po_a').with(0, b.rows[0] as Row) },
  };
}

const BOTH = 'what is decided on two payouts is done to both';

const LIES: readonly (readonly [what: string, lie: Sound, rule: Rule])[] = [
  ['changes one payout of two', told(({ cause: _, ...row }) => ({ ...row, action: 'change-amount' })), BOTH],
  [
    'changes the second payout for no version of the first',
    told((row) => ({ ...row, cause: { id: 'po_a', version: 3 } })),
    BOTH,
  ],
  [
    'changes the second payout for another action',
    told((row) => ({ ...row, cause: { id: 'po_a', version: 1 } })),
    BOTH,
  ],
  ['changes the second payout under another key', told((row) => ({ ...row, key: keyHash('k9') })), BOTH],
  ['moves the second payout', told((row) => ({ ...row, to: 'submitted' })), BOTH],
  [
    'decides on what the second payout no longer was',
    late(),
    'an effect is what its request asks, and the state permits',
  ],
  ['has each change of two come before the other', circle(), 'all that was done has one order'],
];

describe('a history of decisions on two payouts', () => {
  test('that one decision after the other explains holds', () => {
    expect(() => check(historyOf(sound()))).not.toThrow();
  });

  test.each(LIES)('that %s does not', (_, lie, rule) => {
    expect(() => check(historyOf(lie))).toThrow(rule);
  });

  test('in which the second payout is seen as it was, once the decision has been answered, does not', () => {
    const { sent, ...rest } = sound();
    const [, made, decided] = sent as [Sent, Sent, Sent];
    const seen: Sent = {
      ...made,
      what: { kind: 'payout', id: 'po_b', user: { name: 'alice', tenant: 'acme' }, version: VERSION },
      invoked: (decided.answered ?? 0) + 0.3,
      answered: (decided.answered ?? 0) + 0.6,
      answer: answer(200, made.answer?.json ?? {}, made.answer?.etag),
    };

    expect(() => check(historyOf({ sent: [...sent, seen], ...rest }))).toThrow('reads never go back');
  });
});
