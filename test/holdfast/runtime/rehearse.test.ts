import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, jest, test } from '@jest/globals';
import * as z from 'zod';
import { defineAction } from '../../../lib/holdfast/core/definitions/define-action.ts';
import { defineResource } from '../../../lib/holdfast/core/definitions/define-resource.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';
import { chunksWritten } from '../support/written.ts';

Object.assign(process.env, {
  RECORDS_TABLE: 'records',
  IDEMPOTENCY_TABLE: 'idempotency',
  AWS_REGION: 'eu-central-1',
  POWERTOOLS_SERVICE_NAME: 'notes-note',
  DEFAULT_API_VERSION: '2026-11-01',
  ALLOW_ORIGIN: '*',
  STAGE: 'test',
});
const { rehearse } = await import('../../../lib/holdfast/runtime/actions/rehearse.ts');
const { count } = await import('../../../lib/holdfast/runtime/aws/metric.ts');
const registry = await loadRegistry();

const written = chunksWritten();
let sent: jest.SpiedFunction<DynamoDBClient['send']>;
beforeEach(() => {
  process.env.AWS_LAMBDA_INITIALIZATION_TYPE = 'on-demand';
  sent = jest.spyOn(DynamoDBClient.prototype, 'send');
});

const notes = defineResource({
  name: 'notes',
  singular: 'note',
  idPrefix: 'no',
  states: ['open'],
  members: z.object({ text: z.string().max(5).regex(/^\w+$/).optional() }),
});

/** What a rehearsal reaches: an action that takes anything, with what it says when it validates and when it decides. */
const told = (from: readonly ['open'] | undefined, validate: () => string = () => 'x') => {
  const reached: string[] = [];
  const input = z.object({
    text: z
      .string()
      .max(5)
      .regex(/^\w+$/)
      .default(() => {
        reached.push('validated');
        return validate();
      }),
  });
  const common = {
    resource: notes,
    summary: 'Notes',
    input,
    decide: () => {
      reached.push('decided');
      return {};
    },
  };
  const action =
    from === undefined
      ? defineAction({ ...common, name: 'create', scope: 'notes:create', to: 'open' })
      : defineAction({ ...common, name: 'note', scope: 'notes:note', from, to: 'open', anyVersion: true });
  return { action, reached };
};

test.each([
  ['a create', undefined],
  ['an action of any state and version', ['open'] as const],
])(
  '%s whose input may be empty is run up to the validation of its input, and decides nothing',
  async (_, from) => {
    const { action, reached } = told(from);

    await rehearse(action, []);

    expect(new Set(reached)).toEqual(new Set(['validated']));
    expect(written).toEqual([]);
    expect(sent).not.toHaveBeenCalled();
  },
);

test.each(registry.resources.flatMap(({ actions }) => actions.map(({ definition }) => ({ definition }))))(
  "the sample's $definition.name is run for nobody without a call, a decision or a line of the log",
  async ({ definition }) => {
    const decide = jest.fn(definition.decide);

    await rehearse({ ...definition, decide }, []);

    expect(decide).not.toHaveBeenCalled();
    expect(written).toEqual([]);
    expect(sent).not.toHaveBeenCalled();
  },
);

test('what is counted after it is counted as ever, though a rule of the action has thrown', async () => {
  const { action } = told(undefined, () => {
    throw new Error('not ready');
  });

  await rehearse(action, []);
  expect(written).toEqual([]);

  count('Rejected');
  expect(written).toHaveLength(1);
});

test('nothing is run where it is not Lambda that makes the function ready', async () => {
  delete process.env.AWS_LAMBDA_INITIALIZATION_TYPE;
  const { action, reached } = told(undefined);

  await rehearse(action, []);

  expect(reached).toEqual([]);
});
