import { describe, expect, test } from '@jest/globals';
import type { Action } from '../../core/definitions/define-action.ts';
import { freshKey } from '../scene/request.ts';
import type { Scene } from '../scene/scene.ts';

const bytes = (...parts: (string | number[])[]) =>
  new Uint8Array(
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part)))),
  );

/** What the bytes and headers of a request may be, tried on one action that makes a resource, and one that moves it. */
export function requestFacts(scene: Scene, create: Action): void {
  const post = (sending: object) => scene.perform(create, undefined, sending);

  describe('a body that is not strict JSON is a 400 that names the fault', () => {
    test.each([
      ['empty', '', 'empty'],
      ['no JSON', '{"note":', 'not valid JSON'],
      ['trailing bytes', '{} {}', 'not valid JSON'],
      ['an array', '[]', 'not a JSON object'],
      ['null', 'null', 'not a JSON object'],
      ['a member twice', '{"note":"a","note":"b"}', '"note" occurs twice'],
      ['a member twice by an escape', '{"note":"a","n\\u006fte":"b"}', '"note" occurs twice'],
      ['__proto__', '{"__proto__":{"admin":true}}', '__proto__'],
      ['__proto__ by an escape, further in', '{"note":[{"\\u005f_proto__":1}]}', '__proto__'],
      ['a lone surrogate', '{"note":"\\ud800"}', 'lone surrogate'],
      ['a lone surrogate in a name', '{"\\udfff":1}', 'lone surrogate'],
      ['nesting of 200 levels', `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`, 'nests deeper'],
      ['nesting of 100,000 levels', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'nests deeper'],
      ['a number beyond a double', '{"note":1e400}', 'out of range'],
      ['a number that a double rounds', '{"note":9007199254740993}', 'out of range'],
      ['a byte order mark', bytes([0xef, 0xbb, 0xbf], '{}'), 'byte order mark'],
      ['invalid UTF-8', bytes('{"note":"', [0xff], '"}'), 'not valid UTF-8'],
      ['an overlong encoding', bytes('{"note":"', [0xc0, 0xaf], '"}'), 'not valid UTF-8'],
    ])('%s', async (_, body, fault) => {
      const refused = await post({ body });

      expect(refused.json).toMatchObject({ status: 400, code: 'malformed-request' });
      expect(refused.json.detail).toContain(fault);
    });
  });

  describe('the size of a body', () => {
    test('of 256 KB is read, of one byte more is 413, of 1 MB too', async () => {
      const of = (size: number) => ({ body: `{"x":"${'x'.repeat(size - 8)}"}` });

      const fits = await post(of(262_144));
      const above = await post(of(262_145));
      const far = await post(of(1_048_576));

      expect(fits.json.code).toBe('invalid-input');
      expect(above.json.code).toBe('request-too-large');
      expect(far.json).toMatchObject({ status: 413, category: 'limit' });
    });
  });

  describe('the media type', () => {
    test.each([
      'application/json',
      'APPLICATION/JSON',
      'application/json; charset=utf-8',
      'application/json;charset="UTF8"',
      'application/vnd.acme.thing+json',
      'application/json; profile=x; charset=UTF-8',
    ])('%s is accepted', async (type) => {
      const created = await post({ headers: { 'Content-Type': type } });

      expect(created.status).toBeLessThan(300);
    });

    test.each([
      'text/plain',
      'application/xml',
      'application/jsonx',
      'text/json+x',
      'application/json; charset=iso-8859-1',
      'application/json; charset=utf-16',
      'json',
    ])('%s is 415', async (type) => {
      const refused = await post({ headers: { 'Content-Type': type } });

      expect(refused.json).toMatchObject({ status: 415, code: 'unsupported-media-type' });
    });
  });

  describe('Idempotency-Key', () => {
    test.each([
      '""',
      'two words',
      '"unterminated',
      `"${'x'.repeat(256)}"`,
      'x'.repeat(256),
      'naïve',
      '"a";p=1',
      'a, b',
    ])('%j is not well-formed', async (key) => {
      const refused = await post({ key });

      expect(refused.json).toMatchObject({ status: 400, code: 'idempotency-key-invalid' });
    });

    test('of 255 characters is one key, with quotes or without', async () => {
      const key = freshKey().padEnd(255, 'k');

      const bare = await post({ key });
      const quoted = await post({ key: `"${key}"` });

      expect(bare.status).toBeLessThan(300);
      expect(quoted).toMatchObject({ replayed: true, text: bare.text });
    });
  });

  const ways = scene.waysOf(create.resource);
  const [nearest] = ways.nearest.flatMap((state) =>
    ways.actions.filter(({ from }) => from?.includes(state)).map((action) => ({ state, action })),
  );
  if (nearest === undefined) return;
  const { state, action } = nearest;
  const [done, any] = [action.operation === undefined ? 200 : 202, action.anyVersion];

  describe('If-Match', () => {
    // nginx#1570, chroncal#418, supabase/storage#1424.
    test.each([
      ['the current tag', (tag: string) => tag, done, undefined],
      ['a list that holds it', (tag: string) => `"1-x", ${tag} , "2-y"`, done, undefined],
      ['a list with empty elements', (tag: string) => `, ,${tag},`, done, undefined],
      ['the current tag, marked weak', (tag: string) => `W/${tag}`, 412, 'version-mismatch'],
      ['a weak tag in a list', (tag: string) => `"1-x", W/${tag}`, 412, 'version-mismatch'],
      ['a strong tag that begins with W/', () => '"W/1"', 412, 'version-mismatch'],
      ['any version', () => '*', any ? done : 428, any ? undefined : 'version-required'],
      ['the tag without quotes', (tag: string) => tag.replaceAll('"', ''), 400, 'malformed-request'],
      ['an open quote', () => '"1-x', 400, 'malformed-request'],
    ])('with %s', async (_, ifMatch, status, code) => {
      const on = await scene.bring(create.resource, state);

      const answer = await scene.perform(action, on, { ifMatch: ifMatch(on.etag) });

      expect(answer.status).toBe(status);
      expect(answer.json.code).toBe(code);
    });
  });
}
