import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { NONE, type Units } from './capacity.ts';
import { median, quantile, ratio, type Target, table } from './figures.ts';
import { changeEvent, copyOf, createdItem, etagOf, idOf, send } from './payouts.ts';
import { type Exchange, roundTrips, type Stand, SUBJECTS, type Subject } from './stand.ts';

/** Milliseconds added to each call. A read or a write of DynamoDB takes a few in its own region. */
export const DELAYS = [0, 5, 10] as const;

/** With which targets are stated, and time is looked into. */
const PROFILED_MS = 5;

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
  /** What is in each of them. */
  readonly parts: readonly Parts[];
}

/** Where the milliseconds of one request are. */
interface Parts {
  /** For which its calls were held back. */
  readonly held: number;
  /** With the emulator, and on the way there. */
  readonly emulator: number;
  /** The rest: the function, and the way to it. */
  readonly rest: number;
}

/** What was measured of requests that nobody contends with. */
export interface Actions {
  readonly timed: readonly Timed[];
  /** Longest chain of calls of any request. */
  readonly trips: Readonly<Record<Kind, Readonly<Record<Subject, number>>>>;
  readonly units: Readonly<Record<Kind, Readonly<Record<Subject, Units>>>>;
  /** What an action writes to its log. */
  readonly logBytes: Readonly<Record<Subject, number>>;
}

/** What the tables look like for one request, which can be sent again. */
type Again = () => Promise<void>;

/** Environments of the subjects, what they write to their logs, and payouts to change. */
async function startSubjects(stand: Stand) {
  const created = await createdItem(stand);
  const logged = new Map<Subject, number>();
  const environments = new Map(
    SUBJECTS.map((subject) => {
      const log = (line: string) =>
        logged.set(subject, (logged.get(subject) ?? 0) + Buffer.byteLength(line) + 1);
      return [subject, stand.environment(subject, log)] as const;
    }),
  );
  return {
    logged,
    /** A request for the first action on a payout of its own. */
    async request(subject: Subject): Promise<Again> {
      const item = copyOf(created, subject);
      await stand.write(item);
      const event = changeEvent({ id: idOf(item), ifMatch: etagOf(item), key: randomUUID() });
      return async () => {
        const environment = environments.get(subject);
        const answer = environment && (await send(environment, event));
        // The floor refuses its own success, sent again.
        if (answer?.status !== 200) throw new Error(`${subject} refused what nothing is wrong with`);
      };
    },
    end: () => Promise.all([...environments.values()].map((environment) => environment.end())),
  };
}

const kindsOf = (subject: Subject): readonly Kind[] =>
  subject === 'floor' ? ['action'] : ['action', 'replay'];

/** One action and its replay by each subject, in turns, so that whatever else the machine does falls on all alike. */
export async function measureActions(stand: Stand): Promise<Actions> {
  const subjects = await startSubjects(stand);
  const rows = DELAYS.flatMap((delayMs) =>
    SUBJECTS.flatMap((subject) =>
      kindsOf(subject).map((kind) => ({
        subject,
        kind,
        delayMs,
        times: [] as number[],
        parts: [] as Parts[],
        trips: 0,
      })),
    ),
  );
  const held = new Map<number, number[]>(DELAYS.map((delayMs) => [delayMs, []]));
  const round = async (delayMs: number, subject: Subject) => {
    const again = await subjects.request(subject);
    stand.delayMs = delayMs;
    for (const row of rows.filter((each) => each.subject === subject && each.delayMs === delayMs)) {
      stand.exchanges.length = 0;
      const start = performance.now();
      await again();
      const time = performance.now() - start;
      row.times.push(time);
      row.parts.push(partsOf(time, stand.exchanges));
      row.trips = Math.max(row.trips, roundTrips(stand.exchanges));
      held.get(delayMs)?.push(...stand.exchanges.map(({ heldMs }) => heldMs));
    }
    stand.delayMs = 0;
  };
  for (let i = 0; i < WARM_UP; i++) for (const subject of SUBJECTS) await round(0, subject);
  for (const { times, parts } of rows) times.length = parts.length = 0;
  for (let i = 0; i < ROUNDS; i++)
    for (const delayMs of DELAYS) for (const subject of turned(SUBJECTS, i)) await round(delayMs, subject);

  const trips = perKind((subject, kind) =>
    Math.max(
      0,
      ...rows.filter((row) => row.subject === subject && row.kind === kind).map((row) => row.trips),
    ),
  );
  const { units, logBytes } = await count(stand, subjects);
  await subjects.end();
  console.log('delay as it was: median and 99th percentile');
  table(
    [...held].map(([wanted, real]) => [
      `+${wanted} ms`,
      `${median(real).toFixed(2)} ms`,
      `${quantile(real, 0.99).toFixed(2)} ms`,
    ]),
  );
  return { timed: rows, trips, units, logBytes };
}

function partsOf(time: number, exchanges: readonly Exchange[]): Parts {
  const held = sumOf(exchanges.map(({ heldMs }) => heldMs));
  const emulator = sumOf(exchanges.map(({ from, to, heldMs }) => to - from - heldMs));
  return { held, emulator, rest: time - held - emulator };
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** Units and bytes of the log, of one more request of each kind. */
async function count(stand: Stand, { request, logged }: Awaited<ReturnType<typeof startSubjects>>) {
  const units = perKind<Units>(() => NONE);
  const logBytes = Object.fromEntries(SUBJECTS.map((subject) => [subject, 0])) as Record<Subject, number>;
  for (const subject of SUBJECTS) {
    const again = await request(subject);
    for (const kind of kindsOf(subject)) {
      await settled();
      logged.set(subject, 0);
      units[kind][subject] = await stand.units(again);
      await settled();
      if (kind === 'action') logBytes[subject] = logged.get(subject) ?? 0;
    }
  }
  return { units, logBytes };
}

/** Lines of a log arrive by a pipe of their own, after the answer. */
const settled = () => delay(50);

function perKind<T>(of: (subject: Subject, kind: Kind) => T): Record<Kind, Record<Subject, T>> {
  const each = (kind: Kind) =>
    Object.fromEntries(SUBJECTS.map((subject) => [subject, of(subject, kind)])) as Record<Subject, T>;
  return { action: each('action'), replay: each('replay') };
}

/** The same, begun by another each time. */
const turned = <T>(values: readonly T[], by: number): readonly T[] => {
  const at = by % values.length;
  return [...values.slice(at), ...values.slice(0, at)];
};

const timedOf = ({ timed }: Actions, subject: Subject, kind: Kind, delayMs: number) =>
  timed.find((each) => each.subject === subject && each.kind === kind && each.delayMs === delayMs);

/** The times of one row. */
export const timesOf = (...row: Parameters<typeof timedOf>) => timedOf(...row)?.times ?? [];

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
    console.log(
      `where the milliseconds of one ${kind} are with ${PROFILED_MS} ms added to each call: medians`,
    );
    table([
      [kind, 'held back', 'emulator', 'function'],
      ...measured.map((subject) => {
        const parts = timedOf(actions, subject, kind, PROFILED_MS)?.parts ?? [];
        const names = ['held', 'emulator', 'rest'] as const;
        return [subject, ...names.map((name) => median(parts.map((each) => each[name])).toFixed(2))];
      }),
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
  const faster = at('usual', PROFILED_MS) / at('holdfast', PROFILED_MS);
  const slower = at('holdfast', PROFILED_MS) / at('floor', PROFILED_MS);
  const { action, replay } = actions.trips;
  const ms = (subject: Subject) => `${at(subject, PROFILED_MS).toFixed(1)} ms`;
  return [
    {
      promise: 'round trips of an action: 2',
      measured: `${action.holdfast}`,
      peer: `the usual way ${action.usual}, the floor ${action.floor}`,
      met: action.holdfast <= 2,
    },
    {
      promise: 'round trips of a replay: 1',
      measured: `${replay.holdfast}`,
      peer: `the usual way ${replay.usual}`,
      met: replay.holdfast <= 1,
    },
    {
      promise: `at least 1.85 × the usual way's speed at ${PROFILED_MS} ms`,
      measured: `${faster.toFixed(2)} ×, ${ms('holdfast')}`,
      peer: `the usual way ${ms('usual')}`,
      met: faster >= 1.85,
    },
    {
      promise: `within 1.10 × of the floor at ${PROFILED_MS} ms`,
      measured: `${slower.toFixed(2)} ×, ${ms('holdfast')}`,
      peer: `the floor ${ms('floor')}`,
      met: slower <= 1.1,
    },
  ];
}
