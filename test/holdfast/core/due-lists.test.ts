import { describe, expect, test } from '@jest/globals';
import {
  DUE_LISTS,
  dueList,
  READ_SHARDS,
  WRITTEN_SHARDS,
} from '../../../lib/holdfast/core/definitions/due-lists.ts';
import { resourceId } from '../../../lib/holdfast/core/values/resource-id.ts';

const ids = Array.from({ length: 8_000 }, (_, i) => resourceId('op', 'acme', 'operations', String(i)));

describe('B9: the partition that an operation is due in', () => {
  test('is today’s one where a release writes to one, so that the release before reads it', () => {
    expect(new Set(ids.map((id) => dueList(id, 1)))).toEqual(new Set(['operations#due']));
  });

  test('is one of all that are read, the first with the key that it has always had', () => {
    expect(DUE_LISTS).toEqual([
      'operations#due',
      ...[1, 2, 3, 4, 5, 6, 7].map((shard) => `operations#due#${shard}`),
    ]);
    expect(WRITTEN_SHARDS).toBeLessThanOrEqual(READ_SHARDS);
    expect(new Set(ids.map((id) => dueList(id, READ_SHARDS)))).toEqual(new Set(DUE_LISTS));
  });

  test('is the same one each time, and none has a tenth more than its share', () => {
    const counts = Map.groupBy(ids, (id) => dueList(id, READ_SHARDS));

    expect(ids.map((id) => dueList(id, READ_SHARDS))).toEqual(ids.map((id) => dueList(id, READ_SHARDS)));
    expect(Math.max(...[...counts.values()].map(({ length }) => length))).toBeLessThan(1_100);
  });
});
