import { text } from 'holdfast';
import { defineOperationWithResults } from 'holdfast/results';
import * as z from 'zod';
import orders from '../actions/orders/resource.ts';
import carrier from '../partners/carrier.ts';
import printer from '../partners/printer.ts';

/** Prints a label, and has the parcel collected: from then on it is on its way. */
export default defineOperationWithResults({
  name: 'ship-order',
  resource: orders,
  deadlineSeconds: 172_800,
})
  .step({
    name: 'print',
    partner: printer,
    command: 'print',
    compensation: 'void',
    result: z.strictObject({ labelId: text({ max: 64 }), paper: z.enum(['a5', 'a6']).optional() }),
    input: ({ id, address }) => ({ id, address }),
    undoInput: ({ id }, { print }) => ({ id, labelId: print?.labelId ?? 'unknown' }),
  })
  .step({
    name: 'hand-over',
    partner: carrier,
    command: 'collect',
    pointOfNoReturn: true,
    result: z.strictObject({ trackingNumber: text({ max: 200 }) }),
    show: true,
    input: ({ id }, { print }) => ({ id, labelId: print.labelId }),
  })
  .ends({
    succeeded: {
      to: 'shipped',
      set: ({ print, 'hand-over': { trackingNumber } }) => ({ trackingNumber, label: print.labelId }),
    },
    failed: 'returned',
    cancelled: 'placed',
  });
