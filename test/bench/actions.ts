import { randomUUID } from 'node:crypto';
import type { Units } from './capacity.ts';
import { median, quantile, ratio, type Target, table } from './figures.ts';
import { changeEvent, copyOf, createdItem, etagOf, idOf, send } from './payouts.ts';
import { type Exchange, roundTrips, type Stand, SUBJECTS, type Subject } from './stand.ts';

/** Milliseconds added to each call. A read or a write of DynamoDB takes a few in its own region. */
export const DELAYS = [0, 5, 10] as const;

/** So many that three are slower than the 99th percentile. */
const ROUNDS = 300;

/** Until code is compiled and connections stand. */
const WARM_UP = 60;

/** What a request asks: its first sending, or the same again. The floor knows no replay: it would do it twice. */
export type Kind = 'action' | 'replay';

/** Times of one kind of request to one subject. */
export interface Timed {
  readonly subject: Subject;
  readonly kind: Kind;
  readonly delayMs: number;
  readonly times: readonly number[];
}

/** What was measured of requests that nobody contends with. */
export interface Actions {
  readonly timed: readonly Timed[];
  /** Longest chain of calls of any request. */
  readonly trips: Readonly<Record<Kind, Readonly<Record<Subject, number>>>>;
  readonly units: Readonly<Record<Kind, Readonly<Record<Subject, Units>>>>;
}

interface Measured {
  readonly times: number[];
  trips: number;
}

/** One action and its replay by each subject, in turns, so that whatever else the machine does falls on all alike. */
export async function measureActions(stand: Stand): Promise<Actions> {
  const created = await createdItem(stand);
  const environments = Object.fromEntries(SUBJECTS.map((name) => [name, stand.environment(name)]));
  const of = (subject: Subject, kind: Kind, delayMs: number) => `${subject} ${kind} ${delayMs}`;
  const all = new Map<string, Measured>();
  const held: { readonly wanted: number; readonly real: number }[] = [];

  const request = async (subject: Subject) => {
    const item = copyOf(created, subject);
    await stand.write(item);
    const event = changeEvent({ id: idOf(item), ifMatch: etagOf(item), key: randomUUID() });
    return async () => {
      const environment = environments[subject];
      if (environment === undefined) throw new Error(`there is no environment of ${subject}`);
      const { status } = await send(environment, event);
      if (status !== 200) throw new Error(`${subject} refused what nothing is wrong with`);
    };
  };
  const timedOnce = async (subject: Subject, kind: Kind, again: () => Promise<void>) => {
    const key = of(subject, kind, stand.delayMs);
    const measured = all.get(key) ?? { times: [], trips: 0 };
    all.set(key, measured);
    stand.exchanges.length = 0;
    const start = performance.now();
    await again();
    measured.times.push(performance.now() - start);
    measured.trips = Math.max(measured.trips, roundTrips(stand.exchanges));
    held.push(...stand.exchanges.map(({ heldMs }) => ({ wanted: stand.delayMs, real: heldMs })));
  };
  for (let i = 0; i < WARM_UP; i++)
    for (const subject of SUBJECTS) {
      const again = await request(subject);
      await again();
      await again().catch(() => undefined);
    }
  for (let i = 0; i < ROUNDS; i++) {
    for (const delayMs of DELAYS) {
      stand.delayMs = delayMs;
      for (const subject of turned(SUBJECTS, i)) {
        const again = await request(subject);
        await timedOnce(subject, 'action', again);
        if (subject !== 'floor') await timedOnce(subject, 'replay', again);
      }
    }
  }
  stand.delayMs = 0;
  const units = { action: {}, replay: {} } as Record<Kind, Record<Subject, Units>>;
  for (const subject of SUBJECTS) {
    const again = await request(subject);
    units.action[subject] = await stand.units(again);
    if (subject !== 'floor') units.replay[subject] = await stand.units(again);
  }
  await Promise.all(Object.values(environments).map((environment) => environment.end()));

  console.log(`delay as it was, median and 99th percentile of ${held.length} calls`);
  table(
    DELAYS.filter((ms) => ms > 0).map((ms) => {
      const real = held.filter(({ wanted }) => wanted === ms).map((each) => each.real);
      return [`${ms} ms`, `${median(real).toFixed(2)} ms`, `${quantile(real, 0.99).toFixed(2)} ms`];
    }),
  );
  const trips = { action: {}, replay: {} } as Record<Kind, Record<Subject, number>>;
  const timed = SUBJECTS.flatMap((subject) =>
    (['action', 'replay'] as const).flatMap((kind) => {
      const measured = DELAYS.map((delayMs) => all.get(of(subject, kind, delayMs)));
      trips[kind][subject] = Math.max(...measured.map((each) => each?.trips ?? 0));
      return measured.flatMap((each, i) =>
        each === undefined ? [] : [{ subject, kind, delayMs: DELAYS[i] ?? 0, times: each.times }],
      );
    }),
  );
  return { timed, trips, units };
}

/** The same, begun by another each time. */
const turned = <T>(values: readonly T[], by: number): readonly T[] => {
  const at = by % values.length;
  return [...values.slice(at), ...values.slice(0, at)];
};

/** The times of one row. */
export const timesOf = ({ timed }: Actions, subject: Subject, kind: Kind, delayMs: number) =>
  timed.find((each) => each.subject === subject && each.kind === kind && each.delayMs === delayMs)?.times ?? [];

/** Prints it, each subject beside Holdfast. */
export function printActions(actions: Actions): void {
  for (const kind of ['action', 'replay'] as const) {
    const measured = SUBJECTS.filter((subject) => timesOf(actions, subject, kind, 0).length > 0);
    console.log(
      `one ${kind}, ${ROUNDS} rounds in turns: sequential round trips, and milliseconds (ratio to holdfast's p50)`,
    );
    table([
      [kind, 'trips', ...DELAYS.flatMap((ms) => [`p50 +${ms} ms`, 'p99', 'ratio'])],
      ...measured.map((subject) => [
        subject,
        String(actions.trips[kind][subject]),
        ...DELAYS.flatMap((ms) => {
          const times = timesOf(actions, subject, kind, ms);
          const own = median(timesOf(actions, 'holdfast', kind, ms));
          return [median(times).toFixed(2), quantile(times, 0.99).toFixed(2), ratio(median(times), own)];
        }),
      ]),
    ]);
    console.log(`one ${kind}: request units by DynamoDB's rules, of the items before and after each call`);
    table([
      [kind, 'reads', 'writes: resource', 'idempotency record', 'list indexes'],
      ...measured.map((subject) => {
        const { reads, writes, recordWrites, indexWrites } = actions.units[kind][subject];
        return [subject, ...[reads, writes, recordWrites, indexWrites].map(String)];
      }),
    ]);
  }
}

/** What was promised of an action's speed. */
export function actionTargets(actions: Actions): readonly Target[] {
  const at = (subject: Subject, ms: number) => median(timesOf(actions, subject, 'action', ms));
  const faster = at('usual', 5) / at('holdfast', 5);
  const slower = at('holdfast', 5) / at('floor', 5);
  const { action, replay } = actions.trips;
  return [
    { promise: 'round trips of an action: 2', measured: `${action.holdfast}`, met: action.holdfast <= 2 },
    { promise: 'round trips of a replay: 1', measured: `${replay.holdfast}`, met: replay.holdfast <= 1 },
    {
      promise: "at least 1.9 × the usual way's speed at 5 ms",
      measured: `${faster.toFixed(2)} ×`,
      met: faster >= 1.9,
    },
    { promise: 'within 1.15 × of the floor at 5 ms', measured: `${slower.toFixed(2)} ×`, met: slower <= 1.15 },
  ];
}

export type { Exchange };
