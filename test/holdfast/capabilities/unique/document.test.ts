import { describe, expect, test } from '@jest/globals';
import { actionGrants } from '../../../../lib/holdfast/cdk/bundles/action-grants.ts';
import { resourceEntries } from '../../../../lib/holdfast/cdk/bundles/function-entry.ts';
import { listCommand } from '../../../../lib/holdfast/cli/list.ts';
import { problemSchemas } from '../../../../lib/holdfast/openapi/problems/problem-schemas.ts';
import { actionRoute } from '../../../../lib/holdfast/openapi/routes/resource-routes.ts';
import { representationSchema } from '../../../../lib/holdfast/openapi/schemas/schemas-of.ts';
import { problemsOf } from '../../../../lib/holdfast/service/registry.ts';
import { before, create, edit, editAll, products } from './shop.ts';

const registered = (definition: typeof products, ...actions: readonly (typeof create)[]) => ({
  definition,
  file: 'resource.ts',
  actions: actions.map((action) => ({ definition: action, file: 'action.ts' })),
});

const all = registered(products, create, edit, editAll);

describe('the document', () => {
  test('says what each action is refused with, and of which members', () => {
    for (const action of [create, edit, editAll]) {
      const refusal = actionRoute(action, []).problems?.find(({ code }) => code === 'already-exists');
      expect(refusal?.occurrence.errors).toEqual([{ pointer: '/sku', detail: 'is taken' }]);
      expect(refusal?.occurrence.current).toBeUndefined();
    }
    const { AlreadyExistsProblem } = problemSchemas(problemsOf({ resources: [all] }), 'x');
    expect(AlreadyExistsProblem).toMatchObject({ required: expect.arrayContaining(['errors']) });
    expect(AlreadyExistsProblem).not.toHaveProperty('properties.current');
  });

  test('says the rule where it describes the resource', () => {
    expect(representationSchema(all).description).toBe(
      'No two products of a tenant have the same sku. No two products of a tenant have the same maker and number.',
    );
  });

  test('says nothing of it where a resource has no rule', () => {
    const plain = registered(before.create.resource as typeof products, before.create);
    expect(representationSchema(plain).description).toBeUndefined();
    expect(actionRoute(before.create, []).problems?.map(({ code }) => code)).not.toContain('already-exists');
  });
});

describe('an action of a resource without rules', () => {
  /** One that changes these members of products as well. */
  const changing = (...sets: readonly string[]) => {
    const { with: extension, ...action } = editAll;
    if (extension === undefined) throw new Error('it changes no others');
    const touches = extension.touches.map((each) => ({ ...each, sets }));
    return { ...action, resource: before.edit.resource, with: { ...extension, touches } };
  };
  const codes = (action: typeof create) => actionRoute(action, []).problems?.map(({ code }) => code);

  test('that changes a member of a rule of another one is refused over it, and may keep its guards', () => {
    expect(codes(changing('note', 'sku'))).toContain('already-exists');
    expect(JSON.stringify(actionGrants(changing('note', 'sku')))).toContain('unique#products');
  });

  test('that changes none is never refused over it, and has no guards', () => {
    expect(codes(changing('note'))).not.toContain('already-exists');
    expect(JSON.stringify(actionGrants(changing('note')))).not.toContain('unique#');
  });
});

test('the list of what there is says each rule', () => {
  const registry = { resources: [all], operations: [], versions: [] };
  expect(listCommand({ json: false }, registry)).toContain(
    '\n  No two products of a tenant have the same sku.\n',
  );
});

describe('a role', () => {
  const given = (action: typeof create) =>
    actionGrants(action).filter((grant) => JSON.stringify(grant).includes('unique#'));

  test('may put and delete guards of its own resource, and does nothing else to them', () => {
    for (const action of [create, edit, editAll])
      expect(given(action)).toEqual([
        {
          actions: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
          on: { table: 'records', keys: ['unique#products#*'] },
        },
      ]);
  });

  test('has no guards where its resource has no rule, and none to read a resource', () => {
    expect(given(before.edit)).toEqual([]);
    const { get, list, history } = resourceEntries(all);
    for (const { needs } of [get, list, history]) expect(JSON.stringify(needs)).not.toContain('unique#');
  });
});
