import type { Actions } from './actions.ts';
import type { ColdStarts } from './cold.ts';
import { ratio, table } from './figures.ts';
import { PRICES } from './prices.ts';
import { SUBJECTS, type Subject } from './stand.ts';

/** What the function's memory gives it of a core: a whole one comes with 1,769 MB (Lambda's documentation). */
const MEMORY_GB = 0.5;
const CORE_SHARE = 512 / 1_769;

/** Of a call to DynamoDB in its own region. */
const CALL_MS = 5;

/** What X-Ray keeps by its default rule. */
const TRACED = 0.05;

/** One call in ten finds the authorizer's answer of the last minute expired. */
const AUTHORIZED = 0.1;

/** Lambda's own lines of an invocation, and the gateway's line of a request. */
export const PLATFORM_LOG_BYTES = 1_000;

/** A row of history is under a kilobyte, and is written by an invocation of its own where traffic is low. */
const HISTORY_WRITES = 1;

/** One line of the bill for a million actions. */
export interface Item {
  readonly name: string;
  /** Units times price, in words. */
  readonly arithmetic: string;
  readonly dollars: number;
}

/** What a million actions cost on payouts that hold few receipts, by what is paid for. */
export type Bill = Readonly<Record<Subject, readonly Item[]>>;

/** The bill of each, from what was measured. */
export const billOf = (actions: Actions, { warm }: ColdStarts): Bill =>
  Object.fromEntries(
    SUBJECTS.map((subject) => {
      const ms = actions.trips.action[subject] * CALL_MS + warm[subject].cpuMs / CORE_SHARE;
      // An entry of history is one call and little code, as the floor is.
      const historyMs = CALL_MS + warm.floor.cpuMs / CORE_SHARE / actions.trips.action.floor;
      return [subject, items(actions, subject, ms, historyMs)];
    }),
  ) as Bill;

function items(actions: Actions, subject: Subject, ms: number, historyMs: number): readonly Item[] {
  const { reads, writes, recordWrites, indexWrites } = actions.units.action[subject];
  const times = (name: string, units: number, price: number, what: string): Item => ({
    name,
    arithmetic: `${units} ${what} × $${price}`,
    dollars: units * price,
  });
  const duration = (name: string, forMs: number): Item => ({
    name,
    arithmetic: `${forMs.toFixed(1)} ms × ${MEMORY_GB} GB × $${PRICES.gigabyteSecond}/GB-s × 1M`,
    dollars: forMs * 1_000 * MEMORY_GB * PRICES.gigabyteSecond,
  });
  const logs = (name: string, bytes: number): Item => ({
    name,
    arithmetic: `${bytes} B × 1M × $${PRICES.logGigabyte}/GB`,
    dollars: (bytes / 1_000) * PRICES.logGigabyte,
  });
  return [
    times('gateway', 1, PRICES.millionRequests, 'M requests'),
    times('authorizer', AUTHORIZED, PRICES.millionInvocations, 'M invocations'),
    times('traces', TRACED, PRICES.millionTraces, 'M traces'),
    logs('platform logs', PLATFORM_LOG_BYTES),
    times('invocations', 1, PRICES.millionInvocations, 'M'),
    duration('duration', ms),
    logs('own logs', actions.logBytes[subject]),
    times('reads', reads, PRICES.millionReads, 'M'),
    times('writes: resource', writes, PRICES.millionWrites, 'M'),
    times('writes: idempotency record', recordWrites, PRICES.millionWrites, 'M'),
    times('writes: list indexes', indexWrites, PRICES.millionWrites, 'M'),
    ...(subject === 'holdfast'
      ? [
          times('history: writes', HISTORY_WRITES, PRICES.millionWrites, 'M'),
          times('history: invocations', 1, PRICES.millionInvocations, 'M'),
          times('history: traces', TRACED, PRICES.millionTraces, 'M traces'),
          duration('history: duration', historyMs),
          logs('history: platform logs', PLATFORM_LOG_BYTES),
        ]
      : []),
  ];
}

/** Dollars of some of a bill's items. */
export const dollars = (items: readonly Item[], which: (name: string) => boolean = () => true): number =>
  items.reduce((sum, item) => sum + (which(item.name) ? item.dollars : 0), 0);

/** What only Holdfast keeps. */
export const isHistory = (name: string): boolean => name.startsWith('history');

/** Prints it, with the arithmetic. */
export function printBill(bill: Bill): void {
  console.log(
    `dollars for a million actions on payouts that hold at most three receipts, us-east-1, without free tiers; duration: ${CALL_MS} ms a call, and the measured CPU time at ${(CORE_SHARE * 100).toFixed(0)} % of a core`,
  );
  table([
    ['', ...SUBJECTS.flatMap((subject) => [`${subject}: units × price`, '$'])],
    ...bill.holdfast.map(({ name }) => [
      name,
      ...SUBJECTS.flatMap((subject) => {
        const item = bill[subject].find((each) => each.name === name);
        return [item?.arithmetic ?? '', item?.dollars.toFixed(3) ?? ''];
      }),
    ]),
    ['all', ...SUBJECTS.flatMap((subject) => ['', dollars(bill[subject]).toFixed(2)])],
    [
      'without history',
      ...SUBJECTS.flatMap((subject) => [
        ratio(
          dollars(bill[subject], (name) => !isHistory(name)),
          dollars(bill.floor),
        ),
        dollars(bill[subject], (name) => !isHistory(name)).toFixed(2),
      ]),
    ],
  ]);
}
