import { describe, expect, test } from '@jest/globals';
import { type Answers, readAnswer } from '../../../lib/holdfast/core/partners/answers.ts';
import { replyOf } from '../../../lib/holdfast/core/partners/reply.ts';

const answers: Answers = {
  at: ['status', 'code'],
  succeeded: { BOOKED: ({ bookingId }) => ({ bookingId }), 7: () => ({ seven: 'yes' }), true: () => ({}) },
  pending: ['PENDING'],
  notFound: ['NOT_FOUND'],
  unavailable: ['ERROR/TRY_LATER'],
  rejects: { 'ERROR/AC04': 'the account is closed' },
  http: { 202: 'pending', 404: 'words', 429: 'unavailable' },
};

interface Said {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a body, as it is written, means. */
const read = (
  text: string,
  { status = 200, type = 'application/json', headers = {} }: Said = {},
  table = answers,
  source: 'send' | 'query' | 'callback' = 'query',
) =>
  readAnswer(
    table,
    replyOf({ status, headers: { 'content-type': type, ...headers }, bytes: Buffer.from(text) }),
    source,
  );

const outcome = (...said: Parameters<typeof read>) => read(...said).outcome;

const unknown = { kind: 'unknown' };

describe('a word', () => {
  test.each([
    ['{"status":"BOOKED","bookingId":"b-1"}', { kind: 'succeeded', result: { bookingId: 'b-1' } }],
    ['{"status":"BOOKED","code":null}', { kind: 'succeeded' }],
    ['{"status":7}', { kind: 'succeeded', result: { seven: 'yes' } }],
    ['{"status":true}', { kind: 'succeeded' }],
    ['{"status":"PENDING"}', { kind: 'pending' }],
    ['{"status":"NOT_FOUND"}', { kind: 'not-found' }],
    ['{"status":"ERROR","code":"TRY_LATER"}', { kind: 'unavailable' }],
    ['{"status":"ERROR","code":"AC04"}', { kind: 'rejected', reason: 'the account is closed' }],
  ])('that is listed means what the table says: %s', (text, expected) => {
    expect(outcome(text)).toEqual(expected);
  });

  test.each([
    ['{"status":"PROCESSING"}'],
    ['{"status":"ERROR"}'],
    ['{"status":"ERROR","code":"AC99"}'],
    ['{"status":"BOOKED","code":"AC04"}'],
    ['{"status":"booked"}'],
    ['{"status":"BOOKED "}'],
    ['{"status":"constructor"}'],
    ['{"status":"__proto__"}'],
    ['{"status":"toString"}'],
    ['{"__proto__":{"status":"BOOKED"}}'],
    ['{"status":["BOOKED"]}'],
    ['{"status":{"0":"BOOKED"}}'],
    ['{"status":"ERROR","code":{"a":"AC04"}}'],
    // Two members are not to be taken for one, nor one for two.
    ['{"status":"ERROR/AC04"}'],
    ['{"status":7.5}'],
    ['{"status":98765432109876543210}'],
    ['{"status":""}'],
    ['{}'],
    ['[]'],
    ['null'],
    ['"BOOKED"'],
    ['[{"status":"BOOKED"}]'],
    ['{"message":"Service temporarily unavailable"}'],
    ['{"status":"BOOKED","status":"ERROR","code":"AC04"}'],
    ['{"status":"ERROR","code":"AC04","code":"X"}'],
    ['{"status":"ERROR","\\u0073tatus":"BOOKED"}'],
    ['{"status":"BOOKED"'],
    [''],
  ])('A1: that is not listed, or is none, is unknown: %s', (text) => {
    expect(outcome(text)).toEqual(unknown);
  });

  test.each([['{"status":"BOOKED"}'], ['{"status":"ERROR","code":"AC04"}'], ['{"status":"NOT_FOUND"}']])(
    'A1: is not read in a status that http does not name: %s',
    (text) => {
      const statuses = [301, 302, 307, 400, 401, 403, 408, 409, 422, 425, 500, 502, 503, 504];

      expect(statuses.map((status) => outcome(text, { status }))).toEqual(statuses.map(() => unknown));
    },
  );

  test.each([[202], [404], [429], [201]])(
    'is read with %i, which http names or which is a success',
    (status) => {
      expect(outcome('{"status":"BOOKED"}', { status })).toEqual({ kind: 'succeeded' });
    },
  );

  test.each([
    ['text/html'],
    ['text/plain'],
    [''],
    ['application/json; charset=utf-16'],
    ['application/jsonp'],
  ])('A5: is not read in the media type %j', (type) => {
    expect(outcome('{"status":"BOOKED"}', { type })).toEqual(unknown);
  });

  test.each([['application/problem+json'], ['application/json; charset=UTF-8'], ['APPLICATION/JSON']])(
    'is read in the media type %j',
    (type) => {
      expect(outcome('{"status":"BOOKED"}', { type })).toEqual({ kind: 'succeeded' });
    },
  );

  test.each([['send' as const], ['callback' as const]])('not found is not believed from a %s', (source) => {
    expect(outcome('{"status":"NOT_FOUND"}', {}, answers, source)).toEqual(unknown);
  });

  test('may stand deeper, by JSON Pointer', () => {
    const deep: Answers = {
      at: ['/data/state', '/errors~1x/code'],
      succeeded: ['DONE'],
      rejects: { 'NO/7': 'no' },
    };

    expect(outcome('{"data":{"state":"DONE"}}', {}, deep)).toEqual({ kind: 'succeeded' });
    expect(outcome('{"data":{"state":"NO"},"errors/x":{"code":7}}', {}, deep)).toMatchObject({
      kind: 'rejected',
    });
    expect(outcome('{"data":["DONE"],"state":"DONE"}', {}, deep)).toEqual(unknown);
  });
});

describe('a status that http names', () => {
  test.each([
    ['{}', 202, { kind: 'pending' }],
    ['', 202, { kind: 'pending' }],
    ['<html>', 429, { kind: 'unavailable' }],
    ['{}', 404, unknown],
  ])('means so where the body %j holds no word with %i', (text, status, expected) => {
    const type = text.startsWith('<') ? 'text/html' : 'application/json';

    expect(outcome(text, { status, type })).toEqual(expected);
  });

  test.each([
    ['{"status":"PROCESSING"}'],
    ['{"status":{}}'],
    ['{"status":"BOOKED","status":"BOOKED"}'],
    ['{"status":"PROC'],
  ])('A1: means nothing where the body says something else, or cannot be read: %s', (text) => {
    expect([202, 429].map((status) => outcome(text, { status }))).toEqual([unknown, unknown]);
  });

  test.each([
    ['7', 7],
    ['86400', 3_600],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
    ['-1', undefined],
  ])('heeds Retry-After: %s', (after, seconds) => {
    const headers = { 'retry-after': after };

    expect(outcome('{}', { status: 429, headers })).toEqual({
      kind: 'unavailable',
      ...(seconds && { retryAfterSeconds: seconds }),
    });
    expect(outcome('{}', { status: 202, headers })).toEqual({
      kind: 'pending',
      ...(seconds && { pollAfterSeconds: seconds }),
    });
  });
});

describe('a declared success', () => {
  test.each([
    ['a number', '98765432109876543210'],
    ['an object', '{"a":"b"}'],
    ['an array', '["a"]'],
    ['too long', JSON.stringify('x'.repeat(1_025))],
    ['a control character', '"a\\u0000"'],
    ['a character that turns the text around', '"a\\u202e"'],
    ['half a character', '"\\ud800"'],
    ['null', 'null'],
    ['nested 60 deep', `${'{"a":'.repeat(60)}1${'}'.repeat(60)}`],
    ['nested 10,000 deep', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['a number that no double holds', '1e400'],
  ])('A6: with an unusable result is a success without one: %s', (_, value) => {
    expect(outcome(`{"status":"BOOKED","bookingId":${value}}`)).toEqual({ kind: 'succeeded' });
  });

  test.each([
    ['throws', () => JSON.parse('no')],
    ['returns text', () => 'b-1' as unknown as undefined],
    ['returns an array', () => ['b-1'] as unknown as undefined],
    ['returns a member of an odd name', () => ({ 'a b': 'x' })],
    [
      'returns more than 4 KB in all',
      () => Object.fromEntries([...'abcdef'].map((name) => [name, 'x'.repeat(800)])),
    ],
    [
      'cannot be read',
      () => Object.defineProperty({}, 'x', { enumerable: true, get: () => JSON.parse('no') }),
    ],
  ])('A6: whose mapping %s is a success without a result', (_, DONE) => {
    expect(outcome('{"status":"DONE"}', {}, { ...answers, succeeded: { DONE } })).toEqual({
      kind: 'succeeded',
    });
  });

  test('A6: is one in a body of which other members are odd', () => {
    expect(outcome('{"status":"BOOKED","__proto__":{},"n":-1e999,"x":"\\ud800"}')).toEqual({
      kind: 'succeeded',
    });
  });
});

describe('what is not declared', () => {
  test.each([
    ['{"status":"PROCESSING"}', {}, { why: 'word', word: 'PROCESSING' }],
    ['{}', {}, { why: 'no word' }],
    ['<html>', { type: 'text/html' }, { why: 'no json' }],
    ['{', {}, { why: 'unreadable' }],
    ['{"status":"BOOKED"}', { status: 409 }, { why: 'status' }],
  ])('says why, so that it can be counted: %s', (text, said, undeclared) => {
    expect(read(text, said).undeclared).toEqual(undeclared);
  });

  test('is never said of an answer that did not come', () => {
    expect(readAnswer(answers, { status: 0, content: 'unanswered' }, 'send')).toEqual({ outcome: unknown });
    expect(readAnswer(answers, { status: 0, content: 'unsent' }, 'send')).toEqual({
      outcome: { kind: 'unavailable' },
    });
  });
});
