import { describe, expect, test } from '@jest/globals';
import { isJsonMediaType } from '../../../lib/holdfast/core/values/media-type.ts';

// middy#562, middy#1054: a `+json` type, an upper-case one, or one with a charset was taken for no JSON at all.
describe('a media type', () => {
  test.each([
    'application/json',
    'Application/JSON',
    ' application/json ',
    'application/json;charset=utf-8',
    'application/json; charset=UTF-8',
    'application/json ; charset = "utf-8"',
    'application/json; charset=utf8',
    'application/json;',
    'application/json; profile="x"',
    'application/json; version=1; charset=utf-8',
    'application/problem+json',
    'application/vnd.acme.payout-v2+json; charset=utf-8',
    'APPLICATION/LD+JSON',
  ])('%j is JSON in UTF-8', (value) => {
    expect(isJsonMediaType(value)).toBe(true);
  });

  test.each([
    '',
    'json',
    'text/json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'application/json5',
    'application/+json',
    'application/json+xml',
    'application/json/x',
    'application/json, application/json',
    'application/json charset=utf-8',
    'application/json; charset=latin1',
    'application/json; charset=utf-16',
    'application/json; charset=',
    'application/json; charset',
    'application/json; charset="utf-8',
    'application/json; charset=utf-8; charset=latin1',
    'application/json; charset=utf-8; charset=utf-8',
    '*/*',
  ])('%j is not', (value) => {
    expect(isJsonMediaType(value)).toBe(false);
  });

  test.each([
    ['spaces before its end', `application/json${' '.repeat(300_000)}x`],
    ['empty parameters', `application/json${';'.repeat(300_000)}"`],
    ['charsets', `application/json${'; charset='.repeat(30_000)}`],
    ['suffixes', `application/${'+json'.repeat(60_000)}x`],
  ])(
    'with hundreds of thousands of characters of %s is read in time that grows with its length alone',
    (_, value) => {
      const start = performance.now();

      isJsonMediaType(value);

      expect(performance.now() - start).toBeLessThan(5_000);
    },
  );

  // Three neighbours of a pattern that match the same spaces take time that grows with their cube.
  test('with spaces in its charset is read in time that grows with their number alone', () => {
    const value = `application/json; charset=${' '.repeat(300_000)}"`;
    const start = performance.now();

    isJsonMediaType(value);

    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
