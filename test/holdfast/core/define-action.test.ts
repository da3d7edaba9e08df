import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import bank from '../../../functions/partners/bank.ts';
import {
  type Action,
  defineAction,
  isRejection,
  reject,
  stateAfter,
} from '../../../lib/holdfast/core/definitions/define-action.ts';
import { defineOperation } from '../../../lib/holdfast/core/definitions/define-operation.ts';
import { tasks } from '../support/tasks.ts';

const close = {
  resource: tasks,
  name: 'close',
  summary: 'Close a task.',
  scope: 'tasks:close',
  from: ['open'],
  to: 'done',
  input: z.object({ note: z.string().optional() }),
  decide: () => ({}),
} as const;

type Definition = Parameters<typeof defineAction<typeof tasks, z.ZodObject>>[0];

describe('an action', () => {
  test('has no problems and needs the version that was seen, unless it says otherwise', () => {
    const made = [defineAction(close), defineAction({ ...close, anyVersion: true })];

    expect(made.map(({ problems, anyVersion }) => ({ problems, anyVersion }))).toEqual([
      { problems: [], anyVersion: false },
      { problems: [], anyVersion: true },
    ]);
  });

  test('refuses unknown members, however its input is written', () => {
    const inputs = [z.object({}), z.strictObject({}), z.looseObject({}), z.object({}).catchall(z.string())];

    const accepted = inputs.filter(
      (input) => defineAction({ ...close, input }).input.safeParse({ extra: 'x' }).success,
    );

    expect(accepted).toEqual([]);
  });

  test('leaves its definition as it was written', () => {
    const definition = Object.freeze({ ...close });

    const action: Action = defineAction(definition);

    expect(action).not.toBe(definition);
    expect(definition.input.safeParse({ extra: 1 }).success).toBe(true);
  });

  test.each(['', 'Close', 'close_it', 'close-', '-close', '2close', 'close/it', 'clöse'])(
    'is not named %j, which would be part of its route',
    (name) => {
      const wrong = { ...close, name, scope: `tasks:${name}` } as const;

      expect(() => defineAction(wrong)).toThrow(
        new Error(`action '${name}' of 'tasks': its name is not kebab case; rename it and its file`),
      );
    },
  );
});

describe('an action whose to is same', () => {
  const label = {
    ...close,
    name: 'label',
    scope: 'tasks:label',
    from: ['open', 'done'],
    to: 'same',
  } as const;

  test('is allowed in several states, and leads from each back to it', () => {
    const action = defineAction(label);

    expect(action.from?.map((state) => stateAfter(action, state))).toEqual(['open', 'done']);
  });

  test('is refused where it makes a resource, and where it starts an operation', () => {
    const fault = new Error(
      "action 'label' of 'tasks': to is 'same', which needs a from and no operation; choose from open, done",
    );
    const { from: _, ...creating } = label;
    const operation = defineOperation({
      name: 'move-out',
      resource: tasks,
      onSucceeded: 'done',
      onFailed: 'open',
      onCancelled: 'open',
      deadlineSeconds: 60,
      steps: [{ name: 'move', partner: bank, command: 'transfer', input: () => ({}) }],
    });

    // As JavaScript could write them: the compiler refuses both.
    const wrong = [{ ...creating }, { ...label, operation }] as readonly unknown[];

    for (const each of wrong) expect(() => defineAction(each as Definition)).toThrow(fault);
  });
});

test('an action that makes a resource starts no operation: there is none yet that it could work on', () => {
  const { from: _, ...creating } = close;
  const wrong: unknown = { ...creating, operation: {} };

  expect(() => defineAction(wrong as Definition)).toThrow(
    "action 'close' of 'tasks': it makes a resource, and an operation works on one that is there; add a from, or leave operation out",
  );
});

describe('a rejection', () => {
  test('is told from members that are named like its own', () => {
    const made = reject('in-use', 'by bob');

    expect(isRejection(made)).toBe(true);
    expect(made).toMatchObject({ code: 'in-use', detail: 'by bob' });
    expect([{ code: 'in-use', detail: 'by bob' }, {}, { rejection: true }].filter(isRejection)).toEqual([]);
  });
});
