import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { defineOperationWithResults } from '../../../../lib/holdfast/capabilities/results/index.ts';
import { capabilityOf } from '../../../../lib/holdfast/core/operations/operation-capability.ts';
import { accepted } from '../../../../lib/holdfast/core/operations/operation-progress.ts';
import { text } from '../../../../lib/holdfast/core/values/text.ts';
import { decided } from '../../support/plans.ts';
import orders from './shop/functions/actions/orders/resource.ts';
import shipOrder from './shop/functions/operations/ship-order.ts';
import carrier from './shop/functions/partners/carrier.ts';
import printer from './shop/functions/partners/printer.ts';

const print = { name: 'print', partner: printer, command: 'print', input: () => ({}) } as const;
const label = z.strictObject({ labelId: text({ max: 64 }) });
const ends = { succeeded: { to: 'shipped' }, failed: 'returned', cancelled: 'placed' } as const;

const begun = () => defineOperationWithResults({ name: 'ship-order', resource: orders, deadlineSeconds: 60 });

describe('an operation with results', () => {
  test('is an operation like any other, with its steps in their order and its three ends', () => {
    expect(shipOrder).toMatchObject({
      name: 'ship-order',
      onSucceeded: 'shipped',
      onFailed: 'returned',
      onCancelled: 'placed',
      steps: [
        { name: 'print', compensation: 'void' },
        { name: 'hand-over', pointOfNoReturn: true },
      ],
    });
  });

  test('is held to what every operation is held to', () => {
    const twice = () => begun().step(print).step(print).ends(ends);
    const nowhere = () =>
      begun()
        .step(print)
        .ends({ ...ends, failed: 'lost' as 'placed' });
    const strange = () =>
      begun()
        .step({ ...print, name: 'Print' })
        .ends(ends);

    expect(twice).toThrow("operation 'ship-order': two steps have one name; rename one");
    expect(nowhere).toThrow("operation 'ship-order': it leads to the unknown state 'lost'");
    expect(strange).toThrow("operation 'ship-order': step 'Print' is not kebab case; rename it");
  });

  test('may begin alike and go on in two ways', () => {
    const printed = begun().step(print);

    const [sent, kept] = [
      printed.step({ ...print, name: 'hand-over', partner: carrier, command: 'collect' }).ends(ends),
      printed.ends(ends),
    ];

    expect([sent, kept].map(({ steps }) => steps.length)).toEqual([2, 1]);
  });

  test.each<[string, () => unknown, string]>([
    [
      'a result that is not there is shown',
      () =>
        begun()
          .step({ ...print, show: true })
          .ends(ends),
      "step 'print' has show and no result; give it a result, or leave show out",
    ],
    [
      'no answer of its partner picks a result',
      () =>
        begun()
          .step({ ...print, command: 'void', result: label })
          .ends(ends),
      "step 'print' has a result, and printer never tells any: its answers to 'void' list words of success and pick nothing beside them; write succeeded: { WORD: ({ member }) => ({ member }) }",
    ],
    [
      'something is told of taking back what nothing takes back',
      () =>
        begun()
          .step({ ...print, undoInput: () => ({}) })
          .ends(ends),
      "step 'print' has an undoInput and nothing that takes it back; add compensation",
    ],
    [
      'a partner can never tell a member of a result',
      () =>
        begun()
          .step({ ...print, result: z.strictObject({ 'the label': text({ max: 9 }) }) })
          .ends(ends),
      "the result of step 'print' has a member 'the label'; a partner's answer is kept under letters, digits, _ and -, beginning with a letter",
    ],
    [
      'the end sets what is no member of the resource',
      () =>
        begun()
          .step({ ...print, result: label.optional() })
          .ends({
            ...ends,
            succeeded: { to: 'shipped', set: (of) => ({ tracking: of.print?.labelId }) as object },
          }),
      "set gives 'tracking', which is no member of orders; add it to the members, or leave it out",
    ],
    [
      'the end sets what only an action may, since a rule is over it',
      () => {
        const constraints = [{ name: 'label', says: '', members: ['label'], writes: 2 }];
        const resource = { ...orders, extensions: [{ capability: 'x', constraints }] };
        return defineOperationWithResults({ name: 'ship-order', resource, deadlineSeconds: 60 })
          .step({ ...print, result: label })
          .ends({ ...ends, succeeded: { to: 'shipped', set: (of) => ({ label: of.print.labelId }) } });
      },
      "set gives 'label', which rule 'label' is over; let an action set it, and not an end",
    ],
  ])('is refused where %s', (_, define, fault) => {
    expect(define).toThrow(`operation 'ship-order': ${fault}`);
  });

  test('whose end sets what only an action may, as nobody could see before, needs a person', () => {
    const constraints = [{ name: 'label', says: '', members: ['label'], writes: 2 }];
    const resource = { ...orders, extensions: [{ capability: 'x', constraints }] };
    let isDefined = false;
    const operation = defineOperationWithResults({ name: 'ship-order', resource, deadlineSeconds: 60 })
      .step(print)
      .ends({ ...ends, succeeded: { to: 'shipped', set: () => (isDefined ? { label: 'l' } : {}) } });
    isDefined = true;

    const ended = capabilityOf(operation)?.end({
      operation,
      progress: { ...accepted(operation, 0), state: 'succeeded' },
      resource: decided('orders#acme#or_1', undefined, { address: 'A' }).next,
      now: '2026-11-30T00:00:00.000Z',
      commit: 'c',
    });

    expect(ended).toMatchObject({
      instead: {
        state: 'needs-attention',
        reason: expect.stringContaining("gives 'label', which rule 'label' is over"),
      },
    });
  });

  test('is taken where its end reads of results what no made-up one has: it is judged when it ends', () => {
    const set = ({ print: { labelId } }: { readonly print: { readonly labelId: string } }) => {
      if (!labelId.startsWith('l-')) throw new Error('none of ours');
      return { label: labelId };
    };

    expect(() =>
      begun()
        .step({ ...print, result: label })
        .ends({ ...ends, succeeded: { to: 'shipped', set } }),
    ).not.toThrow();
  });
});
