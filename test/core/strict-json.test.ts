import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseStrictJson } from '../../functions/core/strict-json.ts';

const parse = (text: string) => parseStrictJson(Buffer.from(text));

/** JSON values within the limits: well-formed strings, safe numbers, no __proto__. */
const value = fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' }).filter((json) => {
  const text = JSON.stringify(json);
  return !text.includes('__proto__') && !/e[+-]\d{2}/i.test(text) && !/\d{16}/.test(text);
});

describe('strict JSON', () => {
  test('reads whatever JSON.parse reads, within its limits', () => {
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 1, '\t'), (inner, space) => {
        const text = JSON.stringify({ inner, '{"': '}]",:' }, null, space);

        expect(parse(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  test('refuses a member twice at any depth, however its name is spelt', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 0, max: 10 }), (name, depth) => {
        const plain = JSON.stringify(name);
        const escaped = `"${[...name]
          .flatMap((character) => character.split(''))
          .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
          .join('')}"`;
        const text = `${'{"a":['.repeat(depth)}{${plain}:1,${escaped}:2}${']}'.repeat(depth)}`;

        expect(() => parse(text)).toThrow();
      }),
    );
  });

  test('allows the same name in objects side by side and within each other', () => {
    expect(parse('{"a":{"a":1},"b":[{"a":2},{"a":3}]}')).toEqual({ a: { a: 1 }, b: [{ a: 2 }, { a: 3 }] });
  });

  test('takes braces, quotes and colons in strings for what they are', () => {
    expect(parse('{"a":"{\\"b\\":1,\\"b\\":2}","c":"\\\\"}')).toEqual({ a: '{"b":1,"b":2}', c: '\\' });
  });

  test.each([
    ['9007199254740992', true],
    ['9007199254740991', false],
    ['-9007199254740993', true],
    ['1e400', true],
    ['1e21', true],
    ['1e-131', true],
    ['1e-130', false],
    ['0e999', false],
    ['0.1', false],
    ['-0', false],
  ])('of the number %s says whether it is out of range: %s', (number, refused) => {
    const attempt = () => parse(`{"n":${number}}`);

    const result = (() => {
      try {
        attempt();
        return false;
      } catch {
        return true;
      }
    })();

    expect(result).toBe(refused);
  });
});
