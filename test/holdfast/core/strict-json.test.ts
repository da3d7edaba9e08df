import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseStrictJson } from '../../../lib/holdfast/core/values/strict-json.ts';

const parse = (text: string) => parseStrictJson(Buffer.from(text));

/** What is wrong with a text. */
const faultOf = (text: string): string => {
  try {
    parse(text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error(`${text.slice(0, 40)} was read`);
};

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

  // expressjs/body-parser#347: such a member poisons whatever is merged with it, and vanished from a hash.
  test.each([
    '{"__proto__":1}',
    '{"__proto__":{"admin":true}}',
    '{"\\u005f_proto__":1}',
    '{"\\u005F\\u005Fproto\\u005f\\u005f":1}',
    '{"a":[{"b":{"__proto__":null}}]}',
    '{"__proto__" :1}',
  ])('refuses the name __proto__ in %s', (text) => {
    expect(faultOf(text)).toBe('no member may be named __proto__');
  });

  test('allows __proto__ as a value, and names that only look like it', () => {
    const text = '{"a":"__proto__","__proto_":1,"_proto__":2,"constructor":3,"prototype":4}';

    expect(Object.entries(parse(text))).toEqual(Object.entries(JSON.parse(text)));
  });

  // ethereum/ERCs#1881: a gateway reads the first, JSON.parse the last.
  test.each([
    ['{"amount":1,"amount":9}', 'amount'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"\\/":1,"/":2}', '/'],
    ['{"":1,"":2}', ''],
    ['{"x":{"a":[{"b":1,"c":[],"b":2}]}}', 'b'],
    ['{"a":{"b":1},"a":{"c":1}}', 'a'],
  ])('names the member that %s has twice', (text, name) => {
    expect(faultOf(text)).toBe(`the member ${JSON.stringify(name)} occurs twice in one object`);
  });

  test.each(['{"a":"\\ud800"}', '{"\\udc00":1}', '{"a":["\\ud83d\\u0041"]}', '{"a":"\\ude00\\ud83d"}'])(
    'refuses the lone surrogate in %s',
    (text) => {
      expect(faultOf(text)).toBe('the body holds a lone surrogate, which no UTF-8 text can');
    },
  );

  test('reads a surrogate pair, escaped or not, as the one character it is', () => {
    expect(parse('{"a":"\\ud83d\\ude00","b":"😀"}')).toEqual({ a: '😀', b: '😀' });
  });

  test.each([
    ['nothing', [], /^the body is empty/],
    ['a byte order mark', [0xef, 0xbb, 0xbf, 0x7b, 0x7d], /byte order mark/],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00], /^the body is not valid UTF-8$/],
    ['a byte of Latin-1', [0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d], /^the body is not valid UTF-8$/],
    [
      'an overlong encoding',
      [0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d],
      /^the body is not valid UTF-8$/,
    ],
    ['a surrogate in UTF-8', [0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x3a, 0x31, 0x7d], /not valid UTF-8$/],
    ['a character cut short', [0x7b, 0x22, 0xe2, 0x82], /^the body is not valid UTF-8$/],
    ['a zero byte at the end', [0x7b, 0x7d, 0x00], /^the body is not valid JSON$/],
  ])('refuses bytes that are %s', (_, bytes, message) => {
    expect(() => parseStrictJson(Uint8Array.from(bytes))).toThrow(message);
  });

  test.each([
    '{} {}',
    '{}x',
    '{}]',
    '{',
    '{"a"}',
    "{'a':1}",
    '{a:1}',
    '{"a":1,}',
    '{"a":.5}',
    '{"a":01}',
    '{"a":NaN}',
  ])('refuses %s, which is not JSON', (text) => {
    expect(faultOf(text)).toBe('the body is not valid JSON');
  });

  test.each(['null', '[]', '[{}]', '"{}"', '7', 'true'])('refuses %s, which is no object', (text) => {
    expect(faultOf(text)).toBe('the body is not a JSON object; send {} where there is nothing to say');
  });

  test('reads 32 levels, and refuses one more', () => {
    const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    const lists = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;

    expect([nested(32), lists(32)].map(parse)).toHaveLength(2);
    expect([nested(33), lists(33), nested(200), lists(100_000)].map(faultOf)).toEqual(
      Array(4).fill('the body nests deeper than 32 levels'),
    );
  });

  test('says the same of every fault to the client: 400, and what to do', () => {
    expect(() => parse('')).toThrow(
      expect.objectContaining({ code: 'malformed-request', row: expect.objectContaining({ status: 400 }) }),
    );
  });

  test.each([
    ['one string', `{"a":"${'x'.repeat(250_000)}"}`],
    ['escapes', `{"a":"${'\\"'.repeat(125_000)}"}`],
    ['spaces', `{"a"${' '.repeat(250_000)}:1}`],
    ['spaces after strings', `{"a":[${Array.from({ length: 500 }, () => `"x"${' '.repeat(500)}`)}]}`],
    ['members', `{${Array.from({ length: 20_000 }, (_, i) => `"m${i}":1`)}}`],
    ['numbers', `{"a":[${Array.from({ length: 120_000 }, () => '1')}]}`],
    ['digits', `{"a":0.${'1'.repeat(250_000)}}`],
    ['brackets', `{"a":[${Array.from({ length: 80_000 }, () => '[]')}]}`],
  ])('reads 256 KB of %s in time that grows with its length alone', (_, text) => {
    const start = performance.now();

    parse(text);

    expect(performance.now() - start).toBeLessThan(5_000);
  });

  // A number too small for a double becomes 0, which was not sent; 1e-131 is refused and 1e-400 is not.
  test.each(['1e-324', '-1e-400', '0.1e-999'])('refuses the number %s, which no double holds', (number) => {
    expect(faultOf(`{"n":${number}}`)).toContain('is out of range');
  });

  // A name is repeated whole in the detail, and thereby in the log, up to the 256 KB of a body.
  test('repeats at most so much of a name as a reader needs', () => {
    const name = 'x'.repeat(100_000);

    expect(faultOf(`{"${name}":1,"${name}":2}`).length).toBeLessThan(1_000);
  });
});

describe('C7: exact numbers', () => {
  const exactly = (number: string) =>
    parseStrictJson(Buffer.from(`{"a":[1,{"b/c":${number}}]}`), { exactNumbers: true });

  test.each([
    '4503599627370497.5',
    '4503599627370498.4',
    '0.1000000000000000055511151231257827',
    '1.00000000000000001',
  ])('%s would be read as another number, and is refused with its pointer', (number) => {
    expect(() => exactly(number)).toThrow(
      expect.objectContaining({
        code: 'malformed-request',
        message: expect.stringMatching(`^the number ${number} would be read as `),
        occurrence: expect.objectContaining({
          errors: [{ pointer: '/a/1/b~1c', detail: expect.any(String) }],
        }),
      }),
    );
  });

  test.each(['1e400', '9007199254740993', '-1e400', '1e-400'])(
    '%s is out of range, and is refused',
    (number) => {
      expect(() => exactly(number)).toThrow(expect.objectContaining({ code: 'malformed-request' }));
    },
  );

  test.each([
    '0',
    '-0',
    '0.1',
    '1.10',
    '-1.50',
    '1e2',
    '1E+2',
    '5e-1',
    '123456.789e-3',
    '0e5',
    '0.30000000000000004',
    '9007199254740991',
  ])('%s is read just as it stands', (number) => {
    expect(exactly(number)).toEqual({ a: [1, { 'b/c': Number(number) }] });
  });

  test('are read as exactly as every double is written', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -(2 ** 53) + 1, max: 2 ** 53 - 1 }), (value) => {
        fc.pre(value === 0 || Math.abs(value) >= 1e-130);

        expect(exactly(JSON.stringify(value))).toEqual({ a: [1, { 'b/c': value === 0 ? 0 : value }] });
      }),
    );
  });

  test('are looked at in time that grows with their length alone', () => {
    const started = performance.now();

    expect(() => exactly(`0.1${'0'.repeat(250_000)}1`)).toThrow();
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test('are asked for by requests alone: what a partner sends is read as it can be', () => {
    expect(parseStrictJson(Buffer.from('{"a":4503599627370497.5}'))).toEqual({ a: 4503599627370498 });
  });
});
