import type { Examples } from 'holdfast/testing';

/** A valid input for each action, and who sends it. */
export default {
  'payouts.create': {
    input: {
      amount: { currency: 'EUR', value: '1250.00' },
      beneficiary: { name: 'Lovelace Ltd', iban: 'DE89370400440532013000' },
      reference: 'Invoice 7',
    },
  },
  'payouts.change-amount': { input: { amount: { currency: 'JPY', value: '900' } } },
  'payouts.submit': { input: { note: 'please' } },
  'payouts.approve': { input: { note: 'checked' }, by: 'bob' },
  'payouts.disburse': { input: { note: 'today' } },
  'payouts.cancel': { input: { reason: 'wrong bank' } },
  'payouts.reopen': { input: { note: 'once more' } },
} satisfies Examples;
