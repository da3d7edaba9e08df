import { defineSimulator } from 'holdfast';
import printer from './printer.ts';

/** It does a command once for each reference. */
export default defineSimulator({
  partner: printer,
  on: {
    'POST /commands': {
      reference: 'reference',
      done: 'DONE',
      later: 'PENDING',
      refused: 'REFUSED',
    },
    'GET /commands/{reference}': { absent: 'NOT_FOUND', status: { NOT_FOUND: 404 } },
  },
});
