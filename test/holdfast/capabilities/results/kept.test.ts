import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as z from 'zod';
import { defineOperationWithResults } from '../../../../lib/holdfast/capabilities/results/index.ts';
import type { Operation } from '../../../../lib/holdfast/core/definitions/define-operation.ts';
import { capabilityOf } from '../../../../lib/holdfast/core/operations/operation-capability.ts';
import { advance } from '../../../../lib/holdfast/core/operations/operation-machine.ts';
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
import orders from './shop/functions/actions/orders/resource.ts';
import shipOrder from './shop/functions/operations/ship-order.ts';
import printer from './shop/functions/partners/printer.ts';

const START = 1_800_000_000_000;

const ORDER = { id: 'or_1', address: 'x', state: 'shipping', version: 2, createdAt: '', updatedAt: '' };

const capability = (operation: Operation) => {
  const found = capabilityOf(operation);
  if (found === undefined) throw new Error('it has no results');
  return found;
};

const lackOf = (progress: Progress) => capability(shipOrder).lack(progress, progress.command, ORDER);

/** Something happens to the current command. */
function comes(
  progress: Progress,
  what: 'proceed' | 'claim' | 'query' | 'timeout' | 'lost' | Outcome,
  { now = START, operation = shipOrder as Operation, ref = progress.command } = {},
): Progress {
  const { step, undo, attempt } = ref;
  const command = { step, undo, attempt };
  if (typeof what !== 'string')
    return advance(operation, progress, { ...command, type: 'report', outcome: what }, now, 0.5);
  if (what === 'proceed' || what === 'lost') return advance(operation, progress, { type: what }, now, 0.5);
  if (what === 'timeout') return advance(operation, progress, { ...command, type: what }, now, 0.5);
  const of = capability(operation).lack(progress, command, ORDER);
  if (of !== undefined) return advance(operation, progress, { ...command, type: 'lacking', of }, now, 0.5);
  return what === 'claim' ? advance(operation, progress, { ...command, type: what }, now, 0.5) : progress;
}

const told = (result: Readonly<Record<string, string>>): Outcome => ({ kind: 'succeeded', result });

/** A step was sent, and its partner told this. */
const done = (progress: Progress, outcome: Outcome, operation: Operation = shipOrder) =>
  comes(comes(progress, 'claim', { operation }), outcome, { operation });

describe('the result of a step', () => {
  test('that was told first stands, whatever is told later', () => {
    const first = accepted(shipOrder, START);
    const printed = done(first, told({ labelId: 'first' }));

    const again = comes(printed, told({ labelId: 'second' }), { ref: first.command });

    expect(printed.results).toEqual({ print: { labelId: 'first' } });
    expect(again).toBe(printed);
  });

  test('is a success without one where it is not what its schema takes, and the operation goes on to whatever needs it', () => {
    const printed = done(accepted(shipOrder, START), told({ labelId: 'x'.repeat(65) }));

    expect(printed).toMatchObject({ state: 'running', done: ['print'], results: { print: null } });
    expect(lackOf(printed)).toBe('print');
  });

  test('that nothing needs keeps no operation from its end, whatever it was', () => {
    const chain = defineOperationWithResults({ name: 'only', resource: orders, deadlineSeconds: 60 }).step({
      name: 'print',
      partner: printer,
      command: 'print',
      result: z.strictObject({ labelId: text({ max: 9 }) }),
      input: () => ({}),
    });
    const ends = { succeeded: { to: 'shipped' }, failed: 'returned', cancelled: 'placed' } as const;
    const operation = chain.ends(ends);

    expect(done(accepted(operation, START), { kind: 'succeeded' }, operation).state).toBe('succeeded');
  });

  test('that may be missing is undefined where it is', () => {
    let seen: unknown = 'nothing';
    const operation = defineOperationWithResults({ name: 'may', resource: orders, deadlineSeconds: 60 })
      .step({
        name: 'print',
        partner: printer,
        command: 'print',
        result: z.strictObject({ labelId: text({ max: 9 }) }).optional(),
        input: () => ({}),
      })
      .step({
        name: 'again',
        partner: printer,
        command: 'print',
        input: (_, { print }) => {
          seen = print;
          return {};
        },
      })
      .ends({ succeeded: { to: 'shipped' }, failed: 'returned', cancelled: 'placed' });

    const printed = done(accepted(operation, START), { kind: 'succeeded' }, operation);

    expect(capability(operation).lack(printed, printed.command, ORDER)).toBeUndefined();
    expect(seen).toBeUndefined();
  });

  test('has no room where an operation keeps 16 KB of others already', () => {
    const large = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, 'x'.repeat(1_000)]));
    const step = (name: string) =>
      ({
        name,
        partner: printer,
        command: 'print',
        result: z.strictObject({ a: z.string(), b: z.string(), c: z.string() }),
        input: () => ({}),
      }) as const;
    const operation = defineOperationWithResults({ name: 'many', resource: orders, deadlineSeconds: 60 })
      .step(step('one'))
      .step(step('two'))
      .step(step('three'))
      .step(step('four'))
      .step(step('five'))
      .step(step('six'))
      .ends({ succeeded: { to: 'shipped' }, failed: 'returned', cancelled: 'placed' });

    let progress = accepted(operation, START);
    for (let i = 0; i < 6; i++) progress = done(progress, told(large), operation);

    expect(progress.state).toBe('succeeded');
    expect(Object.values(progress.results ?? {}).map((each) => each !== null)).toEqual([
      ...[true, true, true, true, true],
      false,
    ]);
  });
});

describe('a step that needs a result which an older release has not kept', () => {
  const printed = () => done(accepted(shipOrder, START), told({ labelId: 'l' }));
  const older = (): Progress => {
    const { results: _, ...progress } = printed();
    return progress;
  };

  test('goes on just as it stood once the result has come, with its attempts and the time of its first', () => {
    const standing = older();
    const command = { ...standing.command, attempt: 3, firstSentAt: START - 1, inDoubt: true };
    const asking = comes({ ...standing, command }, 'claim');

    const back = comes(asking, told({ labelId: 'l' }));

    expect(asking).toMatchObject({ state: 'running', command: { step: 'print', status: 'sent' } });
    expect(back.command).toEqual(command);
    expect(back.recalls).toBeUndefined();
    expect(back.done).toEqual(['print']);
  });

  test('is taken for done where its own partner tells so meanwhile', () => {
    const standing = older();
    const command = { ...standing.command, attempt: 2, firstSentAt: START, inDoubt: true };
    const asking = comes({ ...standing, command }, 'claim');

    const late = comes(asking, told({ trackingNumber: 't' }), { ref: { ...command, attempt: 1 } });

    expect(late).toMatchObject({ state: 'succeeded', done: ['print', 'hand-over'] });
    expect(late.results).toEqual({ 'hand-over': { trackingNumber: 't' } });
  });

  test('is asked about as what was sent once the result has come, and is never forgotten for it', () => {
    const { results: _, ...sent } = comes(printed(), 'claim');
    const asking = comes(sent, 'query');

    const back = comes(asking, told({ labelId: 'l' }));

    expect(asking).toMatchObject({ command: { step: 'print' }, recalls: { command: sent.command } });
    expect(back).toMatchObject({ state: 'running', command: sent.command });
  });

  test('has to be found out by a person, where it was sent and a person has taken back what told nothing', () => {
    const { results: _, ...sent } = comes(printed(), 'claim');
    const stuck = comes(comes(sent, 'query'), { kind: 'not-found' });

    const found = comes(resolvedAs(stuck, 'failed'), 'proceed');

    expect(stuck.state).toBe('needs-attention');
    expect(found).toMatchObject({ state: 'needs-attention', done: [], command: sent.command });
    expect(comes(found, told({ trackingNumber: 't' })).done).toEqual(['hand-over']);
  });

  test('is led on by a release that knows nothing of results, and is not taken for one that asks for them', () => {
    const asking = comes(older(), 'claim');
    // What that release makes of a person's word: its step is done, and the next one begins anew.
    const { command } = printed();
    const led = comes({ ...asking, command, results: { print: { labelId: 'l' } } }, 'claim');

    const handed = comes(led, told({ trackingNumber: 't' }));

    expect(handed).toMatchObject({ state: 'succeeded', done: ['print', 'hand-over'] });
  });
});

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
