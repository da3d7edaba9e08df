import { afterAll, beforeAll, expect, test } from '@jest/globals';
import create from '../../../functions/actions/payouts/create.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';
import { explorePair } from '../../../lib/holdfast/testing/explore/pair.ts';
import { explore, Violated } from '../../../lib/holdfast/testing/explore/search.ts';
import { Stand } from '../../../lib/holdfast/testing/explore/stand.ts';
import { codeOf, stepsOf, storyOf } from '../../../lib/holdfast/testing/explore/story.ts';
import { exploreProof } from '../../../lib/holdfast/testing/explore-proof.ts';
import service from '../../../lib/service.ts';
import examples from '../../examples.ts';
import { Compared } from './compared.ts';
import { report } from './prove.ts';
import { PLANS } from './scenarios.ts';
import numbered from './subjects/numbered.ts';
import { SUBJECTS } from './subjects.ts';

const registry = await loadRegistry();

// As a team has it, of a service with one action.
const resources = registry.resources.map((resource) => ({
  ...resource,
  actions: resource.actions.filter(({ definition }) => definition.name === 'create'),
}));
const ofCreate = { 'payouts.create': examples['payouts.create'] };
await exploreProof(service, ofCreate, { faults: 0 }, { ...registry, resources, versions: [] });

const [twins, spill] = ['twins', 'spill'].map((name) => PLANS.find((plan) => plan.name === name));
if (twins === undefined || spill === undefined) throw new Error('there is no such scenario');

let stand: Stand;
/** The same functions, of which an invocation that has made a call again is another one. */
let apart: Stand;
beforeAll(async () => {
  const names = ['payouts-create', 'payouts-change-amount', 'payouts-numbered'];
  stand = await Stand.of(registry, names, { more: SUBJECTS });
  apart = stand.afresh(true);
});
afterAll(async () => {
  await apart.end();
  await stand.close();
});

test.each(['sendings', 'ends'] as const)(
  'twins keep every promise in every schedule with a fault, and merging what is alike to a judge of %s loses none',
  async (judged) => {
    const [one, other] = await Promise.all([stand, apart].map((each) => twins.set(each, false)));
    if (one === undefined || other === undefined) throw new Error('there are two');

    const merged = await explore({ ...one.scenario, judged }, one.surroundings, { faults: 1 });
    const all = { faults: 1, merged: false };
    const whole = await explore({ ...other.scenario, judged }, other.surroundings, all);

    expect(merged.outcomes).toEqual(whole.outcomes);
    expect(merged.schedules).toBe(whole.schedules);
    expect(whole.schedules).toBe(124);
    expect(merged.states).toBeLessThan(whole.states / 3);
  },
);

test('whatever functions ask of the table in memory, DynamoDB answers alike, and leaves the same', async () => {
  const { scenario, surroundings } = await spill.set(stand, false);
  const compared = new Compared();

  await explore(scenario, compared.watched(surroundings), { faults: 1 });
  const differences = await compared.differences();

  expect(differences).toEqual([]);
  const kinds = compared.kinds.map((kind) => kind.replace(/^\S+\.(\w+) .* (\d{3}) .*$/, '$1 $2')).sort();
  expect(kinds).toEqual(['GetItem 200', 'PutItem 200', 'UpdateItem 200', 'UpdateItem 400']);
});

test('an action that counts in memory is found out by the first two requests that meet', async () => {
  const tried = { action: numbered, way: [create], examples: new Map(Object.entries(examples)) };

  const violation = await explorePair(stand, tried, 0);

  expect(violation).toMatch(/did something else: .*Invoice \d.*and not .*Invoice \d/s);
  expect(violation).toContain('decide by what decide is given alone');
});

test('a violation is told as a story, with the command that shows it again', async () => {
  const { scenario, surroundings } = await twins.set(stand, false);
  const lying = { ...scenario, judge: async () => 'it is judged to be wrong' };

  const violated = await explore(lying, surroundings, { faults: 0 }).catch((error: unknown) => error);

  if (!(violated instanceof Violated)) throw new Error(`not violated: ${violated}`);
  const told = await report(twins, { scenario, surroundings }, violated);
  expect(told.replace(/"2-[\w-]+"/g, '"2-…"')).toBe(
    `VIOLATED: twins, one request, sent twice
  1  alice      GetItem payouts: done
  2  alice      UpdateItem payouts: done
     alice      is answered 200 "2-…"
  3  again      GetItem payouts: done
     again      is answered 200 replayed "2-…"

it is judged to be wrong

npm run prove -- explore --schedule twins:AAB`,
  );
});

test('a schedule is the same story each time it is repeated, by functions that were never run before', async () => {
  const { scenario, surroundings } = await twins.set(stand, false);
  const fresh = stand.afresh();
  const again = await twins.set(fresh, false);
  const { steps } = stepsOf('twins:AAdBA');

  const first = await storyOf(scenario, steps, surroundings);
  const second = await storyOf(again.scenario, steps, surroundings);
  await fresh.end();

  expect(second.lines).toEqual(first.lines);
  expect(codeOf('twins', steps)).toBe('twins:AAdBA');
  expect(first.lines).toContain('  2  alice      UpdateItem payouts: done, and its function dies');
});
