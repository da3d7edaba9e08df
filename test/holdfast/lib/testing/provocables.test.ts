import { expect, test } from '@jest/globals';
import { loadRegistry, type Registry } from '../../../../lib/holdfast/service/registry.ts';
import { examplesOf } from '../../../../lib/holdfast/testing/examples.ts';
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
