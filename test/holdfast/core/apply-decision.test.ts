import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import approve from '../../../functions/actions/payouts/approve.ts';
import { applyDecision, type DecisionContext } from '../../../lib/holdfast/core/decisions/apply-decision.ts';
import { type Action, defineAction } from '../../../lib/holdfast/core/definitions/define-action.ts';
import { defineResource } from '../../../lib/holdfast/core/definitions/define-resource.ts';
import type { StoredResource } from '../../../lib/holdfast/core/definitions/representation.ts';
import { Problem } from '../../../lib/holdfast/core/problems/problem.ts';

const tasks = defineResource({
  name: 'tasks',
  singular: 'task',
  idPrefix: 'ta',
  states: ['open', 'done'],
  members: z.object({
    title: z.string(),
    tags: z.array(z.string()),
    owner: z.string().optional(),
    due: z.string().optional(),
    places: z.int().optional(),
    urgent: z.boolean().optional(),
  }),
});

/** An action that closes a task by this decision, written as JavaScript could write it. */
const closing = (decide: Action['decide']): Action => ({
  ...defineAction({
    resource: tasks,
    name: 'close',
    summary: 'Close a task.',
    scope: 'tasks:close',
    from: ['open'],
    to: 'done',
    input: z.object({}),
    decide: () => ({}),
  }),
  decide,
});

const task: StoredResource = {
  id: 'ta_1',
  state: 'open',
  version: 7,
  commit: 'abcd',
  createdAt: '2026-11-25T07:00:00.000Z',
  updatedAt: '2026-11-25T07:30:00.000Z',
  data: { title: 'Lock up', tags: ['evening'], owner: 'alice' },
};

const context: DecisionContext = {
  id: 'ta_1',
  input: { list: ['b', 'a'] },
  actor: { id: 'bob', tenant: 'acme' },
  now: '2026-11-25T08:00:00.000Z',
  commit: 'wxyz',
};

const thrownBy = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

describe('a decision', () => {
  test('makes the next version, in the state of the action, at the time of the request', () => {
    const { next } = applyDecision(
      closing(() => ({})),
      task,
      context,
    );

    expect(next).toEqual({
      ...task,
      state: 'done',
      version: 8,
      commit: 'wxyz',
      updatedAt: '2026-11-25T08:00:00.000Z',
    });
  });

  test.each(['open', 'done'])(
    'of an action that leaves the state as it is makes the next version in %s',
    (state) => {
      const action = { ...closing(() => ({ owner: 'bob' })), from: ['open', 'done'], to: 'same' };

      const { next } = applyDecision(action, { ...task, state }, context);

      expect(next).toMatchObject({ state, version: 8, data: { owner: 'bob' } });
    },
  );

  test('makes version 1 of what is created, which has just what was decided', () => {
    const decided = { title: 'Lock up', tags: [], owner: undefined, due: null };

    const { next } = applyDecision(
      closing(() => decided),
      undefined,
      context,
    );

    expect(next).toMatchObject({ id: 'ta_1', version: 1, createdAt: context.now, updatedAt: context.now });
    expect(next.data).toEqual({ title: 'Lock up', tags: [] });
  });

  // aws-sdk-java-v2#6643: version 0 was taken for none.
  test('of version 0 makes version 1', () => {
    const { next } = applyDecision(
      closing(() => ({})),
      { ...task, version: 0 },
      context,
    );

    expect(next).toMatchObject({ version: 1, createdAt: task.createdAt });
  });

  // aws-sdk-js-v3#4280: a value that is undefined left the update, and its name stayed in the expression.
  test('sets a value, removes by null, and takes undefined for not named', () => {
    const { next, changes } = applyDecision(
      closing(() => ({ title: 'Lock the door', owner: null, due: undefined })),
      task,
      context,
    );

    expect(Object.entries(changes)).toEqual([
      ['title', 'Lock the door'],
      ['owner', null],
    ]);
    expect(next.data).toEqual({ title: 'Lock the door', tags: ['evening'] });
  });

  test('keeps a value that is empty, zero or false', () => {
    const { next, changes } = applyDecision(
      closing(() => ({ title: '', tags: [], places: 0, urgent: false })),
      task,
      context,
    );

    expect(next.data).toEqual({ title: '', tags: [], owner: 'alice', places: 0, urgent: false });
    expect(changes).toEqual({ title: '', tags: [], places: 0, urgent: false });
  });

  test.each(['id', 'state', 'version', 'commit', 'toString'])('may not set %s', (member) => {
    const action = closing(() => ({ [member]: 'x' }));

    expect(() => applyDecision(action, task, context)).toThrow(
      new Error(`decide of 'close' set '${member}'; add it to the members of resource 'tasks'`),
    );
  });

  test('sees the resource with the members of the kit, and without the commit of its version', () => {
    const seen: unknown[] = [];

    applyDecision(
      closing(({ current }) => {
        seen.push(current);
        return {};
      }),
      { ...task, data: { ...task.data, state: 'forged', version: 99 } },
      context,
    );

    const { data, commit: _, ...kept } = task;
    expect(seen).toEqual([{ ...data, ...kept }]);
  });

  test('sees nothing where nothing is yet', () => {
    const seen: unknown[] = [];

    applyDecision(
      closing((given) => {
        seen.push(given.current);
        return { title: 'Lock up', tags: [] };
      }),
      undefined,
      context,
    );

    expect(seen).toEqual([undefined]);
  });

  test('that rejects is the problem of the domain, with the detail it gave', () => {
    const submitted = { ...task, state: 'submitted', data: { submittedBy: 'bob' } };
    const detailed: Action = {
      ...approve,
      decide: ({ reject }) => reject('separation-of-duties', 'ask someone else'),
    };

    const plain = thrownBy(() => applyDecision(approve, submitted, context));
    const withDetail = thrownBy(() => applyDecision(detailed, submitted, context));

    expect(plain).toBeInstanceOf(Problem);
    expect(plain).toMatchObject({ code: 'separation-of-duties', row: { status: 403, recovery: 'stop' } });
    expect(plain).toHaveProperty('occurrence', { resource: 'payout' });
    expect(withDetail).toHaveProperty('occurrence.detail', 'ask someone else');
  });

  test.each(['not-found', 'made-up', 'toString'])('that rejects with %s is a fault of the code', (code) => {
    const action: Action = { ...approve, decide: ({ reject }) => reject(code) };

    expect(() => applyDecision(action, task, context)).toThrow(
      new Error(`decide of 'approve' rejected with '${code}'; add it to the action's problems`),
    );
  });

  // What a decide does to `current` in place shows in the answer and its receipt, and is never stored.
  test('cannot change the resource but by its answer', () => {
    const stored = structuredClone(task);
    const action = closing(({ current }) => {
      (current?.tags as string[] | undefined)?.push('planted');
      return {};
    });

    thrownBy(() => applyDecision(action, stored, context));

    expect(stored).toEqual(task);
  });

  // Powertools-ts#5715: a handler that changes its input in place makes the hash of another request; here that of
  // the newest form, which is taken after the decision.
  test('cannot change its input', () => {
    const given = structuredClone(context);
    const action = closing(({ input }) => {
      (input.list as string[]).sort();
      return {};
    });

    thrownBy(() => applyDecision(action, task, given));

    expect(given).toEqual(context);
  });
});
