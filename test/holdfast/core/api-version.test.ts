import { describe, expect, test } from '@jest/globals';
import may from '../../../functions/versions/2026-05-01.ts';
import { ApiVersions, deprecationHeaders } from '../../../lib/holdfast/core/versions/api-version.ts';
import { defineVersion } from '../../../lib/holdfast/core/versions/define-version.ts';

const NEWEST = '2026-11-01';

const january = defineVersion({
  version: '2026-01-01',
  summary: 'A draft was called new.',
  deprecated: '2026-05-01',
  sunset: '2027-01-01',
  changes: { payouts: { states: { new: 'draft' } } },
});
const versions = new ApiVersions([january, may], NEWEST);
const now = Date.parse('2026-11-25T07:00:00Z');

const refusal = (header: string, at = now) => {
  try {
    return versions.asked(header, at);
  } catch (error) {
    return { code: (error as { code?: string }).code, detail: (error as Error).message };
  }
};

describe('an API version', () => {
  test('is a date', () => {
    expect(NEWEST).toBe(new Date(NEWEST).toISOString().slice(0, 10));
  });

  test('is the one that the stage has pinned where none is named', () => {
    const pinned = new ApiVersions([january, may], NEWEST, '2026-05-01');

    expect(versions.asked(undefined, now).date).toBe(NEWEST);
    expect(pinned.asked(undefined, now).date).toBe('2026-05-01');
    expect(pinned.asked(NEWEST, now).date).toBe(NEWEST);
  });

  test('is led to from the newest by its own change and those of the versions between', () => {
    expect(versions.all.map(({ date }) => date)).toEqual([NEWEST, '2026-05-01', '2026-01-01']);
    expect(versions.of('2026-01-01')?.changes).toEqual([may, january]);
    expect(versions.of(NEWEST)?.changes).toEqual([]);
  });

  test.each(['1999-01-01', '2026-11-02', '2026-13-45'])(
    'of %j is not served, and those that are are told',
    (header) => {
      expect(refusal(header)).toEqual({
        code: 'unknown-api-version',
        detail:
          'API-Version names no version that is served; send 2026-11-01 or 2026-05-01 or 2026-01-01, or leave it out',
      });
    },
  );

  test.each([
    '',
    'latest',
    '2026-11-1',
    ' 2026-11-01',
    '2026-11-01, 2026-11-01',
    '20261101',
    '２０２６-11-01',
  ])('of %j is no date, and how one is written is told', (header) => {
    expect(refusal(header)).toEqual({
      code: 'unknown-api-version',
      detail:
        'API-Version is not a date of the form YYYY-MM-DD; send 2026-11-01 or 2026-05-01 or 2026-01-01, or leave it out',
    });
  });

  test('is served until its sunset, and refused from then on with the one to use', () => {
    expect(versions.asked('2026-01-01', Date.parse('2026-12-31T23:59:59.999Z')).date).toBe('2026-01-01');
    expect(refusal('2026-01-01', Date.parse('2027-01-01T00:00:00Z'))).toEqual({
      code: 'unknown-api-version',
      detail: 'version 2026-01-01 ended on 2027-01-01; use 2026-11-01',
    });
  });
});

describe('the headers of an older version', () => {
  test('say since when it is deprecated, when it ends, and where to read of it', () => {
    const version = versions.of('2026-05-01') ?? versions.asked(undefined, now);

    expect(deprecationHeaders(version, '/dev')).toEqual({
      // RFC 9745 2.1: a date of structured fields. 1793491200 is 2026-11-01T00:00:00Z.
      Deprecation: '@1793491200',
      Sunset: 'Mon, 01 Nov 2027 00:00:00 GMT',
      Link: '</dev/docs/versions#2026-05-01>; rel="deprecation"; type="text/html", </dev/docs/versions#2026-05-01>; rel="sunset"; type="text/html"',
    });
  });

  test('are none of the newest', () => {
    expect(deprecationHeaders(versions.asked(undefined, now), '')).toEqual({});
  });
});
