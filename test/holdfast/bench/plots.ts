import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Actions, DELAYS, type Kind, timesOf } from './actions.ts';
import type { ColdStarts } from './cold.ts';
import type { Contended } from './contention.ts';
import { type Bill, dollars, isHistory } from './cost.ts';
import { median } from './figures.ts';
import type { Growth } from './growth.ts';
import { SUBJECTS } from './stand.ts';
import { barChart, lineChart } from './svg.ts';
import type { Synth } from './synth.ts';

/** Where docs/cost.md finds them. */
export const PLOTS = join(import.meta.dirname, 'plots');

const save = async (name: string, svg: string) => {
  await mkdir(PLOTS, { recursive: true });
  await writeFile(join(PLOTS, `${name}.svg`), svg);
};

const NAMES = { holdfast: 'holdfast', usual: 'the usual way', floor: 'the floor' } as const;

/** Latency of actions and replays. */
export async function plotActions(actions: Actions): Promise<void> {
  const columns = DELAYS.flatMap((delayMs) =>
    (['action', 'replay'] as const).map((kind: Kind) => ({ delayMs, kind })),
  );
  const series = SUBJECTS.map((subject) => {
    const times = columns.map(({ kind, delayMs }) => timesOf(actions, subject, kind, delayMs));
    return {
      name: `${NAMES[subject]} (${actions.trips.action[subject]} round trips)`,
      values: times.map((each) => (each.length === 0 ? Number.NaN : median(each))),
    };
  });
  const chart = barChart({
    title: 'One action, and its replay',
    subtitle:
      'Median milliseconds, with 0, 5 and 10 ms added to each call of DynamoDB. The floor knows no replay.',
    groups: columns.map(({ kind, delayMs }) => `${kind}, +${delayMs} ms`),
    series,
  });
  await save('actions', chart);
}

/** Writers on one item. */
export async function plotContention(measured: readonly Contended[]): Promise<void> {
  const levels = [...new Set(measured.map(({ writers }) => writers))];
  const chart = barChart({
    title: 'Writers on one item',
    subtitle:
      'Actions a second, of those that took effect; 5 ms added to each call. Each writer sends again until it wins.',
    groups: levels.map((writers) => `${writers} ${writers === 1 ? 'writer' : 'writers'}`),
    series: SUBJECTS.map((subject) => ({
      name: NAMES[subject],
      values: levels.map(
        (writers) =>
          measured.find((each) => each.writers === writers && each.subject === subject)?.perSecond ??
          Number.NaN,
      ),
    })),
  });
  await save('contention', chart);
}

/** Two hundred actions on one item. */
export async function plotGrowth({ series, usual }: Growth): Promise<void> {
  await save(
    'growth-bytes',
    lineChart({
      title: 'Two hundred actions on one item within a day: its size',
      subtitle: 'Bytes of the item after each action: at most 16 receipts stay, and 14 leave together.',
      xTitle: 'actions so far',
      series: [{ name: 'bytes', values: series.map(({ bytes }) => bytes) }],
    }),
  );
  await save(
    'growth-units',
    lineChart({
      title: 'Two hundred actions on one item within a day: write units',
      subtitle:
        'Units of each action, without the list indexes. Holdfast has a peak where 14 receipts leave the item.',
      xTitle: 'actions so far',
      steps: true,
      series: [
        { name: NAMES.holdfast, values: series.map(({ writes }) => writes) },
        { name: NAMES.usual, values: usual.map(({ writes }) => writes) },
      ],
    }),
  );
}

/** What begins a process. */
export async function plotColdStarts({ bundles }: ColdStarts): Promise<void> {
  const shown = bundles.filter(({ firstMs }) => !Number.isNaN(firstMs));
  const chart = barChart({
    title: 'Cold start',
    subtitle:
      'Median milliseconds of a new process. Trimmed: with credentials from the environment alone, as ours.',
    groups: shown.map(({ subject = 'floor', trimmed }) =>
      subject === 'holdfast' ? 'holdfast' : `${subject}, ${trimmed ? 'trimmed' : 'plain'}`,
    ),
    series: [
      { name: 'import', values: shown.map(({ importMs }) => importMs) },
      { name: 'import and first answer', values: shown.map(({ firstMs }) => firstMs) },
    ],
  });
  await save('cold', chart);
}

/** What a million actions cost. */
export async function plotBill(bill: Bill): Promise<void> {
  const parts = {
    'gateway and traces': (name: string) => ['gateway', 'authorizer', 'traces'].includes(name),
    function: (name: string) => ['invocations', 'duration'].includes(name),
    logs: (name: string) => ['platform logs', 'own logs'].includes(name),
    'item and record': (name: string) =>
      ['reads', 'writes: resource', 'writes: idempotency record'].includes(name),
    'list indexes': (name: string) => name === 'writes: list indexes',
    history: isHistory,
  };
  const chart = barChart({
    title: 'A million actions on AWS',
    subtitle: 'Dollars, us-east-1, without free tiers. History is kept by holdfast alone.',
    groups: SUBJECTS.map((subject) => NAMES[subject]),
    stacked: true,
    series: Object.entries(parts).map(([name, which]) => ({
      name,
      values: SUBJECTS.map((subject) => dollars(bill[subject], which)),
    })),
    format: (value) => `$${value.toFixed(2)}`,
  });
  await save('cost', chart);
}

/** Synthesis. */
export async function plotSynth(synth: readonly Synth[]): Promise<void> {
  const chart = barChart({
    title: 'Synthesis of production, bundles and validation included',
    subtitle: 'Seconds, by the number of actions beside those of the sample.',
    groups: synth.map(({ added }) => `${added} actions more`),
    series: [{ name: 'seconds', values: synth.map(({ seconds }) => seconds) }],
  });
  await save('synth', chart);
}
