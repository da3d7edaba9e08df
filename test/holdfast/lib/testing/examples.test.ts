import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadRegistry, type Registry } from '../../../../lib/holdfast/service/registry.ts';
import { examplesOf, nameOf } from '../../../../lib/holdfast/testing/examples.ts';
import examples from '../../../examples.ts';

let registry: Registry;
beforeAll(async () => {
  registry = await loadRegistry();
});

describe('examples', () => {
  test('of the sample have every member of every input, so that each is read again', () => {
    const actions = registry.resources.flatMap((each) => each.actions.map(({ definition }) => definition));

    const missing = actions.flatMap((action) => {
      const given = examplesOf(registry, examples).get(nameOf(action))?.input ?? {};
      return Object.keys(action.input.shape).filter((member) => !(member in given));
    });

    expect(missing).toEqual([]);
  });

  test('that lack an action, name a strange one, or are no valid input are refused, all at once', () => {
    const { 'payouts.submit': _, ...rest } = examples;
    const given = { ...rest, 'payouts.cancel': { input: {} }, 'payouts.explode': { input: {} } };

    expect(() => examplesOf(registry, given)).toThrow(
      /^test\/examples\.ts: .*'payouts\.cancel' is no valid input.*→ at reason.*no example of 'payouts\.submit'; add.*no action 'payouts\.explode'; remove/s,
    );
  });
});
