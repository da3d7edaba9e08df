import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { entityTag, parseIfMatch, strongMatch } from '../../../lib/holdfast/core/requests/entity-tag.ts';

describe('If-Match (RFC 9110 13.1.1)', () => {
  test.each([
    ['"a"', [{ weak: false, tag: '"a"' }]],
    ['W/"a"', [{ weak: true, tag: '"a"' }]],
    ['"W/a"', [{ weak: false, tag: '"W/a"' }]],
    ['""', [{ weak: false, tag: '""' }]],
    ['"a,b"', [{ weak: false, tag: '"a,b"' }]],
    [
      ' ,"a" ,, W/"b"\t, ',
      [
        { weak: false, tag: '"a"' },
        { weak: true, tag: '"b"' },
      ],
    ],
    ['*', '*'],
    [' * ', '*'],
  ])('reads %j', (value, expected) => {
    expect(parseIfMatch(value)).toEqual(expected);
  });

  test.each([
    '',
    ' ',
    ',',
    'a',
    '"a',
    'a"',
    '"a" "b"',
    'w/"a"',
    'W/ "a"',
    '"a", *',
    '"a b"',
    '"a\u0001"',
    '*, "a"',
  ])('refuses %j', (value) => {
    expect(parseIfMatch(value)).toBeUndefined();
  });

  test('reads any list of tags that is written by its grammar', () => {
    const tag = fc.tuple(fc.boolean(), fc.stringMatching(/^[\x21\x23-\x7e]{0,20}$/)).map(([weak, text]) => ({
      weak,
      tag: `"${text}"`,
    }));
    fc.assert(
      fc.property(
        fc.array(tag, { minLength: 1 }),
        fc.constantFrom(',', ' , ', ',,', '\t,'),
        (tags, comma) => {
          const value = tags.map(({ weak, tag: text }) => `${weak ? 'W/' : ''}${text}`).join(comma);

          expect(parseIfMatch(value)).toEqual(tags);
        },
      ),
    );
  });

  test('of a megabyte is read in time that grows with its length alone', () => {
    expect(parseIfMatch(' '.repeat(1_000_000))).toBeUndefined();
    expect(parseIfMatch('"a",'.repeat(250_000))).toHaveLength(250_000);
    expect(parseIfMatch('"'.repeat(1_000_000))).toBeUndefined();
  });

  // Two neighbours of a pattern that match the same spaces take time that grows with their square.
  test('with thousands of spaces before something that is no tag is refused without a thought for each pair of them', () => {
    const start = performance.now();

    parseIfMatch(`${' '.repeat(300_000)}x`);

    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

test('a tag is strong, and matches itself alone', () => {
  const tag = entityTag({ version: 3, commit: 'k9x2' });

  expect(tag).toBe('"3-k9x2"');
  expect(strongMatch([{ weak: false, tag }], [tag])).toBe(true);
  expect(strongMatch([{ weak: true, tag }], [tag])).toBe(false);
  expect(strongMatch([{ weak: false, tag: '"3-k9x"' }], [tag])).toBe(false);
});
