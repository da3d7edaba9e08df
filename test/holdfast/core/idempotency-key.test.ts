import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { keyHash, parseIdempotencyKey } from '../../../lib/holdfast/core/requests/idempotency-key.ts';

const x = (length: number) => 'x'.repeat(length);

describe('an Idempotency-Key', () => {
  // ietf/idempotency PR#10: a client of the draft sends the key in quotes, an older one bare.
  test.each([
    ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['"8e03978e-40d5-43dd-bc93-6894a57f9324"', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['a', 'a'],
    ['"a"', 'a'],
    ['"a\\"b"', 'a"b'],
    ['a"b', 'a"b'],
    ['"a\\\\b"', 'a\\b'],
    ['a\\b', 'a\\b'],
    ['"\\\\\\""', '\\"'],
    ["'a'", "'a'"],
    [x(255), x(255)],
    [`"${x(255)}"`, x(255)],
    [`"${'\\"'.repeat(255)}"`, '"'.repeat(255)],
  ])('%s is the key %s', (value, key) => {
    expect(parseIdempotencyKey(value)).toBe(key);
  });

  test.each([
    ['is empty', ''],
    ['is an empty string', '""'],
    ['has 256 characters', x(256)],
    ['has 256 characters in quotes', `"${x(256)}"`],
    ['is not closed', '"a'],
    ['goes on after its end', '"a"b'],
    ['has a parameter', '"a";v=1'],
    ['ends in an escape', '"a\\"'],
    ['escapes what needs no escape', '"\\a"'],
    ['holds a space', 'a b'],
    ['holds a space in quotes', '"a b"'],
    ['holds a tab', 'a\tb'],
    ['holds a line end', 'a\n'],
    ['holds DEL', 'a\u007f'],
    ['holds a letter beyond ASCII', 'ä'],
    ['holds a letter beyond ASCII in quotes', '"ä"'],
  ])('that %s is none', (_, value) => {
    expect(parseIdempotencyKey(value)).toBeUndefined();
  });

  // powertools-ts#1501: no key was hashed like any other, so that all requests without one were the same.
  test('is never made of nothing', () => {
    expect([' ', '\t', '""', '\u00a0'].map(parseIdempotencyKey)).toEqual(Array(4).fill(undefined));
  });

  test('of a megabyte is refused in time that grows with its length alone', () => {
    const start = performance.now();

    const keys = ['x', '\\\\', '\\"', '"'].map((part) => parseIdempotencyKey(`"${part.repeat(500_000)}`));

    expect(keys).toEqual(Array(4).fill(undefined));
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

test('the hash of a key tells keys apart, is short, and holds nothing of the key', () => {
  const key = fc.stringMatching(/^[\x21-\x7e]{1,255}$/);

  fc.assert(
    fc.property(key, key, (a, b) => {
      expect(keyHash(a) === keyHash(b)).toBe(a === b);
      expect(keyHash(a)).toMatch(/^[\w-]{22}$/);
    }),
  );
});
