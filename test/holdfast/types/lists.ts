import * as z from 'zod';
import { lists } from '../../../lib/holdfast/capabilities/lists/index.ts';
import { defineResource } from '../../../lib/holdfast/core/definitions/define-resource.ts';

// Lists by what a resource has not, each of which the compiler refuses: see must-not-compile.ts.

const orders = {
  name: 'orders',
  singular: 'order',
  idPrefix: 'or',
  states: ['draft', 'placed'],
  members: z.object({ customerId: z.string(), dueDate: z.iso.date().optional() }),
  internal: z.object({ risk: z.string() }),
} as const;

// What members, orders and ends may be called.
const made = defineResource(
  orders,
  lists({
    byCustomer: ['customerId'],
    byCustomerAndState: ['customerId', 'state'],
    due: { by: ['customerId', 'dueDate'], order: 'dueDate', first: 'lowest' },
    older: { by: ['dueDate'], order: 'createdAt' },
    gone: 'removed',
  }),
);

// The resource is as it would be without them.
const names: 'orders' = made.name;
const states: readonly ('draft' | 'placed')[] = made.states;
export const known = { names, states };

// A member that is not there, one that no answer shows, and one that the kit keeps.
// @ts-expect-error
defineResource(orders, lists({ byCustomer: ['customer'] }));
// @ts-expect-error
defineResource(orders, lists({ byRisk: ['risk'] }));
// @ts-expect-error
defineResource(orders, lists({ byVersion: ['version'] }));
// An order that is no member, an end that there is not, and a list that is no list.
// @ts-expect-error
defineResource(orders, lists({ due: { by: ['customerId'], order: 'due' } }));
// @ts-expect-error
defineResource(orders, lists({ due: { by: ['customerId'], first: 'newest' } }));
// @ts-expect-error
defineResource(orders, lists({ due: 'gone' }));
