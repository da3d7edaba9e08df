import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { explore } from '../../../../lib/holdfast/testing/explore/search.ts';
import type { Stand } from '../../../../lib/holdfast/testing/explore/stand.ts';
import { PLANS } from './explored.ts';
import { standOf } from './warehouse.ts';

/** Faults in a schedule: the whole is `npm run prove -- explore --scenario NAME`, where what is delivered twice is gone through, too. */
const FAULTS: Readonly<Record<string, number>> = {
  'missed-cancel': 0,
  'recall-cancel': 1,
  print: 1,
  collect: 1,
};

const plans = PLANS.filter(({ name }) => name in FAULTS);

let stand: Stand;
beforeAll(async () => {
  stand = await standOf([...new Set(plans.flatMap(({ functions }) => functions))]);
});
afterAll(() => stand?.close());

test.each(plans)(
  '$about: in every order of calls a cancel is heeded, nothing is done twice, and each result is kept',
  async (plan) => {
    const { scenario, surroundings } = await plan.set(stand);

    const { schedules, outcomes } = await explore(scenario, surroundings, { faults: FAULTS[plan.name] ?? 0 });

    expect(schedules).toBeGreaterThan(10);
    expect(outcomes.size).toBeGreaterThan(0);
  },
);

test('every scenario that the test takes is there', () => {
  expect(plans.map(({ name }) => name).sort()).toEqual(Object.keys(FAULTS).sort());
});
