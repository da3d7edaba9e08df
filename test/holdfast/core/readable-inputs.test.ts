import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import disbursePayout from '../../../functions/operations/disburse-payout.ts';
import { applyDecision } from '../../../lib/holdfast/core/decisions/apply-decision.ts';
import { type Action, defineAction } from '../../../lib/holdfast/core/definitions/define-action.ts';
import { defineResource } from '../../../lib/holdfast/core/definitions/define-resource.ts';
import type { StoredResource } from '../../../lib/holdfast/core/definitions/representation.ts';
import { cancel, resolve } from '../../../lib/holdfast/core/operations/operation-actions.ts';
import { accepted } from '../../../lib/holdfast/core/operations/operation-progress.ts';
import { operations } from '../../../lib/holdfast/core/operations/operations.ts';
import { text } from '../../../lib/holdfast/core/values/text.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';
import { toldOf, unreadable } from '../../../lib/holdfast/testing/told.ts';
import { sampleOf } from '../support/sample-input.ts';

const { resources } = await loadRegistry();

/** What an action needs to be decided: a resource in its first state with every member that there is. */
function standing({ resource, from: [state = ''] = [] }: Action): StoredResource {
  const progress = accepted(disbursePayout, 0);
  return {
    id: 'xx_1',
    state,
    version: 3,
    commit: 'abcd',
    createdAt: '2026-11-25T07:00:00.000Z',
    updatedAt: '2026-11-25T07:00:00.000Z',
    data: sampleOf(z.object(resource.members.shape)) as Record<string, unknown>,
    hidden: resource === operations ? { machine: { ...progress, state } } : {},
  };
}

/** What an action was told and nobody can read on the resource once it is accepted. */
function lost(action: Action): readonly string[] {
  const input = sampleOf(action.input) as Record<string, unknown>;
  const { changes } = applyDecision(action, action.from && standing(action), {
    id: 'xx_1',
    input: action.input.parse(input),
    actor: { id: 'another', tenant: 'acme' },
    now: '2026-11-25T08:00:00.000Z',
    commit: 'wxyz',
  });
  const wasLeft = (member: string) => action.from !== undefined && !(member in changes);
  // What stood there before may look alike: only what the decision set counts, and internal members are apart.
  return unreadable(action, toldOf(action, input), { resource: changes, wasLeft });
}

const actions = resources.flatMap((resource) => resource.actions.map(({ definition }) => definition));

// The kit's own actions keep their input since operations show it.
const ofTheKit = ['resolution' in operations.members.shape ? [cancel, resolve] : []].flat();

const notes = defineResource({
  name: 'notes',
  singular: 'note',
  idPrefix: 'no',
  states: ['open'],
  members: z.object({ title: text({ max: 99 }), by: z.object({ name: text({ max: 99 }) }).optional() }),
});

const planted = {
  resource: notes,
  name: 'sign',
  summary: 'Sign it.',
  scope: 'notes:sign',
  from: ['open'],
  to: 'open',
  input: z.object({
    name: text({ max: 99 }),
    lines: z.array(text({ max: 99 })),
    code: text({ max: 6 }).describe('A one-time code: it is worth nothing once it was used.'),
  }),
  decide: ({ input }: { input: { name: string } }) => ({ by: { name: input.name } }),
} as const;

describe('what an action was told', () => {
  test.each(
    [...actions, ...ofTheKit].map((action) => [`${action.resource.name}.${action.name}`, action] as const),
  )('can be read again, every member of it: %s', (_, action) => {
    expect(lost(action)).toEqual([]);
  });

  test('is missed where an action throws it away, and a transient member is not', () => {
    const lines = expect.stringContaining("'lines' was told");
    const code = expect.stringContaining("'code' was told");

    expect(lost(defineAction(planted))).toEqual([lines, code]);
    expect(lost(defineAction({ ...planted, transient: ['code'] }))).toEqual([lines]);
  });

  test('is transient only where its description says why, and where it is a member', () => {
    const loosely = defineAction as unknown as (definition: object) => Action;

    expect(() => loosely({ ...planted, transient: ['name'] })).toThrow(
      "action 'sign' of 'notes': transient member 'name' is kept nowhere; say why in its .describe()",
    );
    expect(() => loosely({ ...planted, transient: ['pin'] })).toThrow(
      "action 'sign' of 'notes': transient names 'pin', which is not a member of its input; name one",
    );
  });
});
