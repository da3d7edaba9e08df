import { describe, expect, test } from '@jest/globals';
import { apiVersion, NEWEST_API_VERSION } from '../../functions/core/api-version.ts';

describe('an API version', () => {
  test('is the newest where none is named', () => {
    expect([apiVersion(undefined), apiVersion(NEWEST_API_VERSION)]).toEqual(
      Array(2).fill(NEWEST_API_VERSION),
    );
  });

  test('is a date', () => {
    expect(NEWEST_API_VERSION).toBe(new Date(NEWEST_API_VERSION).toISOString().slice(0, 10));
  });

  test.each(['', '1999-01-01', 'latest', '2026-11-1', ' 2026-11-01', '2026-11-01, 2026-11-01'])(
    'of %j is not served, and the one that is is told',
    (header) => {
      expect(() => apiVersion(header)).toThrow(
        expect.objectContaining({
          code: 'unknown-api-version',
          message: `API-Version names no version that is served; send ${NEWEST_API_VERSION}, or leave it out`,
        }),
      );
    },
  );
});
