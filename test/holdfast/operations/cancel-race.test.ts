import { setTimeout as delay } from 'node:timers/promises';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { byHand } from '../support/by-hand.ts';
import { type Plane, payoutId, type Raw, startPlane } from '../support/plane.ts';

/**
 * How often each step is raced with, over the real protocols: `CANCELS=1000 npx jest test/holdfast/operations/cancel-race`
 * for the long run. Every order of their calls, which no number of races has, is gone over by `npm run prove -- explore`: of a
 * cancel with a command, a callback, and an execution that asks.
 */
const TRIES = Number(process.env.CANCELS ?? 200);

/** Races under way at a time, for as long as one takes. */
const AT_ONCE = 5;

let plane: Plane;
let hand: ReturnType<typeof byHand>;
beforeAll(async () => {
  plane = await startPlane({ POWERTOOLS_LOG_LEVEL: 'SILENT' }, { direct: true });
  hand = byHand(plane);
  // It calls back when a test does.
  await plane.faults('screening', { neverCallback: 1 });
});
afterAll(() => plane?.close());

type Act = (operation: string, payout: string) => Promise<unknown>;

const deliver =
  (step: string, mode: 'send' | 'query'): Act =>
  (operation) =>
    hand.deliver({ operation, epoch: 1, step, undo: false, attempt: 1, mode, token: 'used' });

/** Everything that is done to an operation on its way, in its order, and what a cancel that races with it may be answered. */
const STEPS: readonly (readonly [name: string, act: Act, answers: readonly number[]])[] = [
  ['it is started', (operation) => hand.operate(operation), [202]],
  ['screening is called', deliver('screen', 'send'), [202]],
  ['screening is asked', deliver('screen', 'query'), [202]],
  ['it begins to wait', (operation) => plane.call('operate', { operation, epoch: 1, token: 'used' }), [202]],
  ['screening calls back', (_, payout) => hand.callBack(`${payout}-a1`), [202]],
  ['the bank is called', deliver('transfer', 'send'), [202, 409]],
  ['the bank is asked', deliver('transfer', 'query'), [409]],
];

/** One disbursement before a step: its items, whose it is, and how long the step takes. */
interface Moment {
  readonly items: readonly Raw[];
  readonly operation: string;
  readonly payout: string;
  readonly tookMs: number;
}

/** Each moment of one disbursement that goes through every step. */
async function moments(): Promise<Map<string, Moment>> {
  const payout = await plane.approved();
  const operation = await plane.disburse(payout);
  const keys = [`payouts#acme#${payout}`, operation, `references#screening#${payout}-a1`];
  // Neither tells before it is asked at the last step.
  await plane.faults('bank', { booksLateMs: 3_600_000 });
  const found = new Map<string, Moment>();
  for (const [name, act] of STEPS) {
    const items = (await Promise.all(keys.map(plane.read))).filter((item) => item !== undefined);
    const start = performance.now();
    // What screening answers when it is asked would be the end of that step.
    if (name !== 'screening is asked') await act(operation, payout);
    // Receipts are bytes, which JSON does not carry, and none of them is asked for.
    const kept = items.map(({ receipts: _, ...item }) => item);
    found.set(name, { items: kept, operation, payout, tookMs: Math.max(5, performance.now() - start) });
  }
  await plane.faults('bank');
  return found;
}

/** The same disbursement under another name. */
async function another({ items, operation, payout }: Moment): Promise<[operation: string, payout: string]> {
  const fresh = payoutId();
  const freshOperation = `operations#acme#${fresh.replace('po_', 'op_')}`;
  // The payout names its operation by the id alone.
  const idOf = (pk: string) => pk.slice(pk.lastIndexOf('#') + 1);
  const renamed = JSON.stringify(items)
    .replaceAll(payout, fresh)
    .replaceAll(idOf(operation), idOf(freshOperation));
  await plane.write(...(JSON.parse(renamed) as Raw[]));
  return [freshOperation, fresh];
}

/** Cancels at some moment of a step, carries on what comes of it, and tells how it ended. */
async function race(moment: Moment, act: Act) {
  const [operation, payout] = await another(moment);
  const cancelLater = async () => {
    await delay(Math.random() * moment.tookMs * AT_ONCE);
    return hand.cancel(operation);
  };
  const [cancel] = await Promise.all([cancelLater(), act(operation, payout)]);
  await hand.carryOn(operation, payout);
  const [ended, moved] = await Promise.all([plane.read(operation), plane.read(`payouts#acme#${payout}`)]);
  return {
    payout,
    cancel: cancel.status,
    operation: unmarshall(ended ?? {}).state,
    moved: unmarshall(moved ?? {}).state,
  };
}

describe(`a cancel, ${TRIES} times at each step`, () => {
  let at: Map<string, Moment>;
  beforeAll(async () => {
    at = await moments();
  });

  test.each(STEPS)(
    'while %s either wins or is refused, never both, and the money goes with it',
    async (name, act, answers) => {
      const moment = at.get(name) as Moment;
      const races: Awaited<ReturnType<typeof race>>[] = [];
      while (races.length < TRIES)
        races.push(...(await Promise.all(Array.from({ length: AT_ONCE }, () => race(moment, act)))));
      const paid = new Map<string, number>();
      for (const { partner, reference, done } of await plane.ledger())
        if (partner === 'bank') paid.set(reference.split('-')[0] ?? '', done);

      const told = races.map(({ payout, ...race }) => ({ ...race, paid: paid.get(payout) ?? 0 }));
      const lawful = [
        { cancel: 202, operation: 'cancelled', moved: 'approved', paid: 0 },
        { cancel: 409, operation: 'succeeded', moved: 'paid', paid: 1 },
      ].map((law) => JSON.stringify(law));

      expect(told.filter((race) => !lawful.includes(JSON.stringify(race)))).toEqual([]);
      expect([...new Set(told.map(({ cancel }) => cancel))].sort()).toEqual(answers);
    },
  );
});
