import * as z from 'zod';
import { shapes } from '../../../lib/holdfast/capabilities/shapes/index.ts';
import { defineResource } from '../../../lib/holdfast/core/definitions/define-resource.ts';

// Shapes that are wrong, each of which the compiler refuses: see must-not-compile.ts.

const resource = {
  name: 'tickets',
  singular: 'ticket',
  idPrefix: 'ti',
  states: ['open'],
  members: z.object({ buyerId: z.string() }),
} as const;

// What makes the newer shape of the older one; which is written; what is a shape at all.
// @ts-expect-error
shapes({ reads: 2, writes: 2 });
// @ts-expect-error
shapes({ reads: 2, upgrade: { 1: (members) => members } });
// @ts-expect-error
shapes({ reads: 2, writes: 2, upgrade: { 1: () => 'bob' } });
// @ts-expect-error
shapes({ reads: 2, writes: 2, upgrade: { first: (members) => members } });
// What is kept is not known to be of any type.
// @ts-expect-error
shapes({ reads: 2, writes: 2, upgrade: { 1: ({ buyerId }) => ({ buyerId: buyerId.trim() }) } });
// A capability is what a function of holdfast/… gives.
// @ts-expect-error
defineResource(resource, { shapes: 2 });
// @ts-expect-error
defineResource(resource, shapes);

defineResource(resource, shapes({ reads: 2, writes: 2, upgrade: { 1: (members) => members } }));
