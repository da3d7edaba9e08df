import { describe, expect, test } from '@jest/globals';
import type { Action } from '../../../../lib/holdfast/core/definitions/define-action.ts';
import { loadRegistry } from '../../../../lib/holdfast/service/registry.ts';
import { nameOf } from '../../../../lib/holdfast/testing/examples.ts';
import { otherInput, requiredOf, withUnknown } from '../../../../lib/holdfast/testing/other-input.ts';
import examples from '../../../examples.ts';

const actionsOf = async () => {
  const { resources } = await loadRegistry();
  const actions = resources.flatMap((each) => each.actions.map(({ definition }) => definition));
  return new Map(actions.map((action) => [nameOf(action), action]));
};

describe('inputs beside an example', () => {
  test.each(Object.entries(examples))('there is another valid one of %s', async (name, { input }) => {
    const action = (await actionsOf()).get(name) as Action;

    const other = otherInput(action, input);

    expect(other).toBeDefined();
    expect(other).not.toEqual(input);
  });

  test('have an unknown member in each object of it', () => {
    const cases = withUnknown({ a: { b: { c: 1 } } });

    expect(cases.map(({ at }) => at)).toEqual([
      '/no-such-member',
      '/a/no-such-member',
      '/a/b/no-such-member',
    ]);
    expect(cases[2]?.body).toEqual({ a: { b: { c: 1, 'no-such-member': 1 } } });
  });

  test('lack what an action needs', async () => {
    const actions = await actionsOf();
    const required = (name: string) => requiredOf(actions.get(name) as Action);

    expect(required('payouts.create')).toEqual(['amount', 'beneficiary', 'reference']);
    expect(required('payouts.submit')).toEqual([]);
  });
});
