import { describe, expect, test } from '@jest/globals';
import submit from '../../../functions/actions/payouts/submit.ts';
import type { Action } from '../../../lib/holdfast/core/definitions/define-action.ts';
import { decide, stored } from '../../../lib/holdfast/testing/decide.ts';

const amount = { currency: 'EUR', value: '1250.00' };
const beneficiary = { name: 'Lovelace Ltd', iban: 'DE89370400440532013000' };

const payout = (data: object) =>
  stored({ amount, beneficiary, reference: 'Invoice 7', createdBy: 'alice', ...data }, 'draft');

describe('a decision', () => {
  test('that sets what the resource does not declare is a fault of the code, with its remedy', () => {
    const wrong = { ...submit, decide: () => ({ colour: 'red' }) };

    expect(() => decide(wrong, payout({}), {})).toThrow(
      "decide of 'submit' set 'colour'; add it to the members of resource 'payouts'",
    );
  });

  test('that rejects with what the action does not declare is a fault of the code, with its remedy', () => {
    const wrong: Action = { ...submit, decide: ({ reject }) => reject('separation-of-duties') };

    expect(() => decide(wrong, payout({}), {})).toThrow(
      "decide of 'submit' rejected with 'separation-of-duties'; add it to the action's problems",
    );
  });

  test('keeps members that this release does not know, and leaves alone what it does not name', () => {
    const { next, changes } = decide(submit, payout({ riskScore: 7 }), {});

    expect(next.data).toMatchObject({ riskScore: 7, reference: 'Invoice 7' });
    expect(Object.keys(changes)).toEqual(['submittedBy', 'submittedAt', 'note']);
  });
});
