import { defineSimulator } from 'holdfast';
import carrier from './carrier.ts';

/** It collects a parcel once, and tells its tracking number whenever it is asked. */
export default defineSimulator({
  partner: carrier,
  on: {
    'POST /collect': {
      reference: 'reference',
      done: 'COLLECTED',
      refused: 'NO',
      members: { trackingNumber: 't-{reference}' },
    },
    'GET /collect/{reference}': { absent: 'NOT_FOUND', members: { trackingNumber: 't-{reference}' } },
  },
});
