import { describe, expect, test } from '@jest/globals';
import disbursePayout from '../../../functions/operations/disburse-payout.ts';
import { advance } from '../../../lib/holdfast/core/operations/operation-machine.ts';
import {
  accepted,
  isCancelable,
  type Progress,
  resolvedAs,
} from '../../../lib/holdfast/core/operations/operation-progress.ts';
import { referenceOf } from '../../../lib/holdfast/core/operations/operations.ts';

const start = 1_800_000_000_000;

const [screen, transfer] = disbursePayout.steps;
if (screen === undefined || transfer === undefined) throw new Error('the reference operation has two steps');

/** The same partners, but what cannot be taken back comes first. */
const paidFirst = { ...disbursePayout, steps: [transfer, { ...screen, name: 'notify' }] };

const lost = (progress: Progress) => advance(paidFirst, progress, { type: 'lost' }, start, 0.5);
const proceeded = (progress: Progress) => advance(paidFirst, progress, { type: 'proceed' }, start, 0.5);

describe('a person who finds out that what cannot be taken back was done, though nothing is known to have been sent', () => {
  test('has no cancel accepted any more', () => {
    const found = proceeded(resolvedAs(lost(accepted(paidFirst, start)), 'succeeded'));

    expect(found).toMatchObject({ done: ['transfer'], command: { step: 'notify' }, irrevocable: true });
    expect(isCancelable(found)).toBe(false);
  });

  test('and then has it tried again has it sent under the same reference, by which its partner knows it', () => {
    const found = resolvedAs(lost(accepted(paidFirst, start)), 'succeeded');
    // Its execution was lost once more, before it took in what was found out.
    const again = proceeded(resolvedAs(lost(found), 'retry'));
    const reference = ({ retries }: Progress) =>
      referenceOf(
        paidFirst,
        {
          definition: paidFirst.name,
          action: 'disburse',
          resource: { type: 'payouts', id: `po_${'0'.repeat(26)}` },
          ordinal: 1,
          version: 4,
          ...(retries && { retries }),
        },
        'transfer',
        false,
      );

    expect(again.command).toMatchObject({ step: 'transfer' });
    expect(reference(again)).toBe(reference(found));
  });
});
