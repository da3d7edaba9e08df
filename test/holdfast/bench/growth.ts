import { itemBytes } from '../support/items.ts';
import { type Item, NONE, sum, type Units, unitsOf } from './capacity.ts';
import { median, quantile, ratio, type Target, table } from './figures.ts';
import { changeEvent, copyOf, createdItem, etagOf, idOf, send } from './payouts.ts';
import { roundTrips, type Stand, type Subject } from './stand.ts';

/** Receipts that the item holds before the action; with sixteen, the action spills. */
const HELD = [0, 1, 7, 8, 15, 16] as const;

/** Actions on one item, as many as a day may bring. */
const SERIES = 200;

const ROUNDS = 60;
const DELAY_MS = 5;

/** One action on an item that has a past. */
export interface Grown {
  /** What it held before. */
  readonly held: string;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  readonly units: Units;
  readonly trips: number;
  readonly times: readonly number[];
}

/** One of {@link SERIES} actions on one item. */
interface Acted {
  /** Of the item after it. */
  readonly bytes: number;
  readonly writes: number;
  readonly reads: number;
  readonly calls: number;
  /** Receipts were put elsewhere, all with one call. */
  readonly leaves: boolean;
}

/** What was measured of items that grow. */
export interface Growth {
  readonly states: readonly Grown[];
  readonly series: readonly Acted[];
  /** The same by the usual way. */
  readonly usual: readonly Acted[];
}

/** Latency, units and bytes of an action against what its item holds; then two hundred actions on one item. */
export async function measureGrowth(stand: Stand): Promise<Growth> {
  const environment = stand.environment('holdfast');
  const { past, series } = await live(stand, 'holdfast', environment);
  const other = stand.environment('usual');
  const { series: usual } = await live(stand, 'usual', other);
  await other.end();
  const states = [
    ...HELD.map((held) => ({ held: String(held), item: past[held] })),
    { held: '9, others spilled', item: past[17] },
  ];
  const measured = states.map(({ held, item = {} }) => ({
    held,
    item,
    times: [] as number[],
    trips: 0,
    units: NONE,
    bytesAfter: 0,
  }));
  const change = async (item: Item) => {
    const copy = copyOf(item);
    await stand.write(copy);
    const event = changeEvent({ id: idOf(copy), ifMatch: etagOf(copy) });
    return { pk: copy.pk.S, act: () => send(environment, event) };
  };
  stand.delayMs = DELAY_MS;
  for (let i = 0; i < ROUNDS; i++) {
    for (const each of measured) {
      const { act } = await change(each.item);
      stand.exchanges.length = 0;
      const start = performance.now();
      await act();
      each.times.push(performance.now() - start);
      each.trips = Math.max(each.trips, roundTrips(stand.exchanges));
    }
  }
  stand.delayMs = 0;
  for (const each of measured) {
    const { pk, act } = await change(each.item);
    each.units = await stand.units(act);
    each.bytesAfter = itemBytes((await stand.read(pk)) ?? {});
  }
  await environment.end();
  return {
    states: measured.map(({ item, ...each }) => ({ ...each, bytesBefore: itemBytes(item) })),
    series,
    usual,
  };
}

/** Actions on one item, from before it held a receipt; the item as it was before each. */
async function live(stand: Stand, subject: Subject, environment: ReturnType<Stand['environment']>) {
  const { receipts: _, ...item } = copyOf(await createdItem(stand), subject);
  await stand.write(item);
  const { pk = { S: '' } } = item;
  const id = idOf(item);
  const past: Item[] = [item];
  const series: Acted[] = [];
  for (let i = 0; i < SERIES; i++) {
    const ifMatch = etagOf(past.at(-1) ?? {});
    const event = changeEvent({ id, ifMatch, value: `${1_000 + i}.00` });
    const observed = await stand.observed(() => send(environment, event));
    const indexes = [...stand.indexes.values()];
    const { reads, writes, recordWrites } = sum(
      observed.map(({ touch, ...items }) => unitsOf(touch, items, indexes)),
    );
    const after = (await stand.read(String(pk.S))) ?? {};
    past.push(after);
    series.push({
      bytes: itemBytes(after),
      writes: writes + recordWrites,
      reads,
      calls: observed.length,
      leaves: observed.some(({ touch }) => touch.table === 'IdempotencyTable' && touch.writes),
    });
  }
  return { past, series };
}

const mean = (values: readonly number[]) => values.reduce((all, value) => all + value, 0) / values.length;

/** Prints it, each state beside the first. */
export function printGrowth({ states, series, usual }: Growth): void {
  const base = median(states[0]?.times ?? []);
  console.log(
    `an action of holdfast against the receipts that its item holds, ${DELAY_MS} ms added to each call`,
  );
  table([
    [
      'receipts held',
      'bytes before',
      'after',
      'reads',
      'writes: resource',
      'receipts spilled',
      'list indexes',
      'trips',
      'p50 ms',
      'p99',
      'ratio',
    ],
    ...states.map(({ held, bytesBefore, bytesAfter, units, trips, times }) => [
      held,
      ...[
        bytesBefore,
        bytesAfter,
        units.reads,
        units.writes,
        units.recordWrites,
        units.indexWrites,
        trips,
      ].map(String),
      median(times).toFixed(2),
      quantile(times, 0.99).toFixed(2),
      ratio(median(times), base),
    ]),
  ]);
  console.log(`${SERIES} actions on one item within a day`);
  table([
    ['', 'largest item', 'mean write units', 'most', 'mean read units', 'calls', 'most'],
    ...Object.entries({ holdfast: series, usual }).map(([name, each]) => [
      name,
      String(Math.max(...each.map(({ bytes }) => bytes))),
      mean(each.map(({ writes }) => writes)).toFixed(2),
      String(Math.max(...each.map(({ writes }) => writes))),
      mean(each.map(({ reads }) => reads)).toFixed(2),
      mean(each.map(({ calls }) => calls)).toFixed(2),
      String(Math.max(...each.map(({ calls }) => calls))),
    ]),
  ]);
}

/** Calls of an action that moves no receipts out: a read and a write. */
const CALLS = 2;

/** Receipts that leave together: so many actions have no third call for each that has. */
const LEAVING = 14;

/**
 * A key that is new looks like one of {@link SERIES} that left, once in 65,536 for each, and is looked for in vain: 0.3 times in
 * all of them, and more than three times in one run of a thousand.
 */
const IN_VAIN = 3;

/** What was promised of write units: with so many receipts held once the action is done. */
export function growthTargets({ states, series, usual }: Growth): readonly Target[] {
  const writes = (held: number) =>
    states.find((each) => each.held === String(held))?.units.writes ?? Number.NaN;
  const measured = [writes(0), writes(7), writes(15)];
  const [own, other] = [series, usual].map((each) => mean(each.map((acted) => acted.writes)));
  const [dearest, peer] = [series, usual].map((each) => Math.max(...each.map((acted) => acted.writes)));
  const leaving = series.filter(({ leaves }) => leaves).length;
  const inVain = series.filter(({ calls, leaves }) => calls > CALLS && !leaves).length;
  const usualCalls = mean(usual.map(({ calls }) => calls));
  return [
    {
      promise: 'write units at most 1, 2, 2 with 1, 8, 16 receipts held after it',
      measured: measured.join(', '),
      met: measured.every((units, i) => units <= ([1, 2, 2][i] ?? 0)),
    },
    {
      promise: `at most 2.3 write units an action, ${SERIES} on one item within a day`,
      measured: own?.toFixed(2) ?? '',
      peer: `the usual way ${other?.toFixed(2)}`,
      met: (own ?? Number.NaN) <= 2.3,
    },
    {
      promise: 'the dearest of them at most 5',
      measured: String(dearest),
      peer: `the usual way ${peer}`,
      met: (dearest ?? Number.NaN) <= 5,
    },
    {
      promise: `a third call at most once in ${LEAVING} of them`,
      measured: `${leaving} of ${SERIES}, and ${inVain} by chance`,
      peer: `the usual way ${usualCalls.toFixed(1)} calls each`,
      met: leaving <= SERIES / LEAVING && inVain <= IN_VAIN,
    },
  ];
}
