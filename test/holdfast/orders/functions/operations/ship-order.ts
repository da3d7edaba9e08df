import { defineOperation } from 'holdfast';
import orders from '../actions/orders/resource.ts';
import carrier from '../partners/carrier.ts';
import printer from '../partners/printer.ts';

/** Prints the label of a parcel, then hands it to the carrier; a label whose order is not shipped is made void. */
export default defineOperation({
  name: 'ship-order',
  resource: orders,
  onSucceeded: 'shipped',
  onFailed: 'returned',
  onCancelled: 'placed',
  deadlineSeconds: 7 * 86_400,
  steps: [
    {
      name: 'print',
      partner: printer,
      command: 'print-label',
      compensation: 'void-label',
      input: ({ id }) => ({ order: id }),
    },
    {
      name: 'hand-over',
      partner: carrier,
      command: 'collect',
      pointOfNoReturn: true,
      input: ({ id }) => ({ order: id }),
    },
  ],
});
