import { defineSimulator } from 'holdfast';
import screening from './screening.ts';

/** It takes a case on, and calls back with its verdict; a case can be released again. */
export default defineSimulator({
  partner: screening,
  on: {
    'POST /cases': {
      reference: 'caseReference',
      done: 'clear',
      later: 'in-review',
      refused: 'hit',
      callsBack: true,
    },
    'POST /cases/{undoes}/release': { reference: 'caseReference', done: 'released' },
    'GET /cases/{reference}': { absent: 'no-such-case', status: { 'no-such-case': 404 } },
  },
});
