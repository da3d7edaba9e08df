import { expect, test } from '@jest/globals';
import * as z from 'zod';
import { unique } from '../../../../lib/holdfast/capabilities/unique/index.ts';
import { frozenPart } from '../../../../lib/holdfast/cdk/templates/frozen.ts';
import { refusals } from '../../../../lib/holdfast/cdk/templates/frozen-refusals.ts';
import { releaseMetadata } from '../../../../lib/holdfast/cdk/templates/release-metadata.ts';
import { defineResource } from '../../../../lib/holdfast/core/definitions/define-resource.ts';

type Member = 'sku' | 'maker' | 'number';

type Rule = readonly Member[] | { readonly members: readonly Member[]; readonly was: readonly string[] };

const SKU: Rule = ['sku'];
const OF_MAKER: Rule = ['sku', 'maker'];

/** What is held against the next release of one that has these rules, from what its template says. */
function releaseOf(...rules: readonly Rule[]) {
  const products = defineResource(
    {
      name: 'products',
      singular: 'product',
      idPrefix: 'pr',
      states: ['on-sale'],
      members: z.object({ sku: z.string(), maker: z.string(), number: z.int().optional() }),
    },
    ...(rules.length > 0 ? [unique(...rules)] : []),
  );
  const registry = { resources: [{ definition: products, file: '', actions: [] }], versions: [] };
  const holdfast = releaseMetadata({ prefix: 'x', apiVersion: '2026-11-01' }, registry);
  return frozenPart([{ name: 'x-service', template: { Resources: {}, Metadata: { holdfast } } }], {});
}

test('the members of a rule change in two releases: the new rule comes, then the old one goes; and back', () => {
  const releases: readonly (readonly Rule[])[] = [
    [SKU],
    [SKU, OF_MAKER],
    [OF_MAKER],
    [SKU, OF_MAKER],
    [SKU],
    [],
    [SKU, ['number']],
  ] as const;

  const between = releases
    .slice(1)
    .map((after, i) => refusals(releaseOf(...(releases[i] ?? [])), releaseOf(...after)));

  expect(between.flat()).toEqual([]);
});

test.each<readonly [what: string, members: Rule, come: string]>([
  ['one member more', OF_MAKER, 'unique.maker+sku'],
  ['a renamed member that does not say what it was', ['number'], 'unique.number'],
])(
  'other members of a rule in one release are refused, for neither rule would hold: %s',
  (_, members, come) => {
    expect(refusals(releaseOf(SKU), releaseOf(members))).toEqual([
      `unique.sku of products would go in the release in which ${come} comes, and neither would hold until a backfill has gone through; keep the old rule beside the new one and drop it a release later, or where a member was renamed, say what it was (docs/uniqueness.md)`,
    ]);
  },
);

test('a rule over a renamed member that says what it was is the same rule, and may come at once', () => {
  expect(refusals(releaseOf(SKU), releaseOf({ members: ['number'], was: ['sku'] }))).toEqual([]);
});
