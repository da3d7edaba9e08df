import { describe, expect, test } from '@jest/globals';
import type { Action } from 'holdfast';
import { decide, stored } from 'holdfast/testing';
import approve from '../../../functions/actions/payouts/approve.ts';
import cancel from '../../../functions/actions/payouts/cancel.ts';
import changeAmount from '../../../functions/actions/payouts/change-amount.ts';
import create from '../../../functions/actions/payouts/create.ts';
import reopen from '../../../functions/actions/payouts/reopen.ts';
import submit from '../../../functions/actions/payouts/submit.ts';

const amount = { currency: 'EUR', value: '1250.00' };
const beneficiary = { name: 'Lovelace Ltd', iban: 'DE89370400440532013000' };

const payout = (data: object, state = 'draft') =>
  stored({ amount, beneficiary, reference: 'Invoice 7', createdBy: 'alice', ...data }, state);

describe('the rules of payouts', () => {
  test.each([
    [
      'create',
      create,
      undefined,
      { amount, beneficiary, reference: 'x' },
      { amount, beneficiary, reference: 'x', createdBy: 'bob' },
    ],
    [
      'change-amount',
      changeAmount,
      payout({}),
      { amount: { ...amount, value: '1.00' } },
      { amount: { ...amount, value: '1.00' } },
    ],
    [
      'submit',
      submit,
      payout({}),
      { note: 'n' },
      { submittedBy: 'bob', submittedAt: '2026-11-25T08:00:00.000Z', note: 'n' },
    ],
    [
      'approve',
      approve,
      payout({ submittedBy: 'alice', note: 'n' }, 'submitted'),
      {},
      { approvedBy: 'bob', approvedAt: '2026-11-25T08:00:00.000Z', note: null },
    ],
    ['cancel', cancel, payout({}), { reason: 'r' }, { cancelledBy: 'bob', cancelReason: 'r' }],
  ] as [string, Action, ReturnType<typeof stored> | undefined, object, object][])(
    '%s: the same context, the same decision',
    (_, action, current, input, changes) => {
      const first = decide(action, current, input);
      const second = decide(action, current, input);

      expect(first.changes).toEqual(changes);
      expect(second).toEqual(first);
      expect(first.next).toMatchObject({
        state: action.to,
        version: (current?.version ?? 0) + 1,
        commit: 'wxyz',
      });
    },
  );

  test('reopen removes what the round before had set', () => {
    const cancelled = payout(
      { submittedBy: 'alice', approvedBy: 'bob', cancelReason: 'r', note: 'n' },
      'cancelled',
    );

    const { next } = decide(reopen, cancelled, {});

    expect(next.data).toEqual({ amount, beneficiary, reference: 'Invoice 7', createdBy: 'alice' });
  });

  test('approve rejects the one who submitted', () => {
    const submitted = payout({ submittedBy: 'alice' }, 'submitted');

    expect(() => decide(approve, submitted, {}, 'alice')).toThrow(
      expect.objectContaining({ code: 'separation-of-duties' }),
    );
  });
});
