import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { defineResource } from '../../../lib/holdfast/core/definitions/define-resource.ts';
import type { ProblemRow } from '../../../lib/holdfast/core/problems/problems.ts';

const tasks = {
  name: 'tasks',
  singular: 'task',
  idPrefix: 'ta',
  states: ['open', 'done'],
  members: z.object({ title: z.string() }),
};

const row: ProblemRow = {
  status: 409,
  title: 'The task is in use',
  category: 'conflict',
  recovery: 'refresh',
  tell: 'Look at it again.',
  check: 'Who uses it?',
};

describe('a resource', () => {
  test('that nothing is wrong with is given back as it was written', () => {
    const definition = { ...tasks, problems: { 'task-in-use': row } };

    expect(defineResource(definition)).toBe(definition);
  });

  test.each([
    '',
    'Tasks',
    'task_list',
    'tasks-',
    '-tasks',
    '2tasks',
    'tasks--old',
    'tasks/x',
    'täsks',
    'tasks#',
  ])('is not named %j, which would be part of its routes and keys', (name) => {
    expect(() => defineResource({ ...tasks, name })).toThrow(
      new Error(`resource '${name}': its name is not kebab case; rename it`),
    );
  });

  test.each(['', 't', 'tasks', 'TA', 't1', 'ta_', 'tä'])('has no ids that begin with %j', (idPrefix) => {
    expect(() => defineResource({ ...tasks, idPrefix })).toThrow(
      new Error(`resource 'tasks': idPrefix '${idPrefix}' is not two to four letters`),
    );
  });

  test.each(['id', 'state', 'version', 'createdAt', 'updatedAt', 'operation', 'allowedActions', '#shape'])(
    'has no member %s of its own',
    (member) => {
      const members = z.object({ [member]: z.string() });

      expect(() => defineResource({ ...tasks, members })).toThrow(
        new Error(`resource 'tasks': member '${member}' is kept by the kit; rename it`),
      );
    },
  );

  // Fails: one that a decision leaves out would be there all the same, inherited; an empty name is no attribute.
  test.each(['constructor', 'toString', ''])('has no internal member %j', (member) => {
    const internal = z.object({ [member]: z.string().optional() });

    expect(() => defineResource({ ...tasks, internal })).toThrow(
      new Error(
        `resource 'tasks': member '${member}' has a name that every object has, or that no member can have; rename it`,
      ),
    );
  });

  // Fails: `#` separates the state from the time in the index by state, where state=open would list open#late too; no
  // state at all leaves no `to` for a create.
  test.each([
    ['a separator', { states: ['open', 'open#late'] }],
    ['an empty name', { states: [''] }],
    ['none', { states: [] }],
  ])('is refused states with %s', (_, wrong) => {
    expect(() => defineResource({ ...tasks, ...wrong })).toThrow(/^resource 'tasks': /);
  });

  // The singular is part of a path parameter, {taskId}, which API Gateway takes letters, digits and _ in.
  test.each(['', 'a task', 'task/x', 'Aufgabe ü'])('is not called %j in the singular', (singular) => {
    expect(() => defineResource({ ...tasks, singular })).toThrow(/^resource 'tasks': /);
  });

  // The rows of a domain are held to less than those of the kit.
  test.each([
    ['a status of success', 'in-use', { status: 200 }],
    ['a 5xx that is not retried', 'in-use', { status: 503 }],
    ['a time to retry where nothing is retried', 'in-use', { retryAfterSeconds: 1 }],
    ['a time to retry that is none', 'in-use', { recovery: 'retry', retryAfterSeconds: 0.5 } as const],
    ['a code that is not kebab case and stands unescaped in a page', 'in"use', {}],
  ])('is refused a problem with %s', (_, code, wrong) => {
    const problems = { [code]: { ...row, ...wrong } };

    expect(() => defineResource({ ...tasks, problems })).toThrow(/^resource 'tasks': problem /);
  });
});
