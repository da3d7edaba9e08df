import { type Actions, timesOf } from './actions.ts';
import type { ColdStarts } from './cold.ts';
import type { Contended } from './contention.ts';
import { type Bill, dollars } from './cost.ts';
import { median, quantile } from './figures.ts';
import { markdownTable } from './markdown-table.ts';
import { SUBJECTS, type Subject } from './stand.ts';

/** What the table is made of. */
export interface Figures {
  /** Cores, processor and Node. */
  readonly machine: string;
  readonly actions: Actions;
  readonly cold: ColdStarts;
  readonly bill: Bill;
  readonly contention: readonly Contended[];
}

/** The table of what is measured, each subject a column. */
export function costTable({ machine, actions, cold, bill, contention }: Figures): string {
  const times = (kind: 'action' | 'replay', delayMs: number) => (subject: Subject) => {
    const each = timesOf(actions, subject, kind, delayMs);
    return each.length === 0 ? '–' : `${median(each).toFixed(1)} / ${quantile(each, 0.99).toFixed(0)} ms`;
  };
  const bundle = (subject: Subject) => cold.bundles.find((each) => each.subject === subject && each.trimmed);
  const contended = (writers: number) => (subject: Subject) => {
    const found = contention.find((each) => each.subject === subject && each.writers === writers);
    return found === undefined
      ? '–'
      : `${found.perSecond.toFixed(1)} (${(found.calls / found.effects).toFixed(1)} calls each)`;
  };
  const units = (subject: Subject) => {
    const { writes, recordWrites } = actions.units.action[subject];
    return recordWrites === 0 ? String(writes) : `${writes} + ${recordWrites}`;
  };
  const rows: readonly (readonly [string, (subject: Subject) => string])[] = [
    ['round trips of an action, one after another', (subject) => String(actions.trips.action[subject])],
    ['of a replay', (subject) => String(actions.trips.replay[subject] || '–')],
    ['write units: resource + idempotency record', units],
    ['read units', (subject) => String(actions.units.action[subject].reads)],
    ...[0, 5, 10].map(
      (ms) => [`action, ${ms} ms added to each call: p50 / p99`, times('action', ms)] as const,
    ),
    ['replay, 5 ms added: p50 / p99', times('replay', 5)],
    ['actions a second, 8 writers on one item', contended(8)],
    ['64 writers', contended(64)],
    ['CPU of a warm action', (subject) => `${cold.warm[subject].cpuMs.toFixed(1)} ms`],
    ['bundle', (subject) => `${Math.round((bundle(subject)?.bytes ?? 0) / 1_000)} kB`],
    ['its import, in a new process', (subject) => `${bundle(subject)?.importMs.toFixed(0)} ms`],
    [
      'a million actions, up to three receipts held (its share for history)',
      (subject) => {
        const history = dollars(bill[subject], (name) => name.startsWith('history'));
        return `$${dollars(bill[subject]).toFixed(2)}${history > 0 ? ` ($${history.toFixed(2)})` : ''}`;
      },
    ],
  ];
  return markdownTable([
    [machine, 'Holdfast', 'the usual way', 'the floor'],
    ...rows.map(([name, cell]) => [name, ...SUBJECTS.map(cell)]),
  ]);
}
