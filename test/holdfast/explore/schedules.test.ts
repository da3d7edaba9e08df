import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';
import { explore } from '../../../lib/holdfast/testing/explore/search.ts';
import { Stand } from '../../../lib/holdfast/testing/explore/stand.ts';
import { everythingExplored } from './all.ts';
import { OPERATIONS } from './operations.ts';
import { ASIDE, VALUES } from './partners.ts';
import { PLANS, type Plan } from './scenarios.ts';

/** With a second fault, or with three who act on a full item, one takes minutes: `npm run prove -- explore --scenario NAME`. */
const LARGE = ['spill-rival', 'any-spill'];

const WRITES = PLANS.filter(({ name }) => !LARGE.includes(name));

/** Every step of an operation that a cancel can meet, and faults. A command that can be taken back takes half a minute with one. */
const CANCELS: Readonly<Record<string, number>> = {
  'start-cancel': 1,
  'wait-cancel': 1,
  'ask-cancel': 1,
  'callback-cancel': 1,
  'claim-cancel': 1,
  'screen-cancel': 0,
};

const cancels = OPERATIONS.filter(({ name }) => name in CANCELS);

const everything = await everythingExplored();

/** What capabilities have to be explored, of this service: with a fault it takes half a minute. */
const extended = everything.PLANS.filter(
  (plan) => ![...PLANS, ...OPERATIONS].includes(plan) && plan.service === undefined,
);

let stand: Stand;
beforeAll(async () => {
  const names = new Set([...WRITES, ...cancels, ...extended].flatMap(({ functions }) => functions));
  const beside = { values: VALUES, more: everything.SUBJECTS, aside: ASIDE };
  stand = await Stand.of(await loadRegistry(), [...names], beside);
});
afterAll(() => stand?.close());

/** Explores a scenario, whose judge throws. */
async function explored(plan: Plan, faults: number) {
  const { scenario, surroundings } = await plan.set(stand);
  return explore(scenario, surroundings, { faults });
}

test.each(WRITES)(
  '$about: in every order of their calls, with a fault at any, each key has one effect and one answer',
  async (plan) => {
    const { schedules, outcomes } = await explored(plan, 1);

    expect(schedules).toBeGreaterThan(40);
    // Ends that are judged alike are one.
    expect(outcomes.size).toBeGreaterThan(1);
  },
);

test.each(cancels)(
  '$about: in every order of their calls the cancel wins or is refused, never both, and the money goes with it',
  async (plan) => {
    const { schedules, outcomes } = await explored(plan, CANCELS[plan.name] ?? 0);

    expect(schedules).toBeGreaterThan(100);
    expect(outcomes.size).toBeGreaterThan(1);
  },
);

for (const plan of extended)
  test(`${plan.about}: in every order of their calls it is as if one had come after the other, and all that is left fits`, async () => {
    expect((await explored(plan, 0)).schedules).toBeGreaterThan(5);
  });

test('every step that a cancel can meet is gone over', () => {
  expect(cancels.map(({ name }) => name).sort()).toEqual(Object.keys(CANCELS).sort());
});
