import { defineResource } from 'holdfast';
import { defineOperationWithResults } from 'holdfast/results';
import * as z from 'zod';
import { DefinitionFault } from '../../../../../lib/holdfast/core/problems/definition-fault.ts';
import type { KeepingExtension } from '../../../../../lib/holdfast/core/writes/keeping.ts';
import plain from './functions/actions/orders/resource.ts';
import carrier from './functions/partners/carrier.ts';
import printer from './functions/partners/printer.ts';

/** Orders that are kept in a shape which has no member for what an end sets, and with a key of an index made of their state. */
const orders = defineResource(
  {
    name: plain.name,
    singular: plain.singular,
    idPrefix: plain.idPrefix,
    states: ['placed', 'shipping', 'shipped', 'returned'],
    members: plain.members,
    internal: z.object({ label: z.string().optional() }),
  },
  (): KeepingExtension => ({
    capability: 'shaped',
    keep: ({ next: { state } }) => ({ attributes: { l1: `orders#${state}` } }),
    form: {
      reads: 2,
      writes: 1,
      read: (members) => members,
      store(members) {
        if ('trackingNumber' in members)
          throw new DefinitionFault("'trackingNumber' has no place in shape 1; give it one");
        return members;
      },
    },
  }),
);

export default defineOperationWithResults({ name: 'ship-order', resource: orders, deadlineSeconds: 172_800 })
  .step({
    name: 'print',
    partner: printer,
    command: 'print',
    compensation: 'void',
    input: ({ id }) => ({ id }),
  })
  .step({
    name: 'hand-over',
    partner: carrier,
    command: 'collect',
    pointOfNoReturn: true,
    result: z.strictObject({ trackingNumber: z.string() }),
    input: ({ id }) => ({ id }),
  })
  .ends({
    succeeded: {
      to: 'shipped',
      set: ({ 'hand-over': { trackingNumber } }) => ({ trackingNumber }),
    },
    failed: 'returned',
    cancelled: 'placed',
  });
