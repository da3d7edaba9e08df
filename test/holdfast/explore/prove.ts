import { isDeepStrictEqual } from 'node:util';
import { defineCommand, UsageError } from '../../../lib/holdfast/cli/command/command.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';
import { explore, type Findings, Violated } from '../../../lib/holdfast/testing/explore/search.ts';
import { Stand } from '../../../lib/holdfast/testing/explore/stand.ts';
import { codeOf, stepsOf, storyOf } from '../../../lib/holdfast/testing/explore/story.ts';
import { wholeNumber } from '../prove/whole-number.ts';
import { everythingExplored } from './all.ts';
import { Compared } from './compared.ts';
import { ASIDE, VALUES } from './partners.ts';
import { plantAll } from './plant.ts';
import type { Plan, Scene } from './scenarios.ts';

/** Scenarios at a time: each works in one thread at a time. */
const LANES = 2;

/** Faults with which a scenario is also gone through without merging: one of three would take minutes so. */
const WHOLE: Readonly<Record<string, number>> = {
  ...{ twins: 2, rivals: 2, creates: 2, reused: 2, left: 2, any: 2 },
  ...{ 'claim-cancel': 1, cancels: 1, 'callback-cancel': 1, verdicts: 1, late: 1 },
};

/** They take minutes, and begin first, so that none is left alone at the end. */
const LONGEST = ['claim', 'again', 'claims-cancel'];

/** Calls are kept of schedules with so many faults, to be compared: to look at each of more takes long. */
const COMPARED_FAULTS = 1;

const EXPLORED = await everythingExplored();

/** Every order of the calls of a few requests, with faults at them, on the functions as they are deployed. */
export const proof = defineCommand({
  name: 'explore',
  summary: 'every schedule of a few requests, with faults, on the functions as they are deployed',
  options: {
    scenario: { value: 'NAME', summary: 'only this one' },
    faults: { value: 'N', summary: 'in one schedule, at most (each scenario has its own number)' },
    whole: { summary: 'small scenarios also schedule by schedule, to compare what comes out' },
    mutants: { summary: 'bugs in the write and in operations, planted one by one: each must be found' },
    schedule: { value: 'CODE', summary: 'the one schedule that was printed, as a story' },
  },
  async run({ options: { scenario, faults, whole, mutants, schedule } }) {
    if (mutants) return (await proveMutants(scenario)) ? 0 : 1;
    const plans = chosen(schedule === undefined ? scenario : schedule.split(':')[0]);
    const stands = await standsOf(plans);
    try {
      if (schedule !== undefined) return await repeat(stands, plans, schedule);
      const most = faults === undefined ? undefined : wholeNumber('faults', faults);
      return (await proveAll(stands, plans, { most, whole })) ? 0 : 1;
    } finally {
      for (const stand of new Set(stands.values())) await stand.close();
    }
  },
});

function chosen(name: string | undefined): readonly Plan[] {
  const plans = EXPLORED.PLANS.filter((plan) => plan.name === (name ?? plan.name));
  if (plans.length > 0) return plans;
  throw new UsageError(
    `there is no scenario '${name}'; choose from ${EXPLORED.PLANS.map((plan) => plan.name).join(', ')}`,
  );
}

/** Functions by the plans that run them: those of one service together. */
async function standsOf(plans: readonly Plan[]): Promise<Stands> {
  const stands = new Map<Plan, Stand>();
  for (const [service, those] of Map.groupBy(plans, (plan) => plan.service)) {
    const names = [...new Set(those.flatMap(({ functions }) => functions))];
    const stand =
      service === undefined
        ? Stand.of(await loadRegistry(), names, { values: VALUES, more: EXPLORED.SUBJECTS, aside: ASIDE })
        : Stand.of(service.registry, names, service);
    for (const plan of those) stands.set(plan, await stand);
  }
  return stands;
}

type Stands = ReadonlyMap<Plan, Stand>;

interface Extents {
  /** Faults of every scenario. @default each its own */
  readonly most?: number | undefined;
  readonly whole: boolean;
}

/** What a scenario came to, with as many faults as it has. */
interface Row {
  readonly name: string;
  readonly faults: number;
  readonly schedules: number;
  readonly states: number;
  readonly seconds: number;
}

async function proveAll(stands: Stands, plans: readonly Plan[], extents: Extents): Promise<boolean> {
  const isLong = ({ name }: Plan) => LONGEST.includes(name);
  const left = [...plans.filter(isLong), ...plans.filter((plan) => !isLong(plan))];
  const rows = new Map<Plan, Row>();
  const compared = new Compared();
  const began = performance.now();
  const lane = async () => {
    for (let plan = left.shift(); plan !== undefined; plan = left.shift()) {
      const own = stands.get(plan)?.afresh();
      if (own === undefined) continue;
      const row = await prove(own, plan, { ...extents, compared });
      if (row !== undefined) rows.set(plan, row);
      await own.end();
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const all = plans.flatMap((plan) => rows.get(plan) ?? []);
  console.info(tableOf(all, (performance.now() - began) / 1000));
  return (await isAsInDynamoDb(compared)) && all.length === plans.length;
}

/** Whether DynamoDB answers as the table in memory has. */
async function isAsInDynamoDb(compared: Compared): Promise<boolean> {
  const differences = await compared.differences();
  const told = `of ${compared.kinds.length} kinds of calls, DynamoDB answers ${differences.length} otherwise than the table in memory`;
  console.info(['', told, ...differences].join('\n'));
  return differences.length === 0;
}

/** Scenarios that hold, and their sum. */
function tableOf(rows: readonly Row[], seconds: number): string {
  const sum = (of: (row: Row) => number) => rows.reduce((all, row) => all + of(row), 0);
  const total = [
    `${rows.length} scenarios`,
    '',
    sum((row) => row.schedules),
    sum((row) => row.states),
    seconds.toFixed(0),
  ];
  const lines = [
    ['scenario', 'faults', 'schedules, all', 'states, merged', 'seconds'],
    ...rows.map((row) => [row.name, row.faults, row.schedules, row.states, row.seconds.toFixed(1)]),
    total,
  ];
  const shown = lines.map(([name, ...counts]) =>
    [
      `${name}`.padEnd(18),
      ...counts.map((count) =>
        (typeof count === 'number' ? count.toLocaleString('en') : `${count}`).padStart(18),
      ),
    ].join(''),
  );
  return ['', ...shown].join('\n');
}

/**
 * Explores a scenario with no fault, then with one more each time: what is found first is the simplest.
 * @returns undefined where it does not hold
 */
async function prove(
  stand: Stand,
  plan: Plan,
  { most = plan.faults, whole, compared }: Extents & { readonly compared: Compared },
): Promise<Row | undefined> {
  const scene = await plan.set(stand);
  const { scenario, surroundings } = scene;
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  let found: Findings | undefined;
  try {
    for (let faults = 0; faults <= most; faults++) {
      const isNew = faults <= COMPARED_FAULTS;
      found = await explore(scenario, isNew ? compared.watched(surroundings) : surroundings, { faults });
      const { schedules, states, outcomes } = found;
      const counts = [schedules, states, outcomes.size, stand.runs].map((count) => `${count}`.padStart(9));
      console.info(
        `${plan.name.padEnd(14)} ${faults} ${counts.join(' ')} ${seconds().toFixed(1).padStart(7)} s`,
      );
      if (!whole || faults > (WHOLE[plan.name] ?? -1)) continue;
      const isSame = await isSameWhole(stand, plan, faults, found);
      console.info(
        `${plan.name.padEnd(14)} ${faults} ${isSame ? 'the same' : 'NOT THE SAME'}, schedule by schedule`,
      );
      if (!isSame) return undefined;
    }
    const { schedules = 0, states = 0 } = found ?? {};
    return { name: plan.name, faults: most, schedules, states, seconds: seconds() };
  } catch (error) {
    if (!(error instanceof Violated)) throw error;
    console.info(await report(plan, scene, error));
    return undefined;
  }
}

/** Whether as much comes of it, and the same, when nothing is taken for alike. */
async function isSameWhole(stand: Stand, plan: Plan, faults: number, found: Findings): Promise<boolean> {
  const apart = stand.afresh(true);
  const { scenario, surroundings } = await plan.set(apart);
  const all = await explore(scenario, surroundings, { faults, merged: false });
  await apart.end();
  return all.schedules === found.schedules && isDeepStrictEqual(all.outcomes, found.outcomes);
}

/** A violation for a person: what is wrong, how it came about, and the command that shows it again. */
export async function report(
  { name, about }: Plan,
  scene: Scene,
  { message, steps }: Violated,
): Promise<string> {
  const story = await storyOf(scene.scenario, steps, scene.surroundings).then(
    ({ lines }) => lines,
    () => [`it ends in ${steps.length} steps that cannot be told`],
  );
  const again = `npm run prove -- explore --schedule ${codeOf(name, steps)}`;
  return [`VIOLATED: ${name}, ${about}`, ...story, '', message, '', again].join('\n');
}

async function repeat(stands: Stands, [plan]: readonly Plan[], code: string): Promise<number> {
  const stand = plan && stands.get(plan);
  if (plan === undefined || stand === undefined) return 1;
  const { scenario, surroundings } = await plan.set(stand);
  const { lines, end } = await storyOf(scenario, stepsOf(code).steps, surroundings);
  const wrong = await scenario.judge(end);
  console.info([...lines, '', wrong ?? 'no violation'].join('\n'));
  return wrong === undefined ? 0 : 1;
}

async function proveMutants(only: string | undefined): Promise<boolean> {
  let held = true;
  for await (const { found, told, isFound } of plantAll(only)) {
    held &&= isFound;
    const schedule = /--schedule (\S+)/.exec(told)?.[1] ?? '';
    console.info(`${isFound ? 'found' : 'NOT FOUND'}: ${found.mutant}, by ${schedule || found.scenario}`);
    if (!isFound) console.info(told);
  }
  return held;
}
