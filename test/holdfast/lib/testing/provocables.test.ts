import { describe, expect, test } from '@jest/globals';
import { reviewRows } from '../../../../lib/holdfast/cli/explain/review-rows.ts';
import { loadRegistry, type Registry } from '../../../../lib/holdfast/service/registry.ts';
import { type Example, examplesOf } from '../../../../lib/holdfast/testing/examples.ts';
import { provocables } from '../../../../lib/holdfast/testing/provoke/provoke.ts';
import { Scene } from '../../../../lib/holdfast/testing/scene/scene.ts';
import service from '../../../../lib/service.ts';
import examples from '../../../examples.ts';

const { resources, ...rest } = await loadRegistry();

/** The service with these of its actions alone. */
function having(...names: readonly string[]) {
  const registry: Registry = {
    ...rest,
    resources: resources.map((each) => ({
      ...each,
      actions: each.actions.filter(({ definition }) => names.includes(definition.name)),
    })),
  };
  const chosen = Object.entries(examples).filter(([name]) => names.includes(name.replace('payouts.', '')));
  return provocables(new Scene(service, registry, examplesOf(registry, Object.fromEntries(chosen)), true));
}

const whyNot = (all: ReturnType<typeof having>, name: string) =>
  all.filter((each) => each.name === name && each.actions.length === 0).map(({ why }) => why);

test('a service without operations says of each that no action starts one', () => {
  const all = having('create', 'submit', 'approve');

  for (const name of ['waiting:breaker', 'operation:failed', 'operation-not-cancelable'])
    expect(whyNot(all, name)).toEqual(['no action starts an operation']);
});

test('a service that only makes something says why nothing of it can be stale', () => {
  expect(whyNot(having('create'), 'version-mismatch')).toEqual([
    'create makes a payout: there is none before it',
  ]);
});

test('a code of the domain that no action declares is said to be so, and is on the actions that do', () => {
  expect(whyNot(having('create', 'submit'), 'separation-of-duties')).toEqual(['no action declares it']);
  const all = having('create', 'submit', 'approve');
  const [rule] = all.filter(({ name }) => name === 'separation-of-duties');
  expect(rule?.actions.map(({ name }) => name)).toEqual(['approve']);
});

test('an action to which no state leads is not tried', () => {
  const all = having('create', 'approve');

  const [mismatch] = all.filter(({ name }) => name === 'version-mismatch');
  expect(mismatch?.actions).toEqual([]);
});

describe('a rule of the domain', () => {
  const CODE = 'separation-of-duties';

  /** What is said of it, and whether reviewers are told to run it, with this example of the action that declares it. */
  async function told(example: Omit<Example, 'input'>) {
    const changed = { ...examples, 'payouts.approve': { input: { note: 'checked' }, ...example } };
    const scene = new Scene(
      service,
      { resources, ...rest },
      examplesOf({ resources, ...rest }, changed),
      true,
    );
    const rule = provocables(scene).find(({ name }) => name === CODE);
    const [approve] = rule?.actions ?? [];
    if (approve === undefined) throw new Error(`nothing declares ${CODE}`);
    const rows = await reviewRows(scene, approve);
    const row = rows.find(({ gets }) => gets.includes(CODE));
    return {
      unsure: rule?.unsure?.(approve),
      remedy: rule?.remedy?.(approve),
      isReviewed: row?.provoke !== undefined,
    };
  }

  test('is not said to be provoked, and reviewers are not told to, where its example says nothing of it', async () => {
    const { unsure, remedy, isReviewed } = await told({});

    expect(unsure).toMatch(/^if 'refused' of its example in test\/examples\.ts brings it about: /);
    expect(remedy).toContain("'payouts.approve': { …, refused: { 'separation-of-duties': { input: {} } } }");
    expect(remedy).toContain('a rule that judges the time, or what became of others, is provoked by hand');
    expect(isReviewed).toBe(false);
  });

  test.each([{ by: 'bob' }, { refused: { [CODE]: { by: 'alice' } } }])(
    'is said to be provoked, and reviewers are told how, where its example says %j',
    async (example) => {
      expect(await told(example)).toMatchObject({ unsure: undefined, isReviewed: true });
    },
  );

  test('that what its example says is refused does not bring about is not said to need that example', async () => {
    const { remedy } = await told({ refused: { [CODE]: { input: {} } } });

    expect(remedy).toMatch(/^'refused' of the example of 'payouts\.approve' .* does not bring it about: /);
    expect(remedy).not.toContain('say which');
  });
});
