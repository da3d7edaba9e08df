import type { Registry } from '../../../lib/holdfast/service/registry.ts';
import { type Surroundings, tables } from '../../../lib/holdfast/testing/explore/fates.ts';
import type { Outcome, Scenario } from '../../../lib/holdfast/testing/explore/scenario.ts';
import { serialJudge } from '../../../lib/holdfast/testing/explore/serial.ts';
import type { Stand } from '../../../lib/holdfast/testing/explore/stand.ts';
import { World } from '../../../lib/holdfast/testing/explore/store/world.ts';
import { inputOf } from '../model/knowledge.ts';
import { modelJudge, READERS } from './judge.ts';
import { type Ask, type Person, Prelude, person } from './people.ts';

/** A scenario before its functions are there. */
export interface Plan {
  readonly name: string;
  /** What it is about, in a few words. */
  readonly about: string;
  /** Functions that it runs. */
  readonly functions: readonly string[];
  /** Faults in a schedule at most, that the whole proof takes. */
  readonly faults: number;
  /** What has its functions. @default the sample, and what is explored of it besides */
  readonly service?: { readonly registry: Registry; readonly values: Readonly<Record<string, string>> };
  /** @param readers whether the stand has the functions that read: the sequential model judges too then */
  set(stand: Stand, readers?: boolean): Promise<Scene>;
}

/** A scenario with its functions. */
export interface Scene {
  readonly scenario: Scenario;
  readonly surroundings: Surroundings;
}

/** Where a payout stands when a scenario begins. */
type Beginning = 'nothing' | 'draft' | 'full' | 'full again' | 'approved' | 'approved full';

/** As many receipts as an item holds: the next one has fourteen leave. */
const FULL = 16;

const LEAVE = 14;

/** So many changes fill its item, with what else is done to it. */
const CHANGES: Readonly<Partial<Record<Beginning, number>>> = {
  full: FULL - 1,
  'full again': FULL + LEAVE - 1,
  'approved full': FULL - 3,
};

/** A payout that somebody has brought there. */
export async function begin(
  stand: Stand,
  beginning: Beginning,
): Promise<Prelude & { id?: string; etag?: string }> {
  const prelude: Prelude & { id?: string; etag?: string } = new Prelude(stand, new World());
  if (beginning === 'nothing') return prelude;
  const created = await prelude.act({ by: 'alice', action: 'create', key: 'c', input: inputOf('create', 0) });
  const id = String(JSON.parse(created.text).id);
  let etag = created.headers.ETag;
  const act = async (by: Ask['by'], action: Ask['action'], key: string, input: Ask['input'] = {}) => {
    const { headers } = await prelude.act({ by, action, key, id, ifMatch: etag, input });
    etag = headers.ETag;
  };
  for (let i = 1; i <= (CHANGES[beginning] ?? 0); i++)
    await act('alice', 'change-amount', `b${i}`, inputOf('change-amount', i));
  if (beginning.startsWith('approved')) {
    await act('alice', 'submit', 's');
    await act('bob', 'approve', 'a');
  }
  return Object.assign(prelude, { id, ...(etag !== undefined && { etag }) });
}

const WRITERS: Readonly<Record<Beginning, readonly string[]>> = {
  nothing: [],
  draft: ['create'],
  full: ['create', 'change-amount'],
  'full again': ['create', 'change-amount'],
  approved: ['create', 'submit', 'approve'],
  'approved full': ['create', 'change-amount', 'submit', 'approve'],
};

type Request = Omit<Ask, 'id' | 'ifMatch'> & { readonly any?: true };

/** Some people who act on one payout, each of whom has seen it as it is at the beginning. */
function requests(
  name: string,
  about: string,
  faults: number,
  beginning: Beginning,
  asks: Readonly<Record<string, Request>>,
): Plan {
  const acted = Object.values(asks).map(({ action }) => action);
  const functions = [...new Set([...WRITERS[beginning], ...acted])].map((action) => `payouts-${action}`);
  return {
    name,
    about,
    faults,
    functions: [...functions, ...READERS],
    async set(stand, readers = true) {
      const prelude = await begin(stand, beginning);
      const people = Object.entries(asks).map(([who, { any, ...ask }]): Person => {
        const ifMatch = any ? '*' : prelude.etag;
        return person(stand, who, { ...ask, ...(ask.action !== 'create' && { id: prelude.id, ifMatch }) });
      });
      const { world } = prelude;
      const bySerial = await serialJudge({ world, actors: people }, tables);
      // The sequential model knows no action that takes every version, and no operation that is still under way.
      const isKnown =
        readers && Object.values(asks).every(({ any, action }) => !any && action !== 'disburse');
      const byModel = !isKnown ? async () => undefined : modelJudge(stand, prelude.asked, people, tables);
      const judge = async (outcome: Outcome) => (await byModel(outcome)) ?? (await bySerial(outcome));
      const judged = isKnown ? 'sendings' : 'ends';
      return { scenario: { name, world, actors: people, judge, judged }, surroundings: tables };
    },
  };
}

const change = (by: Ask['by'], key: string, n: number): Request => ({
  by,
  action: 'change-amount',
  key,
  input: inputOf('change-amount', n),
});

const any = (by: Ask['by'], key: string, n: number): Request => ({
  ...change(by, key, n),
  action: 'change-any',
  any: true,
});

const create = (by: Ask['by'], key: string, n: number): Request => ({
  by,
  action: 'create',
  key,
  input: inputOf('create', n),
});

/** Everything that is explored, the smallest first. */
export const PLANS: readonly Plan[] = [
  requests('twins', 'one request, sent twice', 2, 'draft', {
    alice: change('alice', 'k', 1),
    again: change('alice', 'k', 1),
  }),
  requests('rivals', 'two requests on one version', 2, 'draft', {
    alice: change('alice', 'k', 1),
    bob: { by: 'bob', action: 'cancel', key: 'l', input: inputOf('cancel', 2) },
  }),
  requests('creates', 'one create, sent twice', 2, 'nothing', {
    alice: create('alice', 'k', 1),
    again: create('alice', 'k', 1),
  }),
  requests('reused', 'two different creates under one key', 2, 'nothing', {
    alice: create('alice', 'k', 1),
    other: create('alice', 'k', 2),
  }),
  requests('twins-rival', 'one request, sent twice, and another on the same version', 2, 'draft', {
    alice: change('alice', 'k', 1),
    again: change('alice', 'k', 1),
    bob: change('bob', 'l', 2),
  }),
  requests('spill', 'one request, sent twice, that has receipts leave the item', 2, 'full', {
    alice: change('alice', 'k', 1),
    again: change('alice', 'k', 1),
  }),
  requests('spill-rival', 'the same, and another', 2, 'full', {
    alice: change('alice', 'k', 1),
    again: change('alice', 'k', 1),
    bob: change('bob', 'l', 2),
  }),
  requests('left', 'a request whose receipt leaves the item, sent again, and what has it leave', 2, 'full', {
    early: change('alice', 'b1', 1),
    bob: change('bob', 'l', 2),
  }),
  requests(
    'left-before',
    'a request whose receipt has left the item, sent again, and what has others leave it',
    2,
    'full again',
    { early: change('alice', 'b1', 1), bob: change('bob', 'l', 2) },
  ),
  requests('any', 'two requests on any version', 2, 'draft', {
    alice: any('alice', 'k', 1),
    bob: any('bob', 'l', 2),
  }),
  requests('any-twins', 'one request on any version, sent twice, and another', 2, 'draft', {
    alice: any('alice', 'k', 1),
    again: any('alice', 'k', 1),
    bob: any('bob', 'l', 2),
  }),
  requests('any-spill', 'the same, on an item whose receipts leave', 2, 'full', {
    alice: any('alice', 'k', 1),
    again: any('alice', 'k', 1),
    bob: any('bob', 'l', 2),
  }),
  requests('accept', 'one request that starts an operation, sent twice', 2, 'approved', {
    alice: { by: 'alice', action: 'disburse', key: 'k', input: {} },
    again: { by: 'alice', action: 'disburse', key: 'k', input: {} },
  }),
  requests('accept-rival', 'the same, and a cancel on the same version', 2, 'approved', {
    alice: { by: 'alice', action: 'disburse', key: 'k', input: {} },
    again: { by: 'alice', action: 'disburse', key: 'k', input: {} },
    bob: { by: 'bob', action: 'cancel', key: 'l', input: inputOf('cancel', 2) },
  }),
  requests('accept-spill', 'the same, each of which has receipts leave the item', 2, 'approved full', {
    alice: { by: 'alice', action: 'disburse', key: 'k', input: {} },
    again: { by: 'alice', action: 'disburse', key: 'k', input: {} },
    bob: { by: 'bob', action: 'cancel', key: 'l', input: inputOf('cancel', 2) },
  }),
  requests('creates-reused', 'one create, sent twice, and a different one under its key', 2, 'nothing', {
    alice: create('alice', 'k', 1),
    again: create('alice', 'k', 1),
    other: create('alice', 'k', 2),
  }),
];
