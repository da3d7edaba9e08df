import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as z from 'zod';
import { defineOperationWithResults } from '../../../../lib/holdfast/capabilities/results/index.ts';
import type { Operation } from '../../../../lib/holdfast/core/definitions/define-operation.ts';
import {
  accepted,
  cancelled,
  isCancelable,
  isFinal,
  type Progress,
  type Resolution,
  resolvedAs,
} from '../../../../lib/holdfast/core/operations/operation-progress.ts';
import type { Outcome } from '../../../../lib/holdfast/core/partners/outcome.ts';
import { Problem } from '../../../../lib/holdfast/core/problems/problem.ts';
import { text } from '../../../../lib/holdfast/core/values/text.ts';
import { capability, comes, ORDER, START, told } from './happening.ts';
import orders from './shop/functions/actions/orders/resource.ts';
import shipOrder from './shop/functions/operations/ship-order.ts';
import printer from './shop/functions/partners/printer.ts';

const outcomes: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constantFrom<Outcome>(
    told({ labelId: 'l-1' }),
    told({ labelId: 'l-2' }),
    told({ trackingNumber: 't' }),
    told({ strange: 's' }),
    { kind: 'succeeded' },
    { kind: 'unknown' },
    { kind: 'not-found' },
    { kind: 'rejected', reason: 'no' },
    { kind: 'unavailable' },
  ),
);

const any = fc.array(
  fc.record({
    what: fc.constantFrom(
      ...(['proceed', 'claim', 'claim', 'report', 'report', 'report'] as const),
      ...(['query', 'timeout', 'cancel', 'lost', 'resolve', 'forget'] as const),
    ),
    on: fc.constantFrom(...(['current', 'earlier', 'print', 'hand-over'] as const)),
    outcome: outcomes,
    resolution: fc.constantFrom<Resolution>('succeeded', 'failed', 'retry'),
    tells: fc.boolean(),
    seconds: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 7_200 })),
  }),
  { maxLength: 60 },
);

type Happens = typeof any extends fc.Arbitrary<(infer S)[]> ? S : never;

const happened = (what: Happens['what'], outcome = told({ labelId: 'l-1' })): Happens => ({
  what,
  on: 'current',
  outcome,
  resolution: 'retry',
  tells: false,
  seconds: 0,
});

const PRINTED = [happened('claim'), happened('report')];

/** A result of which it turns out, once something was sent that needs it, that nobody has it. */
const MISSED = [...PRINTED, happened('claim'), happened('forget'), happened('query')];

/** What is met seldom by itself: a result is missed by a step that is to be sent, or was, and its partner does not know it. */
const BEGINNINGS = [
  [],
  [...PRINTED, happened('forget'), happened('claim')],
  MISSED,
  [...MISSED, happened('report', { kind: 'not-found' })],
];

/** What was wrong once: a person has a step asked again for its result, which nothing needs since it was cancelled. */
const WRONG_ONCE = [
  [
    ...[...PRINTED, happened('forget'), happened('claim'), happened('cancel')],
    ...[happened('report', told({ strange: 's' })), happened('resolve'), happened('proceed')],
  ],
  [
    ...[...PRINTED, happened('claim'), happened('forget'), happened('query')],
    happened('report', { kind: 'not-found' }),
    { ...happened('resolve'), resolution: 'succeeded' as const, tells: true },
    ...[happened('lost'), happened('resolve'), happened('proceed')],
  ],
];

const happenings = fc
  .tuple(fc.constantFrom(...BEGINNINGS), any)
  .map(([beginning, rest]) => [...beginning, ...rest]);

/** Three steps, of which the second is taken back by what the first one told. */
const packed = defineOperationWithResults({ name: 'pack-order', resource: orders, deadlineSeconds: 90_000 })
  .step({
    name: 'print',
    partner: printer,
    command: 'print',
    compensation: 'void',
    result: z.strictObject({ labelId: text({ max: 9 }) }),
    input: () => ({}),
  })
  .step({
    name: 'pack',
    partner: printer,
    command: 'print',
    compensation: 'void',
    input: (_, { print }) => ({ labelId: print.labelId }),
  })
  .step({
    name: 'hand-over',
    partner: { ...printer, name: 'mute', query: undefined, idempotent: true } as unknown as typeof printer,
    command: 'print',
    pointOfNoReturn: true,
    result: z.strictObject({ trackingNumber: text({ max: 9 }) }),
    input: (_, { print }) => ({ labelId: print.labelId }),
  })
  .ends({ succeeded: { to: 'shipped' }, failed: 'returned', cancelled: 'placed' });

const RESULTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  print: { labelId: 'by hand' },
  'hand-over': { trackingNumber: 'by hand' },
};

function happens(
  operation: Operation,
  progress: Progress,
  { what, on, outcome, resolution, tells }: Happens,
  now: number,
): Progress {
  const { command } = progress;
  const refs = {
    current: command,
    earlier: { ...command, attempt: command.attempt - 1 },
    print: { ...command, step: 'print', undo: false, attempt: 1 },
    'hand-over': { ...command, step: 'hand-over', undo: false, attempt: 1 },
  };
  switch (what) {
    case 'cancel':
      return isCancelable(progress) ? cancelled(progress) : progress;
    case 'forget': {
      const { results: _, ...older } = progress;
      return older;
    }
    case 'resolve': {
      if (progress.state !== 'needs-attention') return progress;
      const isTold = resolution === 'succeeded' && !command.undo;
      const result = isTold && tells ? RESULTS[command.step] : undefined;
      try {
        return resolvedAs(capability(operation).resolved(progress, resolution, result), resolution);
      } catch (error) {
        if (error instanceof Problem) return progress;
        throw error;
      }
    }
    case 'report':
      return comes(progress, outcome, { now, operation, ref: refs[on] });
    default:
      return comes(progress, what, { now, operation });
  }
}

describe.each([shipOrder, packed])('whatever happens to $name', (operation) => {
  type See = (before: Progress, after: Progress, happening: Happens) => void;

  const check = (see: See) => checkEach(() => see);

  /** @param begin makes what sees one history */
  const checkEach = (begin: () => See): void =>
    fc.assert(
      fc.property(happenings, (history) => {
        const see = begin();
        let [progress, now] = [accepted(operation, START), START];
        for (const each of history) {
          now += each.seconds * 1000;
          const after = happens(operation, progress, each, now);
          see(progress, after, each);
          progress = after;
        }
      }),
      { numRuns: 2_000, examples: WRONG_ONCE.map((history) => [history]) },
    );

  const isSent = ({ command }: Progress, step: string) =>
    command.step === step && !command.undo && command.status === 'sent';

  test('a step that is done is never claimed again, and is asked for its result as one that was sent', () => {
    check((before, after, { what }) => {
      if (what !== 'claim' || after.command.undo || after === before) return;
      const isClaim = before.command.status === 'to-send' && isSent(after, before.command.step);
      if (isClaim) expect(before.done).not.toContain(before.command.step);
      if (after.recalls) expect(after.command.status).toBe('sent');
    });
  });

  test('a step that is claimed has all the results that it needs', () => {
    check((before, after, { what }) => {
      const isClaim = what === 'claim' && isSent(after, 'hand-over') && !isSent(before, 'hand-over');
      if (isClaim && !after.recalls)
        expect(after.results?.print).toMatchObject({ labelId: expect.anything() });
    });
  });

  test('a result that is kept stays as it is', () => {
    check((before, after, { what }) => {
      if (what === 'forget') return;
      for (const [step, result] of Object.entries(before.results ?? {}))
        if (result !== null) expect(after.results?.[step]).toEqual(result);
    });
  });

  test('a step that is done stays done, until it is taken back or a person finds that it was not', () => {
    check((before, after, { what }) => {
      const gone = before.done.filter((step) => !after.done.includes(step));
      for (const step of gone) {
        const isTakenBack = before.command.undo && before.command.step === step;
        expect(isTakenBack || (what === 'proceed' && before.resolution === 'failed')).toBe(true);
      }
    });
  });

  test('no attempt of a command is sent twice', () => {
    checkEach(() => {
      const sent: string[] = [];
      return (before, after, { what }) => {
        const { step, undo, attempt, status } = after.command;
        const isClaim = what === 'claim' && before.command.status === 'to-send' && status === 'sent';
        if (!isClaim || after.recalls) return;
        const name = `${step} ${undo} ${attempt}`;
        expect(sent).not.toContain(name);
        sent.push(name);
      };
    });
  });

  test('one that is cancelled asks for no result of which nothing that is under way has need', () => {
    check((_, { state, recalls, command }, { what }) => {
      if (what !== 'proceed' || state !== 'cancelling' || recalls === undefined || command.undo) return;
      expect([recalls.end ?? false, recalls.command.undo || recalls.command.status]).toEqual([
        false,
        expect.not.stringMatching('to-send'),
      ]);
    });
  });

  test('a step that was sent is not passed over where a person has taken back the one whose result it needed', () => {
    check((before, after, { what }) => {
      const { recalls, resolution } = before;
      if (what !== 'proceed' || resolution !== 'failed' || recalls?.command.status !== 'sent') return;
      if (recalls.end || recalls.command.undo || before.command.undo) return;
      expect(after).toMatchObject({ state: 'needs-attention', command: recalls.command });
    });
  });

  test('a step that a person says was done has the result that it has to have', () => {
    check((before, after, { what, resolution }) => {
      if (what !== 'resolve' || resolution !== 'succeeded' || after === before) return;
      const { step, undo } = before.command;
      if (!undo && step in RESULTS) expect(after.results?.[step]).toEqual(RESULTS[step]);
    });
  });

  test('one that has ended asks for nothing, and one whose cancel was accepted never succeeds', () => {
    check((before, after) => {
      if (isFinal(after.state)) expect(after.recalls).toBeUndefined();
      const isCancel = before.ending === 'cancelled' && !before.irrevocable && !isFinal(before.state);
      if (isCancel && after.state === 'succeeded') expect(after.irrevocable).toBe(true);
    });
  });
});

test('an end sets just what the results say, whatever that is, or moves nothing and asks for a person', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (trackingNumber) => {
      const results = { print: { labelId: 'l' }, 'hand-over': { trackingNumber } };
      const ended = capability(shipOrder).end({
        operation: shipOrder,
        progress: { ...accepted(shipOrder, START), state: 'succeeded', results },
        resource: { ...ORDER, commit: 'c', data: { address: 'x' } },
        now: '2026-11-30T00:00:00.000Z',
        commit: 'c',
      });
      if ('instead' in ended) expect(ended.instead.state).toBe('needs-attention');
      else expect(ended.decided?.next).toMatchObject({ state: 'shipped', data: { trackingNumber } });
    }),
  );
});
