import { defineSimulator } from 'holdfast';
import printer from './printer.ts';

/** It prints a label once, and takes it back. */
export default defineSimulator({
  partner: printer,
  on: {
    'POST /print': {
      command: 'print',
      reference: 'reference',
      done: 'PRINTED',
      members: { labelId: 'l-{reference}' },
    },
    'GET /print/{reference}': {
      command: 'print',
      absent: 'NOT_FOUND',
      members: { labelId: 'l-{reference}' },
    },
    'POST /void': { command: 'void', reference: 'reference', done: 'VOIDED' },
    'GET /void/{reference}': { command: 'void', absent: 'NOT_FOUND' },
  },
});
