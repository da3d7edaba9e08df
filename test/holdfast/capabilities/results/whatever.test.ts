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
import { text } from '../../../../lib/holdfast/core/values/text.ts';
import { capability, comes, START, told } from './happening.ts';
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

const happenings = fc.array(
  fc.record({
    what: fc.constantFrom(
      ...(['proceed', 'claim', 'claim', 'report', 'report', 'report'] as const),
      ...(['query', 'timeout', 'cancel', 'lost', 'resolve', 'forget'] as const),
    ),
    on: fc.constantFrom(...(['current', 'earlier', 'print', 'hand-over'] as const)),
    outcome: outcomes,
    resolution: fc.constantFrom<Resolution>('succeeded', 'failed', 'retry'),
    seconds: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 7_200 })),
  }),
  { maxLength: 60 },
);

type Happens = typeof happenings extends fc.Arbitrary<(infer S)[]> ? S : never;

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
  { what, on, outcome, resolution }: Happens,
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
      const result = isTold ? RESULTS[command.step] : undefined;
      const found = capability(operation).resolved(progress, resolution, result);
      return resolvedAs(found, resolution);
    }
    case 'report':
      return comes(progress, outcome, { now, operation, ref: refs[on] });
    default:
      return comes(progress, what, { now, operation });
  }
}

describe.each([shipOrder, packed])('whatever happens to $name', (operation) => {
  const check = (see: (before: Progress, after: Progress, happening: Happens) => void): void =>
    fc.assert(
      fc.property(happenings, (history) => {
        let [progress, now] = [accepted(operation, START), START];
        for (const each of history) {
          now += each.seconds * 1000;
          const after = happens(operation, progress, each, now);
          see(progress, after, each);
          progress = after;
        }
      }),
      { numRuns: 2_000 },
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

  test('one that has ended asks for nothing, and one whose cancel was accepted never succeeds', () => {
    check((before, after) => {
      if (isFinal(after.state)) expect(after.recalls).toBeUndefined();
      const isCancel = before.ending === 'cancelled' && !before.irrevocable && !isFinal(before.state);
      if (isCancel && after.state === 'succeeded') expect(after.irrevocable).toBe(true);
    });
  });
});
