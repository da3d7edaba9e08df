import { describe, expect, test } from '@jest/globals';
import { historyRow } from '../../../lib/holdfast/runtime/records/history-row.ts';

const event = { action: 'place', actor: 'alice', from: 'draft', to: 'placed', version: 2 };

const image = {
  pk: 'orders#acme#or_1',
  version: 2,
  updatedAt: '2026-11-30T08:00:00.000Z',
  last: event,
};

describe('the row of a change in a history', () => {
  test('is of the version that the change has made', () => {
    expect(historyRow(image, { version: 1 })).toEqual({
      pk: 'orders#acme#or_1',
      sk: '0000000002',
      at: '2026-11-30T08:00:00.000Z',
      ...event,
    });
  });

  test('is there for a resource that was made', () => {
    expect(historyRow({ ...image, version: 1 })).toMatchObject({ sk: '0000000001' });
  });

  test('is none of a change that made no version, as that of a backfill is', () => {
    expect(historyRow(image, { version: 2 })).toBeUndefined();
  });

  test('is none of an item that tells of no event', () => {
    expect(historyRow({ pk: 'partners#bank', version: 1, updatedAt: '' }, undefined)).toBeUndefined();
  });
});
