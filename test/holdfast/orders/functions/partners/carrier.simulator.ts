import { defineSimulator } from 'holdfast';
import carrier from './carrier.ts';

/** It collects a parcel once for each reference, and calls back with what came of it. */
export default defineSimulator({
  partner: carrier,
  on: {
    'POST /parcels': {
      reference: 'parcel',
      done: 'COLLECTED',
      later: 'BOOKED',
      refused: 'REFUSED',
      callsBack: true,
      members: { trackingNumber: 'TN-{reference}' },
    },
    'GET /parcels/{reference}': {
      absent: 'NO_SUCH_PARCEL',
      status: { NO_SUCH_PARCEL: 404 },
      members: { trackingNumber: 'TN-{reference}' },
    },
  },
});
