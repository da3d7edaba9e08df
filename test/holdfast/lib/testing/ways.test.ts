import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { defineAction } from '../../../../lib/holdfast/core/definitions/define-action.ts';
import { defineResource } from '../../../../lib/holdfast/core/definitions/define-resource.ts';
import { loadRegistry } from '../../../../lib/holdfast/service/registry.ts';
import { Ways } from '../../../../lib/holdfast/testing/scene/ways.ts';

const tasks = defineResource({
  name: 'tasks',
  singular: 'task',
  idPrefix: 'ta',
  states: ['open', 'done', 'archived'],
  members: z.object({ title: z.string().optional() }),
});
const input = z.object({});
const summary = 'Move a task.';
const create = defineAction({
  resource: tasks,
  name: 'create',
  summary,
  scope: 'tasks:create',
  to: 'open',
  input,
  decide: () => ({}),
});
const move = (name: string, from: readonly ('open' | 'done' | 'archived')[], to: 'open' | 'done') =>
  defineAction({
    resource: tasks,
    name,
    summary,
    scope: `tasks:${name}`,
    from,
    to,
    input,
    decide: () => ({}),
  });

const waysWith = (...actions: ReturnType<typeof move>[]) =>
  new Ways(
    {
      definition: tasks,
      actions: actions.map((definition) => ({ definition, file: `${definition.name}.ts` })),
    },
    false,
  );

describe('the ways of a resource', () => {
  const payouts = async (partnersRefuse: boolean) => {
    const [resource] = (await loadRegistry()).resources;
    return new Ways(resource as NonNullable<typeof resource>, partnersRefuse);
  };
  const namesTo = (ways: Ways, state: string) => ways.to(state)?.map(({ action, end }) => [action.name, end]);
  const toApproved = ['create', 'submit', 'approve'].map((name) => [name, undefined]);

  test('lead through the operation of the sample to where it succeeds, and not to where it fails', async () => {
    const ways = await payouts(false);

    expect(namesTo(ways, 'paid')).toEqual([...toApproved, ['disburse', 'succeeded']]);
    expect(ways.to('returned')).toBeUndefined();
    expect(ways.standing).toEqual(['draft', 'submitted', 'approved', 'paid', 'cancelled']);
    expect(ways.nearest).toEqual(['draft', 'submitted', 'cancelled', 'approved', 'paid']);
    expect(ways.stranded).toEqual([]);
  });

  test('lead to where it fails too, where its partners refuse when they are told to', async () => {
    const ways = await payouts(true);

    expect(namesTo(ways, 'returned')).toEqual([...toApproved, ['disburse', 'failed']]);
  });

  test('that never come to a state say so: what would lead on from it, and what is reached', () => {
    const ways = waysWith(create, move('finish', ['open'], 'done'), move('restore', ['archived'], 'open'));

    expect(ways.stranded).toEqual([
      {
        permits: ['restore'],
        told: "no action and no end of an operation leads tasks to 'archived', so restore can never begin there; the states that are reached are open, done: lead one of them there, or remove 'archived'",
      },
    ]);
  });

  test('of a resource that nothing makes reach no state', () => {
    expect(waysWith(move('finish', ['open'], 'done')).stranded[0]?.told).toContain(
      'the states that are reached are none',
    );
  });

  test('go round by every round of actions that are done at once, the shortest first', () => {
    const [finish, again] = [move('finish', ['open'], 'done'), move('again', ['done'], 'open')];
    const touch = move('touch', ['done'], 'done');

    const rounds = (ways: Ways) =>
      ways.rounds.map(({ at, actions }) => [at, ...actions.map(({ name }) => name)]);

    const both = [
      ['open', 'finish', 'again'],
      ['done', 'again', 'finish'],
    ];
    expect(rounds(waysWith(create, finish, again))).toEqual(both);
    expect(rounds(waysWith(create, finish, again, touch))).toEqual([['done', 'touch'], ...both]);
    expect(rounds(waysWith(create, finish))).toEqual([]);
  });
});
