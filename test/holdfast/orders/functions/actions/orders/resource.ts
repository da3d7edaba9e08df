import { actorId, amounts, defineResource, text } from 'holdfast';
import { lists } from 'holdfast/lists';
import * as z from 'zod';
import { id, lines } from '../../values/lines.ts';

/** What a person says of an action. */
export const note = text({ min: 0, max: 500, multiline: true });

/** By which the carrier finds a parcel. */
export const trackingNumber = text({ max: 64 });

const conflict = { status: 409, category: 'conflict', recovery: 'refresh' } as const;

/** What a customer wants of products, and once it is placed, what they owe for it. */
export default defineResource(
  {
    name: 'orders',
    singular: 'order',
    idPrefix: 'or',
    states: ['draft', 'placed', 'shipping', 'shipped', 'returned', 'cancelled'],
    members: z.object({
      customerId: id,
      lines,
      total: amounts.orZero.optional(),
      placedBy: actorId.optional(),
      trackingNumber: trackingNumber.optional(),
      note: note.optional(),
    }),
    problems: {
      'out-of-stock': {
        ...conflict,
        title: 'There is not as much of a product as the order takes',
        tell: 'Something in this order is sold out. Order less of it, or something else.',
        check: 'available of each product that the lines of the order name.',
      },
      'credit-limit': {
        ...conflict,
        title: 'The customer would owe more than is allowed',
        tell: 'With this order, the customer would owe too much. Wait for a payment, or order less.',
        check: 'limit and outstanding of the customer, and what the lines of the order cost.',
      },
      'other-currency': {
        ...conflict,
        title: 'A product is not sold in the currency of the customer',
        tell: 'Something in this order is not sold in this currency.',
        check: 'The currency of price of each product, and of limit of the customer.',
      },
    },
  },
  lists({ byCustomer: ['customerId'] }),
);
