import { defineOperation } from 'holdfast';
import payouts from '../actions/payouts/resource.ts';
import bank from '../partners/bank.ts';
import screening from '../partners/screening.ts';

/** Screens the beneficiary, then pays: the money leaves once, or not at all. */
export default defineOperation({
  name: 'disburse-payout',
  resource: payouts,
  onSucceeded: 'paid',
  onFailed: 'returned',
  onCancelled: 'approved',
  deadlineSeconds: 2 * 86_400,
  steps: [
    {
      name: 'screen',
      partner: screening,
      command: 'screen',
      compensation: 'release',
      input: ({ beneficiary }) => ({ name: beneficiary.name, account: beneficiary.iban }),
    },
    {
      name: 'transfer',
      partner: bank,
      command: 'transfer',
      pointOfNoReturn: true,
      input: ({ amount, beneficiary, reference }) => ({
        amount,
        creditor: beneficiary,
        remittance: reference,
      }),
    },
  ],
});
