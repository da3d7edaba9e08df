import { setTimeout as delay } from 'node:timers/promises';
import type { ExecutionEnvironment } from '../../../lib/holdfast/local/functions/execution-environment.ts';
import type { Item } from './capacity.ts';
import { median, quantile, ratio, table } from './figures.ts';
import { changeEvent, copyOf, createdItem, etagOf, idOf, send } from './payouts.ts';
import { type Stand, SUBJECTS, type Subject } from './stand.ts';

/** Writers on one item, and how often they are let loose: each takes a thread of its own. */
const LEVELS = [
  { writers: 1, rounds: 40 },
  { writers: 8, rounds: 8 },
  { writers: 64, rounds: 1 },
] as const;

/** Milliseconds added to each call. */
const DELAY_MS = 5;

/** Calls of an action that nobody contends with. */
const ALONE: Readonly<Record<Subject, number>> = { holdfast: 2, usual: 4, floor: 2 };

/** What became of writers on one item. */
export interface Contended {
  readonly subject: Subject;
  readonly writers: number;
  /** Actions a second, of those that took effect. */
  readonly perSecond: number;
  /** Milliseconds from a writer's first request to the one that won. */
  readonly times: readonly number[];
  readonly requests: number;
  readonly calls: number;
  readonly effects: number;
}

/**
 * Writers start together with the same tag in If-Match. Whoever is refused sends again at once, under a new key, with
 * the tag that the refusal told, until it wins: exactly one of them can with each tag. After a 503, it sends the same
 * again when the answer says.
 * @throws Error where the versions do not say that each took effect once
 */
export async function measureContention(stand: Stand): Promise<readonly Contended[]> {
  const created = await createdItem(stand);
  stand.delayMs = DELAY_MS;
  const measured: Contended[] = [];
  for (const level of LEVELS) {
    // In turns, but for the many: three times 64 threads would be short of memory, not of speed.
    const groups = level.writers > 8 ? SUBJECTS.map((subject) => [subject]) : [SUBJECTS];
    for (const group of groups) measured.push(...(await compete(stand, created, group, level)));
  }
  stand.delayMs = 0;
  return measured;
}

/** Races of each subject among its own writers, the subjects in turns. */
async function compete(
  stand: Stand,
  created: Item,
  group: readonly Subject[],
  { writers, rounds }: (typeof LEVELS)[number],
): Promise<readonly Contended[]> {
  const teams: { subject: Subject; environments: readonly ExecutionEnvironment[]; races: Contended[] }[] = [];
  for (const subject of group)
    teams.push({ subject, environments: await warm(stand, created, subject, writers), races: [] });
  for (let i = 0; i < rounds; i++)
    for (const { subject, environments, races } of teams)
      races.push(await race(stand, created, subject, environments));
  const ending = teams.flatMap(({ environments }) => environments.map((environment) => environment.end()));
  await Promise.all(ending);
  return teams.map(({ races }) => together(races));
}

/** Environments that have each done one action on a payout of their own. */
async function warm(stand: Stand, created: Item, subject: Subject, count: number) {
  const environments = Array.from({ length: count }, () => stand.environment(subject));
  for (const environment of environments) {
    const item = copyOf(created, subject);
    await stand.write(item);
    await send(environment, changeEvent({ id: idOf(item), ifMatch: etagOf(item) }));
  }
  return environments;
}

async function race(
  stand: Stand,
  created: Item,
  subject: Subject,
  environments: readonly ExecutionEnvironment[],
): Promise<Contended> {
  const item = copyOf(created, subject);
  await stand.write(item);
  const id = idOf(item);
  stand.exchanges.length = 0;
  const begun = performance.now();
  let requests = 0;
  const times = await Promise.all(
    environments.map(async (environment, writer) => {
      const change = (ifMatch: string) => changeEvent({ id, ifMatch, value: `${writer + 1}.00` });
      for (let event = change(etagOf(item)); ; ) {
        requests++;
        const { status, etag, retryAfterMs } = await send(environment, event);
        if (status === 200) return performance.now() - begun;
        // A call that took too long: the same request, under the same key.
        if (status === 503) await delay(retryAfterMs);
        else event = change(etag);
      }
    }),
  );
  const seconds = (performance.now() - begun) / 1_000;
  const calls = stand.exchanges.length;
  const effects = Number((await stand.read(`payouts#acme#${id}`))?.version?.N) - Number(item.version?.N);
  if (effects !== environments.length)
    throw new Error(`${environments.length} writers of ${subject} had ${effects} effects`);
  return { subject, writers: effects, perSecond: effects / seconds, times, requests, calls, effects };
}

function together(runs: readonly Contended[]): Contended {
  const [first] = runs;
  if (first === undefined) throw new Error('nothing was measured');
  const total = (value: (each: Contended) => number) => runs.reduce((sum, each) => sum + value(each), 0);
  return {
    ...first,
    perSecond: median(runs.map(({ perSecond }) => perSecond)),
    times: runs.flatMap(({ times }) => times),
    requests: total(({ requests }) => requests),
    calls: total(({ calls }) => calls),
    effects: total(({ effects }) => effects),
  };
}

/** Prints it, each subject beside Holdfast. */
export function printContention(measured: readonly Contended[]): void {
  console.log(`writers on one item, ${DELAY_MS} ms added to each call: each sends again until it wins`);
  table([
    [
      'writers',
      '',
      'actions/s',
      'ratio',
      'p50 ms',
      'p99 ms',
      'requests an effect',
      'calls an effect',
      'wasted',
      'effects',
    ],
    ...measured.map(({ subject, writers, perSecond, times, requests, calls, effects }) => {
      const own = measured.find((each) => each.writers === writers && each.subject === 'holdfast');
      return [
        String(writers),
        subject,
        perSecond.toFixed(1),
        ratio(perSecond, own?.perSecond ?? Number.NaN),
        median(times).toFixed(0),
        quantile(times, 0.99).toFixed(0),
        (requests / effects).toFixed(1),
        (calls / effects).toFixed(1),
        (calls / effects - ALONE[subject]).toFixed(1),
        `${effects} of ${effects}`,
      ];
    }),
  ]);
}
