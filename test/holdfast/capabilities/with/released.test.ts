import { describe, expect, test } from '@jest/globals';
import { resourceEntries } from '../../../../lib/holdfast/cdk/bundles/function-entry.ts';
import { decidedAnew } from '../../../../lib/holdfast/cli/deploy/decided-anew.ts';
import type { Action } from '../../../../lib/holdfast/core/definitions/define-action.ts';
import { createOrder, order, orders, place } from './shop.ts';

/** The template of a release that has these actions. */
const release = (...actions: readonly Action[]) => {
  const entries = resourceEntries({
    definition: orders,
    file: 'resource.ts',
    actions: actions.map((definition) => ({ definition, file: 'action.ts' })),
  });
  const functions = [...entries.actions.values(), entries.get].map(
    (entry) => [entry.name, { Type: 'AWS::Lambda::Function', Metadata: { holdfast: entry } }] as const,
  );
  return [{ name: 'service', template: { Resources: Object.fromEntries(functions) } }];
};

/** The same action, before it decided on anything else. */
const alone: Action = { ...createOrder, name: place.name };

const staging = { stage: 'staging', canary: true };

describe('whoever deploys an action that decides on more', () => {
  test('is told that the release before decides without until it is gone, and how to have no such time', () => {
    const stacks = { before: release(alone), after: release(place) };

    expect(decidedAnew(staging, stacks)).toEqual([
      'orders-place decides on customers and products from this release on, and while it is rolled out the release before still decides without: what it is to hold, holds once the roll-out has ended. Where that must not be, set canary: false for stage staging in lib/service.ts with this release',
    ]);
  });

  test('is told nothing on a stage where no two releases answer requests', () => {
    const stacks = { before: release(alone), after: release(place) };

    expect(decidedAnew({ ...staging, canary: false }, stacks)).toEqual([]);
  });

  test.each([
    ['an action that is new', release(createOrder), release(createOrder, order)],
    ['one that decides on the same', release(place), release(place)],
    ['one that decides on less', release(place), release(alone)],
    ['a first deployment', [], release(place)],
  ])('is told nothing of %s', (_, before, after) => {
    expect(decidedAnew(staging, { before, after })).toEqual([]);
  });
});
