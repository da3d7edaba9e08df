import * as z from 'zod';
import { defineOperationWithResults } from '../../../lib/holdfast/capabilities/results/index.ts';
import { defineResource } from '../../../lib/holdfast/core/definitions/define-resource.ts';
import { text } from '../../../lib/holdfast/core/values/text.ts';
import orders from '../capabilities/results/shop/functions/actions/orders/resource.ts';
import carrier from '../capabilities/results/shop/functions/partners/carrier.ts';
import printer from '../capabilities/results/shop/functions/partners/printer.ts';

// Operations with results that are wrong, each of which the compiler refuses: see must-not-compile.ts.

const begun = defineOperationWithResults({ name: 'ship-order', resource: orders, deadlineSeconds: 60 });

const sized = defineResource({
  name: 'parcels',
  singular: 'parcel',
  idPrefix: 'pa',
  states: ['open'],
  members: z.object({ size: z.enum(['big', 'small']), tags: z.array(z.string()) }),
});

const print = { name: 'print', partner: printer, command: 'print', input: () => ({}) } as const;
const collect = { name: 'hand-over', partner: carrier, command: 'collect', input: () => ({}) } as const;

const printed = begun.step({ ...print, result: z.strictObject({ labelId: text({ max: 9 }) }) });
const ends = { succeeded: { to: 'shipped' }, failed: 'returned', cancelled: 'placed' } as const;

// Right: what is optional may be missing, and is looked at as such.
printed.step({ ...collect, result: z.strictObject({ trackingNumber: text({ max: 9 }) }).optional() }).ends({
  ...ends,
  succeeded: {
    to: 'shipped',
    set: (results) => ({
      label: results.print.labelId,
      trackingNumber: results['hand-over']?.trackingNumber ?? null,
    }),
  },
});

// A step sees the results of those before it: not its own, none of a later one, and none of a step without a schema.
begun.step({
  ...print,
  result: z.strictObject({ labelId: text({ max: 9 }) }),
  // @ts-expect-error
  input: (_, { print: own }) => ({ own }),
});
printed.step({
  ...collect,
  // @ts-expect-error
  input: (_, results) => ({ of: results['hand-over'] }),
});
begun.step(print).step({
  ...collect,
  // @ts-expect-error
  input: (_, results) => ({ of: results.print }),
});

// No member that the schema has not, and none of the resource that is not there.
printed.step({
  ...collect,
  // @ts-expect-error
  input: (_, results) => ({ of: results.print.trackingNumber }),
});
printed.step({
  ...collect,
  // @ts-expect-error
  input: ({ weight }) => ({ weight }),
});

// What takes a step back is told that its result may not be known.
begun.step({
  ...print,
  compensation: 'void',
  result: z.strictObject({ labelId: text({ max: 9 }) }),
  // @ts-expect-error
  undoInput: (_, results) => ({ of: results.print.labelId }),
});

// A result is texts by name.
// @ts-expect-error
begun.step({ ...print, result: z.strictObject({ pages: z.number() }) });
// @ts-expect-error
begun.step({ ...print, result: text({ max: 9 }) });

// Right: a member of few words keeps them.
defineOperationWithResults({ name: 'pack', resource: sized, deadlineSeconds: 60 })
  .step(print)
  .ends({
    succeeded: { to: 'open', set: () => ({ size: 'big', tags: ['a'] }) },
    failed: 'open',
    cancelled: 'open',
  });

// The end sets members of the resource alone, by the results that there are, and leads to a state of it.
// @ts-expect-error
printed.ends({ ...ends, succeeded: { to: 'shipped', set: () => ({ tracking: 'x' }) } });
// @ts-expect-error
printed.ends({ ...ends, succeeded: { to: 'shipped', set: () => ({ label: 'l', tracking: 'x' }) } });
// @ts-expect-error
printed.ends({ ...ends, succeeded: { to: 'shipped', set: () => ({ trackingNumber: 7 }) } });
// @ts-expect-error
printed.ends({ ...ends, succeeded: { to: 'shipped', set: () => ({ address: null }) } });
// @ts-expect-error
printed.ends({ ...ends, succeeded: { to: 'shipped', set: (of) => ({ label: of['hand-over'] }) } });
// @ts-expect-error
printed.ends({ ...ends, succeeded: { to: 'sent' } });
// @ts-expect-error
printed.ends({ ...ends, failed: 'broken' });
