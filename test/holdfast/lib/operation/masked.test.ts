import { expect, test } from '@jest/globals';
import * as z from 'zod';
import payouts from '../../../../functions/actions/payouts/resource.ts';
import { MASK, membersInWords } from '../../../../lib/holdfast/cli/operation/masked.ts';
import { defineResource } from '../../../../lib/holdfast/core/definitions/define-resource.ts';
import { orZero, signed } from '../../../../lib/holdfast/core/money/amounts.ts';
import { money } from '../../../../lib/holdfast/core/money/money.ts';
import { text } from '../../../../lib/holdfast/core/values/text.ts';

const payout = {
  amount: { currency: 'EUR', value: '12.50' },
  beneficiary: { name: 'Ada Lovelace', iban: 'DE89370400440532013000' },
  reference: 'for the children',
  createdBy: 'alice',
  approvedAt: '2026-11-30T10:00:00.000Z',
  cancelReason: 'a typing error',
};

test('every member of a payout that may say something of a person is masked', () => {
  expect(membersInWords(payouts, payout, false)).toEqual([
    ['amount', '12.50 EUR'],
    ['beneficiary', MASK],
    ['reference', MASK],
    ['createdBy', 'alice'],
    ['approvedAt', '2026-11-30T10:00:00.000Z'],
    ['cancelReason', MASK],
  ]);
});

test('all of it is shown to who asks for it', () => {
  expect(Object.fromEntries(membersInWords(payouts, payout, true))).toMatchObject({
    beneficiary: '{"name":"Ada Lovelace","iban":"DE89370400440532013000"}',
    reference: 'for the children',
  });
});

test('what is not known to say nothing is masked: a list, a number, an optional text; one of few words is not', () => {
  const members = z.object({
    total: money.optional(),
    refunded: orZero,
    balance: signed.optional(),
    kind: z.enum(['gift', 'wage']),
    urgent: z.boolean().optional(),
    people: z.array(text({ max: 10 })),
    age: z.number(),
    nick: text({ max: 10 }).optional(),
  });
  const gifts = defineResource({ name: 'gifts', singular: 'gift', idPrefix: 'gi', states: ['new'], members });
  const amount = (value: string) => ({ currency: 'EUR', value });
  const shown = {
    kind: 'gift',
    urgent: true,
    people: ['Ada'],
    age: 36,
    nick: 'Ada',
    total: payout.amount,
    refunded: amount('0.00'),
    balance: amount('-1.00'),
  };

  expect(membersInWords(gifts, shown, false)).toEqual([
    ['total', '12.50 EUR'],
    ['refunded', '0.00 EUR'],
    ['balance', '-1.00 EUR'],
    ['kind', 'gift'],
    ['urgent', 'true'],
    ['people', MASK],
    ['age', MASK],
    ['nick', MASK],
  ]);
});
