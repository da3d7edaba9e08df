import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { defineAction } from '../../../../lib/holdfast/core/definitions/define-action.ts';
import { defineResource } from '../../../../lib/holdfast/core/definitions/define-resource.ts';
import { writeAround } from '../../../../lib/holdfast/testing/suite/receipt-facts.ts';

const tasks = defineResource({
  name: 'tasks',
  singular: 'task',
  idPrefix: 'ta',
  states: ['open', 'done'],
  members: z.object({}),
  problems: {
    exhausted: {
      status: 409,
      title: 'No more',
      category: 'conflict',
      recovery: 'stop',
      tell: 'No more.',
      check: 'How often?',
    },
  },
});

const move = (name: string) =>
  defineAction({
    resource: tasks,
    name,
    summary: 'Move a task.',
    scope: `tasks:${name}`,
    from: ['open'],
    to: 'open',
    input: z.object({}),
    problems: ['exhausted'],
    decide: () => ({}),
  });

const [nudge, remind, touch] = [move('nudge'), move('remind'), move('touch')];

const answerOf = (status: number, body: { readonly code?: string }) => ({
  status,
  headers: new Headers(),
  text: JSON.stringify(body),
  json: body,
  etag: '"1-abcd"',
  replayed: false,
});

/** A service that lets each of these actions come so often on one task, and then refuses it with a code. */
function serviceLetting(often: Readonly<Record<string, number>>, code = 'exhausted') {
  let left: Record<string, number> = {};
  return {
    async bring() {
      left = { ...often };
      const answer = answerOf(200, {});
      return { id: 'ta_1', state: 'open', version: 1, etag: answer.etag, answer, earlier: [] };
    },
    async perform({ name }: { readonly name: string }) {
      left[name] = (left[name] ?? Number.POSITIVE_INFINITY) - 1;
      return left[name] < 0 ? answerOf(409, { code }) : answerOf(200, {});
    },
  };
}

const rounds = (...actions: (typeof nudge)[]) => actions.map((action) => ({ at: 'open', actions: [action] }));

test('a round that a declared problem ends gives way to one that can be gone 20 times', async () => {
  const written = await writeAround(
    serviceLetting({ nudge: 1, remind: 3 }),
    tasks,
    rounds(nudge, remind, touch),
  );

  expect(written).toMatchObject({ sent: { length: 20 } });
  expect(written.ended).toBeUndefined();
});

test('where rules end every round, the writes of the one that was gone most often are kept, and the rule is named', async () => {
  const written = await writeAround(
    serviceLetting({ nudge: 1, remind: 3, touch: 2 }),
    tasks,
    rounds(nudge, remind, touch),
  );

  expect(written).toMatchObject({
    sent: { length: 3 },
    ended: "write 4, remind, was refused with 'exhausted', which it declares",
  });
});

test('a write that is refused by what its action does not declare fails, and names the write and the answer', async () => {
  const written = writeAround(serviceLetting({ nudge: 3 }, 'version-mismatch'), tasks, rounds(nudge));

  await expect(written).rejects.toThrow('write 4, nudge, was refused: {"code":"version-mismatch"}');
});
