import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { type Action, defineAction } from '../../../lib/holdfast/core/definitions/define-action.ts';
import { defineResource } from '../../../lib/holdfast/core/definitions/define-resource.ts';
import { tasks } from '../support/tasks.ts';

// Definitions as JavaScript could write them: what the compiler refuses, the kit refuses by itself, with the remedy.
type Loose = (definition: Record<string, unknown>) => Action;
const loosely = defineAction as unknown as Loose;
const looselyResource = defineResource as unknown as Loose;

const close = {
  resource: tasks,
  name: 'close',
  summary: 'Close a task.',
  scope: 'tasks:close',
  from: ['open'],
  to: 'done',
  input: z.object({}),
  decide: () => ({}),
};

describe('an action', () => {
  test.each([
    [{ name: 'Close' }, "action 'Close' of 'tasks': its name is not kebab case; rename it and its file"],
    [
      { from: [] },
      "action 'close' of 'tasks': from is empty; name a state, or leave from out to make it a create",
    ],
    [
      { from: ['opened'] },
      "action 'close' of 'tasks': from names the unknown state 'opened'; choose from open, done",
    ],
    [
      { to: 'closed' },
      "action 'close' of 'tasks': to names the unknown state 'closed'; choose from open, done",
    ],
    [{ scope: 'tasks:shut' }, "action 'close' of 'tasks': scope is 'tasks:shut'; write 'tasks:close'"],
    [
      { problems: ['nobody-cares'] },
      "action 'close' of 'tasks': problem 'nobody-cares' is not declared; add it to problems of resource 'tasks'",
    ],
  ])('with %j is refused', (wrong, message) => {
    expect(() => loosely({ ...close, ...wrong })).toThrow(new Error(message));
  });
});

describe('a resource', () => {
  const row = {
    status: 403,
    title: 'No',
    category: 'authorization',
    recovery: 'retry',
    tell: 'No.',
    check: 'No.',
  } as const;

  test.each([
    [{ name: 'Tasks' }, "resource 'Tasks': its name is not kebab case; rename it"],
    [{ idPrefix: 't' }, "resource 'tasks': idPrefix 't' is not two to four letters"],
    [{ states: ['open', 'open'] }, "resource 'tasks': a state is listed twice; remove one"],
    [
      { members: z.object({ state: z.string() }) },
      "resource 'tasks': member 'state' is kept by the kit; rename it",
    ],
    [
      { problems: { 'not-found': row } },
      "resource 'tasks': problem 'not-found' is in the kit's own table; choose another code",
    ],
    [
      { problems: { busy: row } },
      "resource 'tasks': problem 'busy' says retry but not when; add retryAfterSeconds",
    ],
  ])('with a fault is refused: %#', (wrong, message) => {
    const { name, singular, idPrefix, states, members } = tasks;

    expect(() => looselyResource({ name, singular, idPrefix, states, members, ...wrong })).toThrow(
      new Error(message),
    );
  });
});
