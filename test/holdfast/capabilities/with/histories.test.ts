import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import approve from '../../../../functions/actions/payouts/approve.ts';
import cancel from '../../../../functions/actions/payouts/cancel.ts';
import changeAmount from '../../../../functions/actions/payouts/change-amount.ts';
import create from '../../../../functions/actions/payouts/create.ts';
import disburse from '../../../../functions/actions/payouts/disburse.ts';
import reopen from '../../../../functions/actions/payouts/reopen.ts';
import submit from '../../../../functions/actions/payouts/submit.ts';
import type { Plan, PlannedWrite, Store, Written } from '../../../../lib/holdfast/core/store/store.ts';
import type { MemoryStore } from '../../../../lib/holdfast/testing/memory-store.ts';
import { check } from '../../model/check.ts';
import { describe as drawn } from '../../model/describe.ts';
import type { History } from '../../model/history.ts';
import { EXCHANGE } from '../../model/payout-machine.ts';
import { type Beginning, programOf, weighted } from '../../model/program.ts';
import exchange from './explored/exchange.ts';
import { performInMemory } from './performed.ts';

/** How many programs are run. */
const PROGRAMS = 100;

/** The same seed, the same programs: `SEED=… npx jest test/holdfast/capabilities/with/histories`. */
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** Much is decided on two payouts at once. */
const programs = programOf(
  fc.array(
    weighted<Beginning>([
      ['draft', 6],
      ['submitted', 1],
      ['nothing', 1],
    ]),
    { minLength: 2, maxLength: 3 },
  ),
  fc.oneof({ weight: 2, arbitrary: fc.constant(EXCHANGE) }, { weight: 1, arbitrary: fc.nat(3) }),
);

const ANY = { seed: SEED, numRuns: PROGRAMS };

/** What is planted is found by the same programs each time, whichever of them is the first. */
const PLANTED = { seed: 1, numRuns: 1_000, endOnFailure: true };

const actions = new Map(
  [create, changeAmount, submit, approve, cancel, reopen, disburse, exchange].map((action) => [
    action.name,
    action,
  ]),
);

/** What was answered to exchanges, in all programs. */
interface Tally {
  done: number;
  refused: number;
  replayed: number;
}

function count(tally: Tally, { sent }: History): void {
  const answers = sent.flatMap(({ what, answer }) =>
    'action' in what && what.action === EXCHANGE && answer ? [answer] : [],
  );
  tally.replayed += answers.filter(({ replayed }) => replayed).length;
  tally.done += answers.filter(({ status, replayed }) => status === 200 && !replayed).length;
  tally.refused += answers.filter(({ status }) => status >= 400).length;
}

/** The history, for a person, of a program that the model does not explain. */
async function counterExample(
  store?: (store: MemoryStore) => Store,
  tally: Tally = { done: 0, refused: 0, replayed: 0 },
): Promise<string | undefined> {
  let found = '';
  const property = fc.asyncProperty(programs, async (program) => {
    const history = await performInMemory(program, { actions, ...(store && { store }) });
    try {
      check(history);
    } catch (error) {
      found = `${error}\n\n${drawn(history)}`;
      return false;
    }
    count(tally, history);
    return true;
  });
  const { failed } = await fc.check(property, store === undefined ? ANY : PLANTED);
  return failed ? found : undefined;
}

/** Writes that are wrong with what is changed besides the payout that a request is about. */
const WRONGS: readonly (readonly [what: string, (store: MemoryStore, plan: Plan) => Promise<Written>])[] = [
  ['changes the one payout, and not the other', (store, plan) => store.write({ ...plan, beside: [] })],
  [
    'changes the other payout first, by itself',
    async (store, plan) => {
      for (const each of plan.beside)
        if ('change' in each) await store.write({ ...plan, ...each.change, beside: [] });
      return store.write({ ...plan, beside: [] });
    },
  ],
  [
    'does not look whether the other payout has moved',
    async (store, plan) => {
      const beside = plan.beside.map(async (each): Promise<PlannedWrite> => {
        if (!('change' in each)) return each;
        const { pk, decided, resource } = each.change;
        const read = (await store.load(resource, pk)) ?? each.change.read;
        const version = read.stored.version + 1;
        const event = { ...each.change.event, version };
        const next = { ...decided.next, version };
        return { ...each, change: { ...each.change, read, event, decided: { ...decided, next } } };
      });
      return store.write({ ...plan, beside: await Promise.all(beside) });
    },
  ],
];

describe(`programs in which people decide on two payouts at once, seed ${SEED}`, () => {
  test(`leave histories that one decision after the other explains: ${PROGRAMS} of them`, async () => {
    const tally = { done: 0, refused: 0, replayed: 0 };

    expect(await counterExample(undefined, tally)).toBeUndefined();
    // What did not occur has shown nothing.
    expect(Object.values(tally).every((each) => each > 0)).toBe(true);
  });

  test.each(WRONGS)('show a store that %s', async (_, write) => {
    const broken = (store: MemoryStore): Store => ({
      load: (...asked) => store.load(...asked),
      findReceipt: (pk, item, key) => store.findReceipt(pk, item, key),
      loadTogether: (read) => store.loadTogether(read),
      write: (plan) => write(store, plan),
    });

    expect(await counterExample(broken)).toMatch(/^Violation: /);
  });
});
