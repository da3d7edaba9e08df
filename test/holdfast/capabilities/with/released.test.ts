import { describe, expect, test } from '@jest/globals';
import { defineActionWith } from '../../../../lib/holdfast/capabilities/with/index.ts';
import { releaseMetadata } from '../../../../lib/holdfast/cdk/templates/release-metadata.ts';
import { decidedAnew } from '../../../../lib/holdfast/cli/account/decided-anew.ts';
import type { Action } from '../../../../lib/holdfast/core/definitions/define-action.ts';
import { createOrder, order, orders, place, placeUnheld, products } from './shop.ts';

/** The template that stands of a release with these actions: its functions are in stacks that it nests. */
const release = (...actions: readonly Action[]) => {
  const registered = actions.map((definition) => ({ definition, file: 'action.ts' }));
  const resources = [{ definition: orders, file: 'resource.ts', actions: registered }];
  const holdfast = releaseMetadata({ prefix: 'shop', apiVersion: '2026-11-01' }, { resources, versions: [] });
  return [{ name: 'service', template: { Metadata: { holdfast }, Resources: {} } }];
};

/** The same action, before it decided on anything else. */
const alone: Action = { ...createOrder, name: place.name };

/** The same action, as it only looked at the customer. */
const looking: Action = { ...placeUnheld, name: place.name };

/** It looks at products, and changes them as well. */
const both = defineActionWith({
  resource: orders,
  name: 'place',
  summary: 'x',
  scope: 'orders:place',
  from: ['draft'],
  to: 'placed',
  input: createOrder.input,
  with: ({ reads, writes }) => ({
    taken: writes(products, { from: ['on-sale'], to: 'same', sets: [], max: 2, ids: () => [] }),
    seen: reads(products, { max: 2, ids: () => [] }),
  }),
  decide: () => ({ changes: {} }),
});

const staging = { stage: 'staging', canary: true };

const toldOf = (before: ReturnType<typeof release>, after: ReturnType<typeof release>) =>
  decidedAnew(staging, { before, after }).map((sentence) => sentence.split(' from this release on')[0]);

describe('whoever deploys an action that decides on more', () => {
  test('is told that the release before decides without until it is gone, and how to have no such time', () => {
    const stacks = { before: release(alone), after: release(place) };

    expect(decidedAnew(staging, stacks)).toEqual([
      'orders.place changes customers and products from this release on, and while it is rolled out the release before still decides without: what it is to hold, holds once the roll-out has ended. Where that must not be, set canary: false for stage staging in lib/service.ts with this release',
    ]);
  });

  test('is told of what the release before only reads, and this one changes', () => {
    expect(toldOf(release(looking), release(place))).toEqual(['orders.place changes customers and products']);
    expect(toldOf(release(alone), release(looking))).toEqual(['orders.place reads customers']);
  });

  test('is told nothing on a stage where no two releases answer requests', () => {
    const stacks = { before: release(alone), after: release(place) };

    expect(decidedAnew({ ...staging, canary: false }, stacks)).toEqual([]);
  });

  test.each([
    ['an action that is new', release(createOrder), release(createOrder, order)],
    ['one that decides on the same', release(place), release(place)],
    ['one that changes what it reads besides', release(both), release(both)],
    ['one that decides on less', release(place), release(looking)],
    ['a first deployment', [], release(place)],
    [
      'a release before that does not say what it decides on',
      [{ name: 'service', template: { Metadata: { holdfast: {} }, Resources: {} } }],
      release(place),
    ],
  ])('is told nothing of %s', (_, before, after) => {
    expect(decidedAnew(staging, { before, after })).toEqual([]);
  });
});
