import { camel } from '../../core/kebab-case.ts';
import { literals, oneOf, sentence } from './names.ts';

/** A resource that is about to be made. */
export interface NewResource {
  readonly name: string;
  readonly singular: string;
  readonly idPrefix: string;
  /** The first is that of a new one. */
  readonly states: readonly string[];
}

/** `functions/actions/{name}/resource.ts` */
export const resourceFile = ({ name, singular, idPrefix, states }: NewResource): string =>
  `import { actorId, defineResource, text } from 'holdfast';
import * as z from 'zod';

/** What it is called by whoever made it. */
export const reference = text({ max: 140 });

/** What a person says of an action. */
export const note = text({ min: 0, max: 500, multiline: true });

/** ${sentence(singular)}: what it holds, and the states it moves through. */
export default defineResource({
  name: '${name}',
  singular: '${singular}',
  idPrefix: '${idPrefix}',
  states: ${literals(states)},
  members: z.object({
    reference,
    createdBy: actorId,
    note: note.optional(),
  }),
});
`;

/** `functions/actions/{name}/create.ts` */
export const createFile = ({ name, singular, states: [first = ''] }: NewResource): string =>
  `import { defineAction } from 'holdfast';
import * as z from 'zod';
import ${camel(name)}, { reference } from './resource.ts';

export default defineAction({
  resource: ${camel(name)},
  name: 'create',
  summary: 'Create ${oneOf(singular)}.',
  scope: '${name}:create',
  to: '${first}',
  input: z.object({ reference }),
  decide: ({ input, actor }) => ({ ...input, createdBy: actor.id }),
});
`;

/** `test/actions/{name}/create.test.ts` */
export const createTestFile = ({ name, states: [first = ''] }: NewResource): string =>
  `import { describe, expect, test } from '@jest/globals';
import { decide } from 'holdfast/testing';
import action from '../../../functions/actions/${name}/create.ts';

describe('${name}: create', () => {
  test('makes one in state ${first}, of the person who asks', () => {
    const { next } = decide(action, undefined, { reference: 'first' }, 'alice');

    expect(next).toMatchObject({ state: '${first}', version: 1, data: { reference: 'first', createdBy: 'alice' } });
  });

  test.each([{}, { reference: '' }, { reference: 'first', unknown: true }])('refuses %j', (input) => {
    const result = action.input.safeParse(input);

    expect(result.success).toBe(false);
  });
});
`;
