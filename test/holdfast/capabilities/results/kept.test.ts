import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { defineOperationWithResults } from '../../../../lib/holdfast/capabilities/results/index.ts';
import {
  accepted,
  type Progress,
  resolvedAs,
} from '../../../../lib/holdfast/core/operations/operation-progress.ts';
import { text } from '../../../../lib/holdfast/core/values/text.ts';
import { capability, comes, done, lackOf, ORDER, START, told } from './happening.ts';
import orders from './shop/functions/actions/orders/resource.ts';
import shipOrder from './shop/functions/operations/ship-order.ts';
import printer from './shop/functions/partners/printer.ts';

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

  test('has a partner that cannot be asked looked for in what it has called back with, and else needs a person', () => {
    const { query: _, ...calling } = printer;
    const partner = { ...calling, idempotent: true, callback: { reference: 'reference' } };
    const [print, ...others] = shipOrder.steps;
    const operation = { ...shipOrder, steps: print ? [{ ...print, partner }, ...others] : [] };

    const asking = comes(older(), 'claim', { operation });
    const [found, not] = [told({ labelId: 'l' }), { kind: 'unknown' } as const].map((outcome) =>
      comes(asking, outcome, { operation }),
    );

    expect(asking).toMatchObject({ state: 'running', command: { step: 'print', status: 'sent' } });
    expect(found).toMatchObject({ state: 'running', command: { step: 'hand-over' } });
    expect(not).toMatchObject({ state: 'needs-attention', command: { step: 'print' } });
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
