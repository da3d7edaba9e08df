import * as z from 'zod';
import { lists } from '../../../../lib/holdfast/capabilities/lists/index.ts';
import { defineAction } from '../../../../lib/holdfast/core/definitions/define-action.ts';
import { defineResource } from '../../../../lib/holdfast/core/definitions/define-resource.ts';
import type { StoredResource } from '../../../../lib/holdfast/core/definitions/representation.ts';
import { timestamp } from '../../../../lib/holdfast/core/values/text.ts';

// Tickets of a help desk: who asked, how urgent it is, and until when it is to be answered.

const members = z.object({
  customerId: z.string().max(40),
  urgent: z.boolean(),
  rank: z.int(),
  dueDate: z.iso.date().optional(),
  seenAt: timestamp.optional(),
});

export const tickets = defineResource(
  { name: 'tickets', singular: 'ticket', idPrefix: 'ti', states: ['open', 'answered'], members },
  lists({
    byCustomer: ['customerId'],
    byCustomerAndState: ['state', 'customerId'],
    overdue: { by: ['urgent', 'customerId'], order: 'dueDate', first: 'lowest' },
    byRank: { by: ['rank'], order: 'rank' },
    seen: { by: ['urgent'], order: 'seenAt' },
  }),
);

export const createTicket = defineAction({
  resource: tickets,
  name: 'create',
  summary: 'Ask.',
  scope: 'tickets:create',
  to: 'open',
  input: members,
  decide: ({ input }) => input,
});

export const answerTicket = defineAction({
  resource: tickets,
  name: 'answer',
  summary: 'Answer it.',
  scope: 'tickets:answer',
  from: ['open'],
  to: 'answered',
  input: z.object({ customerId: z.string(), dueDate: z.iso.date().nullable() }),
  decide: ({ input }) => input,
});

/** A ticket as it is stored. */
export const ticket = (data: object, id = 'ti_01hf3q8ks2v7m4n6p8r0t2w4y6'): StoredResource => ({
  id,
  state: 'open',
  version: 1,
  commit: 'c',
  createdAt: '2026-11-30T08:00:00.000Z',
  updatedAt: '2026-11-30T08:00:00.000Z',
  data: { customerId: 'cu_1', urgent: true, rank: 3, dueDate: '2026-12-24', ...data },
});
