import * as z from 'zod';
import { unique } from '../../../lib/holdfast/capabilities/unique/index.ts';
import { defineResource } from '../../../lib/holdfast/core/definitions/define-resource.ts';

// Rules that are wrong, each of which the compiler refuses: see must-not-compile.ts.

const products = {
  name: 'products',
  singular: 'product',
  idPrefix: 'pr',
  states: ['on-sale'],
  members: z.object({ sku: z.string(), customerId: z.string(), number: z.int() }),
  internal: z.object({ cost: z.int() }),
} as const;

defineResource(products, unique(['sku'], ['customerId', 'number']));

// A member that there is not, alone and beside one that there is, and one that is internal.
defineResource(
  products,
  // @ts-expect-error
  unique(['code']),
);

defineResource(
  products,
  // @ts-expect-error
  unique(['sku'], ['customerId', 'numbr']),
);

defineResource(
  products,
  // @ts-expect-error
  unique(['cost']),
);

// A renamed member is one that there is; what it was need not be.
defineResource(products, unique({ members: ['sku'], was: ['code'] }));
defineResource(
  products,
  // @ts-expect-error
  unique({ members: ['code'], was: ['sku'] }),
);

// A member in place of a rule.
// @ts-expect-error
unique('sku');
