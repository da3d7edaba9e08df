import { text } from 'holdfast';
import { defineOperationWithResults } from 'holdfast/results';
import * as z from 'zod';
import orders from './functions/actions/orders/resource.ts';
import shipOrder from './functions/operations/ship-order.ts';
import carrier from './functions/partners/carrier.ts';
import printer from './functions/partners/printer.ts';

const [print, collect] = shipOrder.steps;

/** The next release: what the carrier tells may be longer than what an order keeps of it. */
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
    result: z.strictObject({ labelId: text({ max: 64 }) }),
    input: (order) => print?.input(order) ?? {},
  })
  .step({
    name: 'hand-over',
    partner: carrier,
    command: 'collect',
    pointOfNoReturn: true,
    result: z.strictObject({ trackingNumber: text({ max: 200 }) }),
    input: (order) => collect?.input(order) ?? {},
  })
  .ends({
    succeeded: {
      to: 'shipped',
      set: (results) => ({ trackingNumber: results['hand-over'].trackingNumber.slice(0, 40) }),
    },
    failed: 'returned',
    cancelled: 'placed',
  });
