import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import disbursePayout from '../../../functions/operations/disburse-payout.ts';
import { directive } from '../../../lib/holdfast/core/operations/operation-directive.ts';
import { advance, type OperationEvent } from '../../../lib/holdfast/core/operations/operation-machine.ts';
import {
  accepted,
  type CommandRef,
  cancelled,
  isCancelable,
  isFinal,
  type Progress,
  resolvedAs,
  stepOf,
} from '../../../lib/holdfast/core/operations/operation-progress.ts';
import type { Partner } from '../../../lib/holdfast/core/partners/define-partner.ts';
import type { Outcome } from '../../../lib/holdfast/core/partners/outcome.ts';

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
    what: fc.constantFrom(
      ...([
        'proceed',
        'claim',
        'claim',
        'hold',
        'report',
        'report',
        'timeout',
        'cancel',
        'lost',
        'resolve',
      ] as const),
    ),
    stale: fc.boolean(),
    outcome: outcomes,
    resolution: fc.constantFrom('succeeded', 'failed', 'retry'),
    // Within what a partner needs to settle, or long after.
    seconds: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 7_200 })),
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
    hold: { type: 'hold', ...ref, reason: 'rate', retryAfterSeconds: 1 },
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

  test('is neither sent again nor given up for what a partner does not know, until that has had time to settle', () => {
    check((before, after, { what, outcome }, now) => {
      const { step, sentAt } = before.command;
      const settled = sentAt + stepOf(disbursePayout, step).partner.settleSeconds * 1000;
      const early =
        before.command.status === 'sent' &&
        what === 'report' &&
        outcome.kind === 'not-found' &&
        now < settled;
      const { status, attempt } = after.command;
      const same = status === 'sent' && attempt === before.command.attempt && after.ending === before.ending;
      expect(early && !same).toBe(false);
    });
  });

  test('is not changed by what is about another attempt, but by a last word on one that was sent', () => {
    check((before, after, { what, stale, outcome }) => {
      const isLastWord = what === 'report' && ['succeeded', 'rejected'].includes(outcome.kind);
      const isHeard = isLastWord && before.command.firstSentAt > 0 && before.resolution === undefined;
      const isAbout = ['claim', 'hold', 'report', 'timeout'].includes(what);
      expect(!stale || !isAbout || isHeard || after === before).toBe(true);
    });
  });

  test('has something to do until it is over, and nothing from then on', () => {
    check((_, after, __, now) => {
      const over = isFinal(after.state) || after.state === 'needs-attention';
      expect(directive(disbursePayout, after, now).do === 'end').toBe(over);
    });
  });
});

describe('time and attempts', () => {
  const start = 1_800_000_000_000;
  const ref = (progress: Progress): CommandRef => {
    const { step, undo, attempt } = progress.command;
    return { step, undo, attempt };
  };
  const claimed = (progress: Progress, now: number) =>
    advance(disbursePayout, progress, { type: 'claim', ...ref(progress) }, now);
  const told = (progress: Progress, outcome: Outcome, now: number) =>
    advance(disbursePayout, progress, { type: 'report', ...ref(progress), outcome }, now);

  const held = (progress: Progress, now: number) =>
    advance(
      disbursePayout,
      progress,
      { type: 'hold', ...ref(progress), reason: 'breaker', retryAfterSeconds: 10 },
      now,
    );

  test('a refusal by our own rate or breaker is no attempt, and waits as long as there is time', () => {
    let progress = advance(disbursePayout, accepted(disbursePayout, start), { type: 'proceed' }, start);
    for (let i = 0; i < 1_000; i++) progress = held(progress, start + i * 10_000);
    const late = held(progress, progress.deadline);

    expect(progress).toMatchObject({ state: 'waiting', command: { attempt: 1, status: 'to-send' } });
    expect(late).toMatchObject({ state: 'failed', done: [] });
  });

  test('a refusal by our own rate or breaker says nothing of what another delivery has sent', () => {
    const sent = claimed(accepted(disbursePayout, start), start);

    expect(held(sent, start + 1)).toBe(sent);
  });

  test('what a person has found out is taken in before a callback that comes at the same time, and once', () => {
    const lost = advance(
      disbursePayout,
      claimed(accepted(disbursePayout, start), start),
      { type: 'lost' },
      start,
    );

    const resolved = resolvedAs(lost, 'succeeded');
    const heard = told(resolved, { kind: 'succeeded' }, start);
    const taken = advance(disbursePayout, heard, { type: 'proceed' }, start);

    expect(heard).toBe(resolved);
    expect(taken).toMatchObject({
      state: 'running',
      done: ['screen'],
      command: { step: 'transfer', status: 'to-send' },
    });
  });

  // distributed-load-testing#335: an execution that polls every few seconds dies of its own history, of 25,000 events.
  test.each([{ kind: 'pending', pollAfterSeconds: 1 }, { kind: 'unknown' }] as Outcome[])(
    'a partner that says %j for two days is asked some hundred times, and then a person is',
    (outcome) => {
      let progress = claimed(
        advance(disbursePayout, accepted(disbursePayout, start), { type: 'proceed' }, start),
        start,
      );
      let asked = 0;
      let now = start;
      while (progress.state !== 'needs-attention') {
        progress = told(progress, outcome, now);
        now = Math.max(now + 1, progress.command.notBefore);
        asked++;
      }

      expect(asked).toBeLessThan(200);
      expect(now).toBeGreaterThan(progress.deadline);
    },
  );

  test('what a partner that cannot be asked may have done is for a person to find out', () => {
    const [screen] = disbursePayout.steps;
    if (screen === undefined) throw new Error('it has no step');
    const { query: _, callback: __, callbackSeconds: ___, ...rest } = screen.partner;
    const partner: Partner = { ...rest, idempotent: true, retry: { maxAttempts: 2, baseMs: 1, capMs: 1 } };
    const operation = { ...disbursePayout, steps: [{ ...screen, partner }] };
    const step = (progress: Progress, event: 'claim' | 'unknown', now: number) =>
      event === 'claim'
        ? advance(operation, progress, { type: 'claim', ...ref(progress) }, now)
        : advance(
            operation,
            progress,
            { type: 'report', ...ref(progress), outcome: { kind: 'unknown' } },
            now,
          );

    const once = step(step(accepted(operation, start), 'claim', start), 'unknown', start);
    const twice = step(step(once, 'claim', start + 10), 'unknown', start + 10);

    expect(once).toMatchObject({ state: 'waiting', command: { attempt: 2, status: 'to-send' } });
    expect(twice.state).toBe('needs-attention');
  });
});
