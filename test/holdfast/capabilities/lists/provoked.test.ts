import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { defineAction } from '../../../../lib/holdfast/core/definitions/define-action.ts';
import { service } from '../../../../lib/holdfast/service/project.ts';
import { examplesOf } from '../../../../lib/holdfast/testing/examples.ts';
import { provocables } from '../../../../lib/holdfast/testing/provoke/provoke.ts';
import { Scene } from '../../../../lib/holdfast/testing/scene/scene.ts';
import { tasks } from '../../support/tasks.ts';
import { answerTicket, createTicket, tickets } from './desk.ts';

const createTask = defineAction({
  resource: tasks,
  name: 'create',
  summary: 'Make one.',
  scope: 'tasks:create',
  to: 'open',
  input: z.object({ title: z.string() }),
  decide: ({ input }) => input,
});

const defined = [
  { definition: tasks, actions: [createTask] },
  { definition: tickets, actions: [createTicket, answerTicket] },
];

const registry = {
  resources: defined.map(({ definition, actions }) => ({
    definition,
    file: '',
    actions: actions.map((action) => ({ definition: action, file: '' })),
  })),
  operations: [],
  versions: [],
};

const examples = examplesOf(registry, {
  'tasks.create': { input: { title: 'x' } },
  'tickets.create': { input: { customerId: 'cu_1', urgent: true, rank: 1 } },
  'tickets.answer': { input: { customerId: 'cu_1', dueDate: null } },
});

test('a list that is not complete is provoked where a resource has a list, and nowhere else', async () => {
  const scene = new Scene(service, registry, examples, true);
  const found = provocables(scene).find(({ name }) => name === 'list-not-ready');

  expect(found?.actions).toEqual([createTicket, answerTicket]);
  expect(found?.whyNot(createTask)).toBe('tasks have no list by members');
  expect(await found?.shown(scene, createTicket)).toMatchObject({
    method: 'GET',
    path: '/tickets?customerId=customerId',
  });
});
