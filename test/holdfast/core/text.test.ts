import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as z from 'zod';
import { hiddenCharacter } from '../../../lib/holdfast/core/values/plain-text.ts';
import { recordName, text, timestamp } from '../../../lib/holdfast/core/values/text.ts';

const line = text({ max: 20 });
const lines = text({ max: 20, multiline: true });

const told = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error?.issues[0]?.message;

describe('C4: a text', () => {
  test.each([
    ['a zero-width space', 'a\u200Bb', 'U+200B'],
    ['NUL', 'a\u0000b', 'U+0000'],
    ['a right-to-left override', 'a\u202Eb', 'U+202E'],
    ['an isolate', 'a\u2066b\u2069', 'U+2066'],
    ['a right-to-left mark', 'a\u200Fb', 'U+200F'],
    ['an Arabic letter mark', 'a\u061Cb', 'U+061C'],
    ['CR LF', 'a\r\nb', 'U+000D'],
    ['LF', 'a\nb', 'U+000A'],
    ['LF at its end', 'a\n', 'U+000A'],
    ['a tab', 'a\tb', 'U+0009'],
    ['ESC', 'a\u001B[31m', 'U+001B'],
    ['a control of C1', 'a\u0085b', 'U+0085'],
    ['a line separator', 'a\u2028b', 'U+2028'],
    ['a byte order mark before it', '\uFEFFab', 'U+FEFF'],
    ['a soft hyphen', 'a\u00ADb', 'U+00AD'],
    ['a word joiner', 'a\u2060b', 'U+2060'],
    ['the Hangul filler', '\u3164', 'U+3164'],
    ['a Hangul choseong filler', 'a\u115Fb', 'U+115F'],
    ['a half-width Hangul filler', 'a\uFFA0b', 'U+FFA0'],
    ['the blank of Braille', '\u2800', 'U+2800'],
    ['a combining grapheme joiner', 'a\u034Fb', 'U+034F'],
    ['a tag', 'a\u{E0041}b', 'U+E0041'],
    ['a private character', 'a\uE000b', 'U+E000'],
    ['a character that is unassigned', 'a\u0378b', 'U+0378'],
    ['a noncharacter', 'a\uFFFEb', 'U+FFFE'],
    ['a lone surrogate', 'a\uD800b', 'U+D800'],
    ['a joiner between letters that do not join', 'a\u200Db', 'U+200D'],
    ['a variation selector behind a letter', 'a\uFE0Fb', 'U+FE0F'],
    ['a selector of a shape behind no ideograph', 'a\u{E0100}', 'U+E0100'],
  ])('with %s is refused, and told which character it is', (_, value, character) => {
    expect(told(line, value)).toBe(`holds the hidden character ${character}; leave it out`);
  });

  test.each(['   ', '\u00A0', '\u3000\u2003', '\u0301', ''])('%j shows nothing, and is refused', (value) => {
    expect(line.safeParse(value).success).toBe(false);
  });

  test.each([
    'Müller & Söhne, 50 %',
    'Ελλάδα',
    'שלום',
    'می\u200Cخواهم',
    'क्\u200Dष',
    'ක්\u200Dරි',
    '日本　語',
    '葛\u{E0100}城',
    '한국어',
    '👨\u200D👩\u200D👧',
    '👩🏽\u200D⚕\uFE0F',
    '🏳\uFE0F\u200D🌈',
    '1\uFE0F\u20E3 ❤\uFE0F',
  ])('%s is one', (value) => {
    expect(line.safeParse(value)).toMatchObject({ success: true, data: value.normalize('NFC') });
  });

  test('has one spelling: normal form C, and no blanks around it', () => {
    expect(line.parse(' Mu\u0308ller ')).toBe('Müller');
    expect(line.parse('Müller')).toBe('Müller');
  });

  test('has lines where it may, each ended by LF', () => {
    expect(lines.parse('a\r\nb\nc')).toBe('a\nb\nc');
    expect(told(lines, 'a\rb')).toBe('holds the hidden character U+000D; leave it out');
    expect(told(lines, '\r\n')).toBe('is empty; write a text');
  });

  test('is measured in code points', () => {
    expect(line.safeParse('😀'.repeat(20)).success).toBe(true);
    expect(told(line, '😀'.repeat(21))).toBe('is too long; write at most 20 characters');
    expect(told(text({ min: 3, max: 9 }), '😀😀')).toBe('is too short; write at least 3 characters');
  });

  test('may be empty where it says so', () => {
    expect(text({ min: 0, max: 9 }).parse(' ')).toBe('');
  });

  test('that was taken is taken again as it is, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (value) => {
        const { data = 'a' } = lines.safeParse(value);

        expect(lines.parse(data)).toBe(data);
        expect(hiddenCharacter(data, true)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  test('says its lengths in the contract', () => {
    expect(z.toJSONSchema(text({ min: 2, max: 70 }))).toMatchObject({
      type: 'string',
      minLength: 2,
      maxLength: 70,
    });
  });
});

describe('the rule of a text in the contract', () => {
  test('refuses nothing that the text takes', () => {
    const { pattern = '' } = z.toJSONSchema(lines);
    const rule = new RegExp(pattern, 'u');

    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (value) => {
        const { success } = lines.safeParse(value);

        expect(success && !rule.test(value)).toBe(false);
      }),
      { numRuns: 500 },
    );
    expect(['a\u202Eb', 'a\u0000b', '\u3164'].some((value) => rule.test(value))).toBe(false);
  });
});

test.each(['2026-11-25', '2026-11-25T08:00:00Z', '2026-02-30T08:00:00.000Z', 'x', ''])(
  '%j is no time as the kit writes it',
  (value) => {
    expect(timestamp.safeParse(value).success).toBe(false);
    expect(timestamp.safeParse('2026-11-25T08:00:00.000Z').success).toBe(true);
  },
);

describe('a name in a record', () => {
  const names = z.record(recordName({ max: 4 }), z.int());

  test.each(['a', 'café', '-x_1'])('is taken as it was sent: %j', (key) => {
    expect(names.parse({ [key]: 1 })).toEqual({ [key]: 1 });
  });

  test.each(['', ' ', ' a', 'a ', 'cafe\u0301', 'a\u202eb', 'abcde', '\u3164'])(
    'is refused where it has another spelling, hides something or is too long: %j',
    (key) => {
      expect(names.safeParse({ [key]: 1 }).success).toBe(false);
    },
  );

  test('never takes the place of another one', () => {
    expect(names.safeParse({ ' a': 1, a: 2 }).success).toBe(false);
  });
});
