import { setTimeout as delay } from 'node:timers/promises';
import type { Refused } from '../../../lib/holdfast/testing/crash/injector.ts';
import type { Answer } from '../support/client.ts';
import type { Person } from './people.ts';

/** Everyone and everything that a journey is made with. */
export interface Stage {
  readonly alice: Person;
  readonly bob: Person;
  /** Ends the execution of an operation from outside. */
  readonly abort: (operation: string) => Promise<void>;
}

/** What people do with one resource, and what it must come to, whatever happens on the way. */
export interface Journey {
  readonly name: string;
  /** What partners do wrong meanwhile. @default nothing */
  readonly faults?: Readonly<Record<string, object>>;
  /** What AWS refuses meanwhile. @default nothing */
  readonly refused?: Refused;
  /** Done before calls are watched. */
  readonly before: (stage: Stage) => Promise<Answer>;
  /** @returns the resource's last answer */
  readonly run: (stage: Stage, made: Answer) => Promise<Answer>;
  /** The resource's state at its end. */
  readonly comesTo: string;
}

const POLL_MS = 250;

/** Longest that an operation may take: what has died in it comes again after ten seconds at most, twice, and a machine may be busy. */
const OPERATION_MS = 180_000;

const read = ({ alice }: Stage, { json }: Answer) => alice.get(`/payouts/${json.id}`);

/** Until the state of an operation is as asked for. */
export async function until(
  { alice }: Stage,
  accepted: Answer,
  done: (state: unknown) => boolean,
): Promise<Answer> {
  for (const end = Date.now() + OPERATION_MS; ; await delay(POLL_MS)) {
    const operation = await alice.get(`/operations/${accepted.json.id}`);
    if (done(operation.json.state)) return operation;
    if (Date.now() > end) throw new Error(`it is stuck: ${operation.text}`);
  }
}

export const isOver = (state: unknown) => ['succeeded', 'failed', 'cancelled'].includes(String(state));

async function approved({ alice, bob }: Stage): Promise<Answer> {
  return bob.act('approve', await alice.act('submit', await alice.create()));
}

async function disbursed(stage: Stage, payout: Answer): Promise<Answer> {
  const accepted = await stage.alice.act('disburse', payout);
  await until(stage, accepted, isOver);
  return read(stage, payout);
}

const amount = (value: string) => ({ body: { amount: { currency: 'EUR', value } } });

export const nothing = async () => ({ json: {} }) as Answer;

/** Between them every function that calls AWS does so. */
export const JOURNEYS: readonly Journey[] = [
  {
    name: 'paid',
    before: nothing,
    async run(stage) {
      const created = await stage.alice.create();
      const changed = await stage.alice.act('change-amount', created, amount('7.00'));
      const payout = await stage.bob.act('approve', await stage.alice.act('submit', changed));
      await stage.alice.get('/payouts');
      await stage.alice.get('/operations');
      const accepted = await stage.alice.act('disburse', payout);
      await stage.alice.get(`/operations/${accepted.json.id}`, { Prefer: 'wait=1' });
      await until(stage, accepted, isOver);
      return read(stage, payout);
    },
    comesTo: 'paid',
  },
  {
    name: 'reopened',
    before: ({ alice }) => alice.create(),
    async run({ alice }, payout) {
      const cancelled = await alice.act('cancel', payout, { body: { reason: 'a typo' } });
      return alice.act('reopen', cancelled);
    },
    comesTo: 'draft',
  },
  {
    name: 'spilled',
    async before({ alice }) {
      let payout = await alice.create();
      for (let i = 1; i <= 15; i++) payout = await alice.act('change-amount', payout, amount(`${i}.00`));
      return payout;
    },
    async run({ alice }, payout) {
      const changed = await alice.act('change-amount', payout, amount('99.00'));
      const found = await alice.answeredOtherwise();
      if (found.length > 0) throw new Error(found.join('\n'));
      return alice.act('submit', changed);
    },
    comesTo: 'submitted',
  },
  {
    name: 'returned',
    faults: { bank: { reject: 1 } },
    before: approved,
    run: disbursed,
    comesTo: 'returned',
  },
  {
    name: 'asked for',
    faults: { bank: { dropAnswer: 1 } },
    before: approved,
    run: disbursed,
    comesTo: 'paid',
  },
  {
    name: 'cancelled',
    faults: { screening: { callbackMs: 4_000 } },
    before: approved,
    async run(stage, payout) {
      const accepted = await stage.alice.act('disburse', payout);
      await until(stage, accepted, (state) => state === 'running' || state === 'waiting');
      await stage.alice.post(`/operations/${accepted.json.id}/cancel`);
      await until(stage, accepted, isOver);
      return read(stage, payout);
    },
    comesTo: 'approved',
  },
  {
    name: 'resolved',
    faults: { screening: { neverCallback: 1 } },
    before: approved,
    async run(stage, payout) {
      const accepted = await stage.alice.act('disburse', payout);
      await until(stage, accepted, (state) => state === 'running' || state === 'waiting');
      await stage.abort(String(accepted.json.id));
      await until(stage, accepted, (state) => state === 'needs-attention');
      const body = { outcome: 'failed', evidence: 'asked screening by telephone' };
      await stage.alice.post(`/operations/${accepted.json.id}/resolve`, { body });
      await until(stage, accepted, isOver);
      return read(stage, payout);
    },
    comesTo: 'returned',
  },
  {
    name: 'called back twice',
    faults: { screening: { duplicateCallback: 1, earlyCallback: 1 } },
    before: approved,
    run: disbursed,
    comesTo: 'paid',
  },
  {
    name: 'not dispatched',
    refused: { caller: 'dispatcher', what: 'StartExecution' },
    before: approved,
    run: disbursed,
    comesTo: 'paid',
  },
  {
    name: 'not in the history',
    refused: { caller: 'history', what: 'PutItem HistoryTable payouts', times: 4 },
    before: nothing,
    run: approved,
    comesTo: 'approved',
  },
];
