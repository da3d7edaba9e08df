import { expect, test } from '@jest/globals';
import disbursePayout from '../../../functions/operations/disburse-payout.ts';
import { advance, type OperationEvent } from '../../../lib/holdfast/core/operations/operation-machine.ts';
import {
  accepted,
  cancelled,
  isCancelable,
  type Progress,
  resolvedAs,
} from '../../../lib/holdfast/core/operations/operation-progress.ts';
import type { Outcome } from '../../../lib/holdfast/core/partners/outcome.ts';
import { WAYS } from './operation-states.ts';

const START = Date.UTC(2026, 0, 1);

/** Seconds before an event: at once, after a partner has settled, and beyond the deadline. */
const DELAYS = [0, 60, 3 * 86_400];

const OUTCOMES: readonly Outcome[] = [
  { kind: 'succeeded' },
  { kind: 'rejected', reason: 'no' },
  { kind: 'unavailable', retryAfterSeconds: 1 },
  { kind: 'unknown' },
  { kind: 'not-found' },
  { kind: 'pending' },
];

/** Everything that can happen next to an operation. */
const eventsOf = ({ command: { step, undo, attempt } }: Progress): readonly OperationEvent[] => {
  const ref = { step, undo, attempt };
  return [
    { type: 'proceed' },
    { type: 'claim', ...ref },
    { type: 'hold', reason: 'rate', retryAfterSeconds: 1, ...ref },
    ...OUTCOMES.map((outcome) => ({ type: 'report', outcome, ...ref }) as const),
    { type: 'timeout', ...ref },
    { type: 'unheld', why: 'it has moved', ...ref },
    { type: 'lost' },
  ];
};

/** What it comes to by each event, and by a person who cancels or resolves it. */
const nextOf = (progress: Progress, now: number): readonly Progress[] => [
  ...eventsOf(progress).map((event) => advance(disbursePayout, progress, event, now, 0.5)),
  ...(isCancelable(progress) ? [cancelled(progress)] : []),
  ...(progress.state === 'needs-attention'
    ? (['succeeded', 'failed', 'retry'] as const).map((outcome) => resolvedAs(progress, outcome))
    : []),
];

/** What makes two situations different: times and counts by themselves lead to no other state. */
const situation = (progress: Progress): string => {
  const { command, deadline: _, epoch: __, turns: ___, settled: ____, retries: _____, ...rest } = progress;
  const { step, undo, status, attempt, firstSentAt, inDoubt, notDone } = command;
  return JSON.stringify([rest, step, undo, status, Math.min(attempt, 2), firstSentAt > 0, inDoubt, notDone]);
};

/** Every pair of states that one event leads through, from acceptance on. */
function waysOfTheMachine(): ReadonlySet<string> {
  const first = accepted(disbursePayout, START);
  const ways = new Set([`→ ${first.state}`]);
  const seen = new Set([situation(first)]);
  const open: (readonly [Progress, number])[] = [[first, START]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [progress, at] = next;
    for (const now of DELAYS.map((seconds) => at + seconds * 1000)) {
      for (const after of nextOf(progress, now)) {
        if (after.state !== progress.state) ways.add(`${progress.state} → ${after.state}`);
        if (seen.has(situation(after))) continue;
        seen.add(situation(after));
        open.push([after, now]);
      }
    }
  }
  return ways;
}

test('the ways between the states of an operation that docs/architecture.md draws and lists are those of the machine', () => {
  const listed = WAYS.map(({ from = '', to }) => `${from} → ${to}`.trim());

  expect(new Set(listed)).toEqual(waysOfTheMachine());
});
