import type { StackTemplate } from '../../../lib/holdfast/cdk/templates/templates.ts';
import type { Actions } from './actions.ts';
import type { ColdStarts } from './cold.ts';
import { accessLogBytes, type Deployed, deployed } from './deployed.ts';
import { ratio, type Target, table } from './figures.ts';
import { PRICED_ON, PRICES } from './prices.ts';
import { SUBJECTS, type Subject } from './stand.ts';

/** With so much memory comes a whole core. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const CORE_GB = 1_769 / 1_024;

/** Of a call to DynamoDB in its own region. */
const CALL_MS = 5;

/** What X-Ray keeps by its default rule. */
const TRACED = 0.05;

/** One call in ten finds the authorizer's answer of the last minute expired. */
const AUTHORIZED = 0.1;

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

/** What is paid for a call besides what it does: all three are deployed alike, by the kit's own template. */
interface Platform {
  readonly action: Deployed;
  readonly history: Deployed;
  readonly accessLogBytes: number;
}

/**
 * The bill of each, from what was measured.
 * @param stacks of the stage that is billed
 */
export function billOf(actions: Actions, cold: ColdStarts, stacks: readonly StackTemplate[]): Bill {
  const platform = {
    action: deployed(stacks, 'payouts-change-amount'),
    history: deployed(stacks, 'history'),
    accessLogBytes: accessLogBytes(stacks),
  };
  return Object.fromEntries(
    SUBJECTS.map((subject) => [subject, items({ subject, actions, cold, platform })]),
  ) as Bill;
}

interface Billed {
  readonly subject: Subject;
  readonly actions: Actions;
  readonly cold: ColdStarts;
  readonly platform: Platform;
}

/** Milliseconds of calls and of CPU, on the share of a core that comes with the memory. */
const durationMs = (calls: number, cpuMs: number, { memoryGb }: Deployed): number =>
  calls * CALL_MS + cpuMs / Math.min(1, memoryGb / CORE_GB);

function items({ subject, actions, cold: { warm }, platform }: Billed): readonly Item[] {
  const { action, history } = platform;
  const { reads, writes, recordWrites, indexWrites } = actions.units.action[subject];
  const times = (name: string, units: number, price: number, what: string): Item => ({
    name,
    arithmetic: `${units} ${what} × $${price}`,
    dollars: units * price,
  });
  const duration = (name: string, forMs: number, { memoryGb }: Deployed): Item => ({
    name,
    arithmetic: `${forMs.toFixed(1)} ms × ${memoryGb} GB × $${PRICES.gigabyteSecond}/GB-s × 1M`,
    dollars: forMs * 1_000 * memoryGb * PRICES.gigabyteSecond,
  });
  const logs = (name: string, bytes: number): Item => ({
    name,
    arithmetic: `${bytes} B × 1M × $${PRICES.logGigabyte}/GB`,
    dollars: (bytes / 1_000) * PRICES.logGigabyte,
  });
  const ms = durationMs(actions.trips.action[subject], warm[subject].cpuMs, action);
  // An entry of history is one call and little code, as the floor is.
  const historyMs = durationMs(1, warm.floor.cpuMs / actions.trips.action.floor, history);
  return [
    times('gateway', 1, PRICES.millionRequests, 'M requests'),
    times('authorizer', AUTHORIZED, PRICES.millionInvocations, 'M invocations'),
    times('traces', TRACED, PRICES.millionTraces, 'M traces'),
    logs('platform logs', platform.accessLogBytes + action.systemLogBytes),
    times('invocations', 1, PRICES.millionInvocations, 'M'),
    duration('duration', ms, action),
    logs('own logs', actions.logBytes[subject]),
    times('reads', reads, PRICES.millionReads, 'M'),
    times('writes: resource', writes, PRICES.millionWrites, 'M'),
    times('writes: idempotency record', recordWrites, PRICES.millionWrites, 'M'),
    times('writes: list indexes', indexWrites, PRICES.millionWrites, 'M'),
    ...(subject === 'holdfast'
      ? [
          times('history: writes', HISTORY_WRITES, PRICES.millionWrites, 'M'),
          times('history: invocations', 1, PRICES.millionInvocations, 'M'),
          times('history: traces', history.traced ? TRACED : 0, PRICES.millionTraces, 'M traces'),
          duration('history: duration', historyMs, history),
          logs('history: platform logs', history.systemLogBytes),
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
    `dollars of ${PRICED_ON} for a million actions on payouts that hold at most three receipts, us-east-1, without free tiers, all three deployed alike; duration: ${CALL_MS} ms a call, and the measured CPU time on the share of a core that comes with the memory`,
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

/** What was promised of the bill. */
export function billTargets(bill: Bill): readonly Target[] {
  const [own, usual] = [dollars(bill.holdfast), dollars(bill.usual)];
  return [
    {
      promise: 'a million actions cost less than the usual way, history included',
      measured: `$${own.toFixed(2)}`,
      peer: `the usual way $${usual.toFixed(2)}, the floor $${dollars(bill.floor).toFixed(2)}`,
      met: own < usual,
    },
  ];
}
