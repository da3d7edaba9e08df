import { describe, expect, test } from '@jest/globals';
import {
  DUE_SHARDS,
  type DueShards,
  dueShardRefusals,
  dueShardsOf,
} from '../../../lib/holdfast/cdk/templates/due-shards.ts';
import { frozenPart, readFrozen } from '../../../lib/holdfast/cdk/templates/frozen.ts';
import { refusals } from '../../../lib/holdfast/cdk/templates/frozen-refusals.ts';
import type { StackTemplate } from '../../../lib/holdfast/cdk/templates/templates.ts';
import { synthesizeStage } from '../support/templates.ts';

const { templates } = await synthesizeStage('production');

/** The same stage as another release of it says it. */
const release = (dueShards?: DueShards): readonly StackTemplate[] =>
  templates.map(({ template: { Metadata: _, ...template }, ...stack }) => ({
    ...stack,
    template: { ...template, ...(dueShards && { Metadata: { holdfast: { dueShards } } }) },
  }));

const against = (deployed: readonly StackTemplate[], next: readonly StackTemplate[]) =>
  refusals(frozenPart(deployed, {}), frozenPart(next, {}));

const READS_ONE = release();
const READS_ALL = release({ read: 8, written: 1 });
const WRITES_ALL = release({ read: 8, written: 8 });

describe('B9: a release that writes to more partitions of what is due', () => {
  test('is refused over one that reads a single partition, with the remedy', () => {
    expect(against(READS_ONE, WRITES_ALL)).toEqual([
      'operations would be due in 8 partitions of the index by-due, and the deployed release reads 1; set WRITTEN_SHARDS to 1 in lib/holdfast/core/definitions/due-lists.ts, deploy, then set it back to 8 and deploy again',
    ]);
  });

  test('is deployed over one that reads them all, and over nothing', () => {
    expect(against(READS_ALL, WRITES_ALL)).toEqual([]);
    expect(against(WRITES_ALL, WRITES_ALL)).toEqual([]);
    expect(against([], WRITES_ALL)).toEqual([]);
  });

  test('may be followed by the release before it, but by none that would not read what it has written', () => {
    expect(against(WRITES_ALL, READS_ALL)).toEqual([]);
    expect(against(WRITES_ALL, READS_ONE)).toEqual([
      expect.stringMatching(
        /due in 8 partitions .* this one would read 1; deploy a release that reads them all/,
      ),
    ]);
  });

  test('says so in the template of its service stack, and what is recorded may be followed by it', () => {
    const service = templates.find(({ name }) => name === 'holdfast-production-service');

    expect(dueShardsOf(service?.template ?? { Resources: {} })).toEqual(DUE_SHARDS);
    expect(dueShardRefusals(readFrozen().dueShards, DUE_SHARDS)).toEqual([]);
  });
});
