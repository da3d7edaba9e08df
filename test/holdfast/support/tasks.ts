import * as z from 'zod';
import { defineResource } from '../../../lib/holdfast/core/definitions/define-resource.ts';

/** The smallest resource that something can be done to. */
export const tasks = defineResource({
  name: 'tasks',
  singular: 'task',
  idPrefix: 'ta',
  states: ['open', 'done'],
  members: z.object({ title: z.string() }),
});
