import * as z from 'zod';
import { defineOperationWithResults } from '../../../../../../lib/holdfast/capabilities/results/index.ts';
import { text } from '../../../../../../lib/holdfast/core/values/text.ts';
import orders from '../orders.ts';
import { carrier, printer } from '../partners.ts';
import shipOrder from '../ship-order.ts';

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
