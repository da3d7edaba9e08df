import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import disbursePayout from '../../../functions/operations/disburse-payout.ts';
import { type Action, defineAction } from '../../../lib/holdfast/core/definitions/define-action.ts';
import { defineResource } from '../../../lib/holdfast/core/definitions/define-resource.ts';
import { blocked } from '../../../lib/holdfast/core/operations/operation-course.ts';
import { directive } from '../../../lib/holdfast/core/operations/operation-directive.ts';
import { advance, type OperationEvent } from '../../../lib/holdfast/core/operations/operation-machine.ts';
import {
  accepted,
  type CommandRef,
  cancelled,
  contradictsConclusion,
  type Progress,
  resolvedAs,
} from '../../../lib/holdfast/core/operations/operation-progress.ts';
import {
  type OperationSubject,
  operationMembers,
  referenceOf,
} from '../../../lib/holdfast/core/operations/operations.ts';
import type { Outcome } from '../../../lib/holdfast/core/partners/outcome.ts';

const start = 1_800_000_000_000;
const DAY = 86_400_000;

const subject: OperationSubject = {
  definition: 'disburse-payout',
  action: 'disburse',
  resource: { type: 'payouts', id: `poxx_${'0'.repeat(26)}` },
  ordinal: 1_295,
  version: 4,
};

const refOf = ({ command: { step, undo, attempt } }: Progress): CommandRef => ({ step, undo, attempt });

/** What comes of an event; of the current command, where it is about one. */
function come(
  progress: Progress,
  event: { readonly type: string; readonly [member: string]: unknown },
  now: number,
  operation = disbursePayout,
): Progress {
  const about = ['proceed', 'lost'].includes(event.type) ? {} : refOf(progress);
  return advance(operation, progress, { ...about, ...event } as OperationEvent, now, 0.5);
}

const report = (progress: Progress, outcome: Outcome, now: number) =>
  come(progress, { type: 'report', outcome }, now);

/** The transfer, sent for the first time. */
function transferring(): Progress {
  const screened = report(
    come(accepted(disbursePayout, start), { type: 'claim' }, start),
    { kind: 'succeeded' },
    start,
  );
  return come(screened, { type: 'claim' }, start);
}

const settledAt = start + 60_000;

/** Not known to the bank once that had settled, so that it may be sent again. */
const notFound = () => report(transferring(), { kind: 'not-found' }, settledAt);

describe('A3: nothing is sent beyond the time for which a partner knows its reference', () => {
  const held = (progress: Progress, now: number) =>
    come(progress, { type: 'hold', reason: 'breaker', retryAfterSeconds: 10 }, now);

  test.each<[string, () => Progress]>([
    ['after a hold', () => held(notFound(), settledAt + 1)],
    ['after a command that nobody took', () => come(notFound(), { type: 'timeout' }, settledAt + 10)],
    ['after not found', notFound],
    [
      'after a person says retry',
      () => {
        const lost = come({ ...transferring() }, { type: 'lost' }, start);
        return come(resolvedAs(lost, 'retry'), { type: 'proceed' }, start + DAY);
      },
    ],
  ])('%s, 25 hours later: a person is asked', (_, made) => {
    const progress = made();
    const late = come(progress, { type: 'claim' }, start + 25 * 3_600_000);
    const early = come(progress, { type: 'claim' }, start + 23 * 3_600_000);

    expect(progress.command.status).toBe('to-send');
    expect(late).toMatchObject({ state: 'needs-attention', command: { status: 'to-send' } });
    expect(late.reason).toBe('bank would not know the reference again by now');
    expect(early.command.status).toBe('sent');
  });
});

test("a 'not found' that was asked before it could settle is not believed, however late it is reported", () => {
  const settles = start + (disbursePayout.steps[1]?.partner.settleSeconds ?? 0) * 1000;
  const asked = (askedAt: number) => report(transferring(), { kind: 'not-found', askedAt }, start + DAY / 24);

  expect(asked(settles - 1).command).toMatchObject({ status: 'sent', attempt: 1 });
  expect(asked(settles).command).toMatchObject({ status: 'to-send', attempt: 2 });
});

describe('A10: a retry of what a partner has refused for good', () => {
  /** The screening is to be taken back, which is refused. */
  function refused(): Progress {
    const returned = report(transferring(), { kind: 'rejected', reason: 'closed' }, start + 1);
    return report(
      come(returned, { type: 'claim' }, start + 2),
      { kind: 'rejected', reason: 'no' },
      start + 3,
    );
  }
  const retried = (progress: Progress) => come(resolvedAs(progress, 'retry'), { type: 'proceed' }, start + 4);
  const reference = ({ retries, command: { step, undo } }: Progress) =>
    referenceOf(disbursePayout, { ...subject, ...(retries && { retries }) }, step, undo);

  test('has a reference of its own each time, of at most 35 characters, the same for each attempt', () => {
    const first = refused();
    const second = retried(first);
    const again = report(
      come(
        report(come(second, { type: 'claim' }, start + 5), { kind: 'unavailable' }, start + 6),
        { type: 'claim' },
        start + DAY,
      ),
      { kind: 'rejected', reason: 'no' },
      start + DAY,
    );
    const third = retried(again);

    const references = [first, second, again, third].map(reference);

    expect(first).toMatchObject({ state: 'needs-attention', command: { undo: true } });
    expect(references[1]).toBe(references[2]);
    expect(new Set(references).size).toBe(3);
    expect(Math.max(...references.map(({ length }) => length))).toBeLessThanOrEqual(35);
  });

  test('of what may have been done keeps its reference, and what may have been done is not forgotten', () => {
    const lost = come(transferring(), { type: 'lost' }, start);
    const again = retried(lost);

    expect(reference(again)).toBe(reference(lost));
    expect(again.command).toMatchObject({ firstSentAt: start, inDoubt: true, attempt: 2 });
  });
});

describe('what may have been done', () => {
  const [screen] = disbursePayout.steps;
  const {
    query: _,
    callback: __,
    callbackSeconds: ___,
    ...rest
  } = screen?.partner ?? ({} as NonNullable<typeof screen>['partner']);
  const blind = {
    ...disbursePayout,
    steps: disbursePayout.steps.map((step) => ({ ...step, partner: { ...rest, idempotent: true } })),
  };
  const doubtful = () => {
    const sent = come(accepted(blind, start), { type: 'claim' }, start, blind);
    return come(sent, { type: 'report', outcome: { kind: 'unknown' } }, start + 1, blind);
  };

  test('is never given up as not done by a hold at the deadline', () => {
    const progress = doubtful();
    const late = come(
      progress,
      { type: 'hold', reason: 'rate', retryAfterSeconds: 1 },
      progress.deadline,
      blind,
    );

    expect(late).toMatchObject({ state: 'needs-attention' });
  });

  test('is never cancelled as not done before it is sent again', () => {
    const late = come(cancelled(doubtful()), { type: 'proceed' }, start + 2, blind);

    expect(late).toMatchObject({ state: 'needs-attention' });
  });

  test('is asked about, where that can be done, when it is cancelled after a retry', () => {
    const lost = come(
      come(accepted(disbursePayout, start), { type: 'claim' }, start),
      { type: 'lost' },
      start,
    );
    const again = come(resolvedAs(lost, 'retry'), { type: 'proceed' }, start + 1);
    const asked = come(cancelled(again), { type: 'proceed' }, start + 2);

    expect(directive(disbursePayout, asked, start + 2)).toMatchObject({ do: 'send', mode: 'query' });
  });

  test('is never followed by the next step after an accepted cancel, though a person says retry', () => {
    const sent = come(accepted(disbursePayout, start), { type: 'claim' }, start);
    const lost = come(cancelled(sent), { type: 'lost' }, start + 1);
    const again = come(
      come(resolvedAs(lost, 'retry'), { type: 'proceed' }, start + 2),
      { type: 'proceed' },
      start + 2,
    );
    const done = report(again, { kind: 'succeeded' }, start + 3);

    expect(come(again, { type: 'claim' }, start + 3)).toBe(again);
    expect(done).toMatchObject({ state: 'cancelling', command: { step: 'screen', undo: true } });
  });
});

describe('B1: an end that cannot move its resource', () => {
  const stuck = () => {
    const paid = report(transferring(), { kind: 'succeeded', result: { bookingId: 'b' } }, start + 1);
    return blocked(paid as Parameters<typeof blocked>[0], 'the payout left disbursing at version 9 by pay');
  };

  test('is kept for a person, and tried once more as it was', () => {
    const again = come(resolvedAs(stuck(), 'retry', true), { type: 'proceed' }, start + 2);

    expect(stuck()).toMatchObject({ state: 'needs-attention', conclusion: { state: 'succeeded' } });
    expect(again).toMatchObject({ state: 'succeeded', leave: true, result: { bookingId: 'b' } });
    expect(again.reason).toBeUndefined();
  });

  test('is not resolved as what the partners have not told', () => {
    expect(contradictsConclusion(stuck(), 'failed')).toMatch(/^it has succeeded/);
    expect(contradictsConclusion(stuck(), 'succeeded')).toBeUndefined();
  });
});

describe('a step that a release has taken away', () => {
  const without = { ...disbursePayout, steps: disbursePayout.steps.slice(0, 1) };

  test('leads an operation that was at it to a person, with the remedy, and is shown by its name', () => {
    const progress = come(transferring(), { type: 'timeout' }, start + 1, without);

    expect(progress).toMatchObject({ state: 'needs-attention' });
    expect(progress.reason).toMatch(/^step 'transfer' is gone from disburse-payout: put it back/);
    expect(operationMembers(without, subject, progress)).toMatchObject({ step: 'transfer', waiting: null });
  });

  test('and one that was put before others leave the references of those as they were', () => {
    const [screen, transfer] = disbursePayout.steps;
    if (screen === undefined || transfer === undefined) throw new Error('two steps');
    const longer = { ...disbursePayout, steps: [{ ...screen, name: 'reserve' }, screen, transfer] };
    const kept = { ...subject, steps: ['screen', 'transfer'] };

    const references = [disbursePayout, longer].map((each) => referenceOf(each, kept, 'transfer', false));

    expect(new Set(references).size).toBe(1);
    expect(referenceOf(longer, kept, 'reserve', false)).not.toBe(referenceOf(longer, kept, 'screen', false));
  });
});

describe('B1: a definition', () => {
  const orders = defineResource({
    name: 'orders',
    singular: 'order',
    idPrefix: 'or',
    states: ['draft', 'placing', 'placed', 'cancelled'],
    members: z.object({}),
  });
  const operation = {
    ...disbursePayout,
    name: 'place-order',
    resource: orders,
    onSucceeded: 'placed',
    onFailed: 'cancelled',
    onCancelled: 'draft',
  };
  const place = (changes: object) =>
    (defineAction as unknown as (definition: object) => Action)({
      resource: orders,
      name: 'place',
      summary: 'Place an order.',
      scope: 'orders:place',
      from: ['draft'],
      to: 'placing',
      input: z.object({}),
      operation,
      decide: () => ({}),
      ...changes,
    });

  test.each([
    [
      { from: ['draft', 'placing'] },
      "from names 'placing', and operation 'place-order' of action 'place' holds 'placing' until its own end",
    ],
    [
      { operation: { ...operation, onFailed: 'placing' } },
      "onFailed of operation 'place-order' is 'placing', and operation 'place-order' of action 'place' holds 'placing' until its own end",
    ],
  ])('that moves what its own operation holds is refused: %#', (wrong, fault) => {
    expect(() => place(wrong)).toThrow(fault);
    expect(place({}).to).toBe('placing');
  });
});
