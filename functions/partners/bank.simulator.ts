import { defineSimulator } from 'holdfast';
import bank from './bank.ts';

/** It pays a reference once, and says so again when it is asked again; a refusal is a 200 too. */
export default defineSimulator({
  partner: bank,
  on: {
    'POST /transfers': {
      reference: 'endToEndId',
      done: 'BOOKED',
      later: 'PENDING',
      refused: 'ERROR/AC04',
      members: { bookingId: 'b-{reference}' },
    },
    'GET /transfers/{reference}': { absent: 'NOT_FOUND', members: { bookingId: 'b-{reference}' } },
  },
});
