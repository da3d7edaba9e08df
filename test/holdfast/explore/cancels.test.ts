import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';
import { explore } from '../../../lib/holdfast/testing/explore/search.ts';
import { Stand } from '../../../lib/holdfast/testing/explore/stand.ts';
import { OPERATIONS } from './operations.ts';
import { ASIDE, VALUES } from './partners.ts';

/** Each by `npm run prove -- explore --scenario NAME`. A command that can be taken back takes half a minute with a fault. */
const FAULTS: Readonly<Record<string, number>> = {
  'start-cancel': 1,
  'wait-cancel': 1,
  'ask-cancel': 1,
  'callback-cancel': 1,
  'claim-cancel': 1,
  'screen-cancel': 0,
};

const plans = OPERATIONS.filter(({ name }) => name in FAULTS);

let stand: Stand;
beforeAll(async () => {
  const names = new Set(plans.flatMap(({ functions }) => functions));
  stand = await Stand.of(await loadRegistry(), [...names], { values: VALUES, aside: ASIDE });
});
afterAll(() => stand?.close());

test.each(plans)(
  '$about: in every order of their calls the cancel wins or is refused, never both, and the money goes with it',
  async (plan) => {
    const { scenario, surroundings } = await plan.set(stand);

    const { schedules, outcomes } = await explore(scenario, surroundings, { faults: FAULTS[plan.name] ?? 0 });

    expect(schedules).toBeGreaterThan(100);
    expect(outcomes.size).toBeGreaterThan(1);
  },
);

test('every step that a cancel can meet is gone over', () => {
  expect(plans.map(({ name }) => name).sort()).toEqual(Object.keys(FAULTS).sort());
});
