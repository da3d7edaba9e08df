import { describe, expect, test } from '@jest/globals';
import { write } from '../../../lib/holdfast/runtime/aws/attributes.ts';
import { readItem } from '../../../lib/holdfast/runtime/records/item.ts';

const stored = (data: object, attributes: object = {}) =>
  write({
    pk: 'payouts#acme#po_1',
    state: 'draft',
    version: 3,
    commit: 'AAAA',
    createdAt: '2026-11-30T00:00:00.000Z',
    updatedAt: '2026-11-30T00:00:00.000Z',
    data,
    ...attributes,
  });

describe('an item of another release', () => {
  test.each([{}, { '#shape': 1 }])('in the shape that this one reads is read: %j', (data) => {
    expect(readItem({}, stored(data)).stored).toMatchObject({ version: 3, data });
  });

  test.each([2, 3, '2'])('in shape %j is refused, and tells what to deploy', (shape) => {
    expect(() => readItem({}, stored({ '#shape': shape }))).toThrow(
      expect.objectContaining({
        code: 'temporarily-unavailable',
        cause: new Error(
          `payouts#acme#po_1 is kept in shape ${shape}, and this release reads 1; deploy the release that wrote it`,
        ),
      }),
    );
  });

  test('that was erased says so', () => {
    expect(readItem({}, stored({}, { erasedAt: '2026-11-30T01:00:00.000Z' })).isErased).toBe(true);
    expect(readItem({}, stored({})).isErased).toBeUndefined();
  });
});
