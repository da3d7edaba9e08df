import { defineOperationWithResults } from 'holdfast/results';
import * as z from 'zod';
import orders, { trackingNumber } from '../actions/orders/resource.ts';
import carrier from '../partners/carrier.ts';
import printer from '../partners/printer.ts';

/** Prints the label of a parcel, then hands it to the carrier; a label whose order is not shipped is made void. */
export default defineOperationWithResults({
  name: 'ship-order',
  resource: orders,
  deadlineSeconds: 7 * 86_400,
})
  .step({
    name: 'print',
    partner: printer,
    command: 'print-label',
    compensation: 'void-label',
    input: ({ id }) => ({ order: id }),
  })
  .step({
    name: 'hand-over',
    partner: carrier,
    command: 'collect',
    pointOfNoReturn: true,
    result: z.strictObject({ trackingNumber }),
    input: ({ id }) => ({ order: id }),
  })
  .ends({
    succeeded: { to: 'shipped', set: (results) => results['hand-over'] },
    failed: 'returned',
    cancelled: 'placed',
  });
