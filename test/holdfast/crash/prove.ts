import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  defineCommand,
  type Given,
  type Options,
  UsageError,
} from '../../../lib/holdfast/cli/command/command.ts';
import type { Point } from '../../../lib/holdfast/testing/crash/injector.ts';
import { seeded } from '../../../lib/holdfast/testing/crash/seeded.ts';
import { seedOf } from '../prove/whole-number.ts';
import type { Copy } from '../support/copy.ts';
import { type CrashCloud, startCrashCloud } from './cloud.ts';
import { everyGround, type Ground } from './ground.ts';
import { type Cell, cells, inLanes, type Result, tryCell, undisturbed } from './matrix.ts';
import { printTable } from './table.ts';
import { difference, type Trial } from './trial.ts';

/** Journeys at a time: each waits more than it works. */
const LANES = 3;

/** What a consumer that died was at comes again after twelve seconds here. */
const REDELIVERED_MS = 14_000;

/** Trials between two lines of progress. */
const EVERY = 4;

const OPTIONS = {
  journey: { value: 'NAME', summary: 'only journeys of this name' },
  from: {
    value: 'NAME',
    summary: 'goes on with this journey: those before it are only made, so that it is known what they pass',
  },
  only: { value: 'TEXT', summary: 'only points whose function and call hold this' },
  fault: { value: 'NAME', summary: 'only this fault' },
  all: {
    summary: 'every point of every journey; else of the first, and of the others what none before has passed',
  },
  sample: { value: 'N', summary: 'so many of all, chosen by the seed' },
  seed: { value: 'N', summary: 'the same sample as under that seed before (a new one)' },
} as const satisfies Options;

/** What is tried. */
type Choice = Partial<Given<typeof OPTIONS>['options']>;

/**
 * Every fault at every call of AWS that a function makes, found by watching, and retried by whoever really retries. What
 * it comes to is compared with what the same journey comes to when nothing befalls it.
 */
export const proof = defineCommand({
  name: 'crash',
  summary: 'a fault at every call of AWS that a function makes',
  options: OPTIONS,
  async run({ options }) {
    const seed = seedOf(options.seed) ?? randomInt(2 ** 31);
    const [callers, passed] = [new Set<string>(), new Set<string>()];
    const results = new Map<Cell, Result>();
    const grounds = await groundsOf(options);
    for (const ground of grounds) {
      const cloud = await startCrashCloud(ground);
      try {
        // A call of one kind says something else in another service: it is tried in both.
        const own = new Set<string>();
        for (const [cell, result] of await runMatrix(cloud, options, seed, own)) results.set(cell, result);
        for (const each of own) passed.add(each);
        for (const each of cloud.callers) callers.add(each);
      } finally {
        await cloud.close();
      }
    }
    const held = printTable(results, seed);
    const isPart = options.journey !== undefined || grounds.length < (await everyGround()).length;
    return (isPart || everybodyIsTried(callers, passed)) && held ? 0 : 1;
  },
});

/** The services in which the chosen journeys are made. @throws UsageError where there is none */
async function groundsOf({ journey, from }: Choice): Promise<readonly Ground[]> {
  const all = await everyGround();
  const names = all.flatMap(({ journeys }) => journeys.map(({ name }) => name));
  for (const name of [journey, from])
    if (name !== undefined && !names.includes(name))
      throw new UsageError(`there is no journey '${name}'; choose from ${names.join(', ')}`);
  const has = ({ journeys }: Ground, name: string) => journeys.some((each) => each.name === name);
  if (journey !== undefined) return all.filter((ground) => has(ground, journey));
  return from === undefined ? all : all.slice(all.findIndex((ground) => has(ground, from)));
}

/** The first violation that a changed copy shows, in words; undefined where all that is tried holds. */
export async function findViolation(
  edit: (copy: Copy) => Promise<void>,
  choice: Choice,
): Promise<string | undefined> {
  const [ground] = await groundsOf(choice);
  if (ground === undefined) return undefined;
  const cloud = await startCrashCloud(ground, edit);
  try {
    for (const [cell, result] of await runMatrix(cloud, choice, 0))
      if (typeof result === 'object') return describe(cell, result.violation);
    return undefined;
  } catch (error) {
    // It goes wrong even when nothing befalls it.
    return error instanceof Error ? error.message : String(error);
  } finally {
    await cloud.close();
  }
}

/** Whether every function that may call AWS has done so in a journey; said only of all journeys together. */
function everybodyIsTried(callers: ReadonlySet<string>, passed: ReadonlySet<string>): boolean {
  const tried = new Set([...passed].map((each) => each.split(' ')[0]));
  const untried = [...callers].filter((caller) => !tried.has(caller));
  if (untried.length === 0) return true;
  console.log(`no journey passes ${untried.join(', ')}; add one to the service that has it`);
  return false;
}

/** @param passed is told every call that a journey has made */
async function runMatrix(
  cloud: CrashCloud,
  choice: Choice,
  seed: number,
  passed = new Set<string>(),
): Promise<Map<Cell, Result>> {
  const results = new Map<Cell, Result>();
  const struck = new Map<Cell, Trial>();
  const { ground } = cloud;
  const journeys = ground.journeys.filter(({ name }) => name === (choice.journey ?? name));
  const share = choice.sample === undefined ? undefined : Math.ceil(Number(choice.sample) / journeys.length);
  let begun = journeys.every(({ name }) => name !== choice.from);
  for (const journey of journeys) {
    begun ||= journey.name === choice.from;
    for (const partner of ground.partners) await cloud.faults(partner, journey.faults?.[partner] ?? {});
    const base = await undisturbed(cloud, journey);
    const all = cells(journey, base).filter(
      ({ point: { caller, what }, fault }) =>
        `${caller} ${what}`.includes(choice.only ?? '') &&
        fault === (choice.fault ?? fault) &&
        (choice.all || !passed.has(`${caller} ${what}`)),
    );
    for (const point of base.points) passed.add(kindOf(point));
    // A loaded machine makes calls that the journey does not come by again: in a sample, others take their place.
    const chosen = share === undefined ? all : sample(all, 2 * share, seed);
    const wanted = share ?? all.length;
    if (!begun) continue;
    console.log(`'${journey.name}': ${wanted} to try`);
    await tryUntil(wanted, chosen, {
      attempt: (cell) => tryCell(cloud, cell, base),
      tried(cell, { result, trial }) {
        results.set(cell, result);
        if (trial !== undefined) struck.set(cell, trial);
        if (results.size % EVERY === 0) console.log(`${results.size} tried`);
        if (typeof result === 'object') console.log(describe(cell, result.violation));
      },
    });
  }
  await lookAgain(struck, results);
  const later = new Set([...struck.values()].flatMap(({ points }) => points.map(kindOf)));
  const unstruck = [...later].filter((kind) => !passed.has(kind));
  if (unstruck.length > 0) console.log(`made after a fault alone, and not struck: ${unstruck.join(', ')}`);
  return results;
}

type Tried = Awaited<ReturnType<typeof tryCell>>;

/** Tries so many cells of those given; where one is missed, the next takes its place while there are more. */
async function tryUntil(
  count: number,
  chosen: readonly Cell[],
  { attempt, tried }: { attempt(cell: Cell): Promise<Tried>; tried(cell: Cell, outcome: Tried): void },
): Promise<void> {
  const spare = chosen.slice(count);
  await inLanes(chosen.slice(0, count), LANES, async (cell) => {
    for (let next: Cell = cell; ; ) {
      const outcome = await attempt(next);
      const instead = outcome.result === 'missed' ? spare.shift() : undefined;
      if (instead === undefined) return tried(next, outcome);
      next = instead;
    }
  });
}

/** Whatever came again by itself meanwhile must have changed nothing. */
async function lookAgain(struck: ReadonlyMap<Cell, Trial>, results: Map<Cell, Result>): Promise<void> {
  if (struck.size > 0) await delay(REDELIVERED_MS);
  await inLanes([...struck], LANES, async ([cell, { outcome, look }]) => {
    const moved = await look().then((now) => difference(outcome, now), String);
    if (moved === undefined) return;
    results.set(cell, { violation: `later, ${moved}` });
    console.log(describe(cell, `later, ${moved}`));
  });
}

const kindOf = ({ caller, what }: Point) => `${caller} ${what}`;

const describe = ({ journey, point, fault }: Cell, violation: string) =>
  `VIOLATED: '${journey.name}', ${point.caller} ${fault} ${point.what} (${point.ordinal}):\n${violation}\n`;

/** So many of all, in an order that the seed makes. */
function sample<T>(all: readonly T[], count: number, seed: number): readonly T[] {
  const random = seeded(seed);
  return all
    .map((each) => ({ each, order: random() }))
    .sort((a, b) => a.order - b.order)
    .slice(0, count)
    .map(({ each }) => each);
}
