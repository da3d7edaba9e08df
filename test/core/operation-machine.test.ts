import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  accepted,
  advance,
  type CommandRef,
  cancelled,
  directive,
  isCancelable,
  isFinal,
  type OperationEvent,
  type Progress,
  resolvedAs,
} from '../../functions/core/operation-machine.ts';
import type { Outcome } from '../../functions/core/outcome.ts';
import disbursePayout from '../../functions/operations/disburse-payout.ts';

const outcomes: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constant<Outcome>({ kind: 'succeeded' }),
  fc.constant<Outcome>({ kind: 'unknown' }),
  fc.constant<Outcome>({ kind: 'not-found' }),
  fc.constant<Outcome>({ kind: 'rejected', reason: 'no' }),
  fc.constant<Outcome>({ kind: 'pending' }),
  fc
    .integer({ min: 1, max: 100 })
    .map((retryAfterSeconds): Outcome => ({ kind: 'unavailable', retryAfterSeconds })),
);

/** What the world does next: an event about the current command, or about one that is past. */
const steps = fc.array(
  fc.record({
    what: fc.constantFrom('proceed', 'claim', 'report', 'report', 'timeout', 'cancel', 'lost', 'resolve'),
    stale: fc.boolean(),
    outcome: outcomes,
    resolution: fc.constantFrom('succeeded', 'failed', 'retry'),
    seconds: fc.integer({ min: 0, max: 7_200 }),
    random: fc.double({ min: 0, max: 0.999, noNaN: true }),
  }),
  { maxLength: 60 },
);

type Step = typeof steps extends fc.Arbitrary<(infer S)[]> ? S : never;

function apply(progress: Progress, step: Step, now: number): Progress {
  const { step: name, undo, attempt } = progress.command;
  const ref: CommandRef = step.stale
    ? { step: name, undo, attempt: attempt - 1 }
    : { step: name, undo, attempt };
  if (step.what === 'cancel') return isCancelable(progress) ? cancelled(progress) : progress;
  if (step.what === 'resolve') {
    return progress.state === 'needs-attention' ? resolvedAs(progress, step.resolution as 'retry') : progress;
  }
  const events: Record<string, OperationEvent> = {
    proceed: { type: 'proceed' },
    claim: { type: 'claim', ...ref },
    report: { type: 'report', ...ref, outcome: step.outcome },
    timeout: { type: 'timeout', ...ref },
    lost: { type: 'lost' },
  };
  return advance(disbursePayout, progress, events[step.what] as OperationEvent, now, step.random);
}

/** Runs a history of the world, and shows each move of the operation. */
function run(
  history: readonly Step[],
  see: (before: Progress, after: Progress, step: Step, now: number) => void,
): Progress {
  let now = 1_800_000_000_000;
  let progress = accepted(disbursePayout, now);
  for (const step of history) {
    now += step.seconds * 1000;
    const after = apply(progress, step, now);
    see(progress, after, step, now);
    progress = after;
  }
  return progress;
}

const check = (see: Parameters<typeof run>[1], end: (progress: Progress) => void = () => undefined) =>
  fc.assert(
    fc.property(steps, (history) => end(run(history, see))),
    { numRuns: 1_000 },
  );

describe('an operation, whatever happens to it', () => {
  test('stays as it ended', () => {
    check((before, after) => {
      expect(!isFinal(before.state) || after === before).toBe(true);
    });
  });

  test('ends as paid with every step done, and else with nothing left to take back and the money not known to be gone', () => {
    check(
      () => undefined,
      ({ state, done }) => {
        expect(state !== 'succeeded' || done.join() === 'screen,transfer').toBe(true);
        expect(!['failed', 'cancelled'].includes(state) || !done.includes('screen')).toBe(true);
        expect(!['failed', 'cancelled'].includes(state) || !done.includes('transfer')).toBe(true);
      },
    );
  });

  test('claims each attempt of a command once', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const claims: string[] = [];
        run(history, (before, after, { what }) => {
          const { step, undo, attempt } = before.command;
          if (what === 'claim' && after !== before) claims.push(`${before.epoch} ${step} ${undo} ${attempt}`);
        });
        expect(new Set(claims).size).toBe(claims.length);
      }),
      { numRuns: 1_000 },
    );
  });

  test('sends nothing forward once it is being cancelled, and is not cancelled once the transfer is sent', () => {
    check((before, after, { what }) => {
      const forward = what === 'claim' && after !== before && !before.command.undo;
      expect(forward && before.state === 'cancelling').toBe(false);
      expect(what === 'cancel' && before.irrevocable && after !== before).toBe(false);
    });
  });

  test('is never given up as not done while an attempt of the transfer may have been done', () => {
    check((before, after, { what, outcome, resolution }) => {
      const sent = before.command.step === 'transfer' && before.command.status === 'sent';
      const givenUp =
        sent && before.ending === undefined && ['failed', 'cancelled'].includes(after.ending ?? '');
      const told =
        what === 'report' &&
        (outcome.kind === 'rejected' || outcome.kind === 'not-found' || outcome.kind === 'unavailable');
      const found = before.resolution === 'failed' || resolution === 'failed';
      expect(givenUp && !told && !found).toBe(false);
    });
  });

  test('is not changed by what is about another attempt', () => {
    check((before, after, { what, stale }) => {
      expect(!stale || !['claim', 'report', 'timeout'].includes(what) || after === before).toBe(true);
    });
  });

  test('has something to do until it is over, and nothing from then on', () => {
    check((_, after, __, now) => {
      const over = isFinal(after.state) || after.state === 'needs-attention';
      expect(directive(disbursePayout, after, now).do === 'end').toBe(over);
    });
  });
});
