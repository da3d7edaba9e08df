import { describe, expect, test } from '@jest/globals';
import { draft, freshKey, send } from '../support/client.ts';
import { BASE_PATH, BASE_URL, signedIn } from './users.ts';

const bytes = (...parts: (string | number[])[]) =>
  new Uint8Array(
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part)))),
  );

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
    const alice = await signedIn();
    const created = await alice.create();

    const refused = await alice.act('submit', created, { body });

    expect(refused.json).toMatchObject({ status: 400, code: 'malformed-request' });
    expect(refused.json.detail).toContain(fault);
  });
});

describe('the size of a body', () => {
  test('of 256 KB is read, of one byte more is 413, of 1 MB too', async () => {
    const alice = await signedIn();
    const of = (size: number) => `{"x":"${'x'.repeat(size - 8)}"}`;

    const fits = await alice.create(freshKey(), of(262_144));
    const above = await alice.create(freshKey(), of(262_145));
    const far = await alice.create(freshKey(), of(1_048_576));

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
    'application/vnd.acme.payout+json',
    'application/json; profile=x; charset=UTF-8',
  ])('%s is accepted', async (type) => {
    const alice = await signedIn();

    const created = await alice.post('/payouts', {
      key: freshKey(),
      body: draft(),
      headers: { 'Content-Type': type },
    });

    expect(created.status).toBe(201);
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
    const alice = await signedIn();

    const refused = await alice.post('/payouts', {
      key: freshKey(),
      body: draft(),
      headers: { 'Content-Type': type },
    });

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
    const alice = await signedIn();

    const refused = await alice.create(key);

    expect(refused.json).toMatchObject({ status: 400, code: 'idempotency-key-invalid' });
  });

  test('of 255 characters is one key, with quotes or without', async () => {
    const alice = await signedIn();
    const key = freshKey().padEnd(255, 'k');

    const bare = await alice.create(key);
    const quoted = await alice.create(`"${key}"`);

    expect(bare.status).toBe(201);
    expect(quoted).toMatchObject({ replayed: true, text: bare.text });
  });
});

describe('If-Match', () => {
  // nginx#1570, chroncal#418, supabase/storage#1424.
  test.each([
    ['the current tag', (tag: string) => tag, 200, undefined],
    ['a list that holds it', (tag: string) => `"1-x", ${tag} , "2-y"`, 200, undefined],
    ['a list with empty elements', (tag: string) => `, ,${tag},`, 200, undefined],
    ['the current tag, marked weak', (tag: string) => `W/${tag}`, 412, 'version-mismatch'],
    ['a weak tag in a list', (tag: string) => `"1-x", W/${tag}`, 412, 'version-mismatch'],
    ['a strong tag that begins with W/', () => '"W/1"', 412, 'version-mismatch'],
    ['any version', () => '*', 428, 'version-required'],
    ['the tag without quotes', (tag: string) => tag.replaceAll('"', ''), 400, 'malformed-request'],
    ['an open quote', () => '"1-x', 400, 'malformed-request'],
  ])('with %s', async (_, ifMatch, status, code) => {
    const alice = await signedIn();
    const created = await alice.create();

    const answer = await alice.act('submit', created, { ifMatch: ifMatch(created.etag) });

    expect(answer.status).toBe(status);
    expect(answer.json.code).toBe(code);
  });
});

describe('input', () => {
  test('has every fault listed, each with a pointer', async () => {
    const alice = await signedIn();
    const body = {
      amount: { currency: 'EUR', value: '1' },
      beneficiary: { name: '', iban: 'DE00' },
      'a/b~c': 1,
    };

    const refused = await alice.create(freshKey(), body);

    expect(refused.json).toMatchObject({ status: 422, code: 'invalid-input', recovery: 'fix-request' });
    const pointers = (refused.json.errors as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(pointers.sort()).toEqual([
      '/amount/value',
      '/a~1b~0c',
      '/beneficiary/iban',
      '/beneficiary/name',
      '/reference',
    ]);
  });

  test('refuses unknown members at any depth, a state among them', async () => {
    const alice = await signedIn();
    const { amount, ...rest } = draft();

    const state = await alice.create(freshKey(), { ...draft(), state: 'paid' });
    const deep = await alice.create(freshKey(), { ...rest, amount: { ...amount, cents: 1 } });

    expect(state.json.errors).toEqual([{ pointer: '/state', detail: 'is not a member of the input' }]);
    expect(deep.json.errors).toEqual([{ pointer: '/amount/cents', detail: 'is not a member of the input' }]);
  });
});

describe('the gateway itself', () => {
  test.each([
    ['an unknown path', 'GET', '/nowhere'],
    ['an unknown method', 'DELETE', '/payouts'],
    ['a PATCH, which there is none of', 'PATCH', '/payouts/po_1'],
    ['an unknown action', 'POST', '/payouts/po_1/explode'],
  ])('answers %s with 404, with a token or without', async (_, method, path) => {
    const alice = await signedIn();

    const withToken = await send(`${BASE_URL}${path}`, { method, token: alice.token });
    const without = await send(`${BASE_URL}${path}`, { method });

    for (const refused of [withToken, without]) {
      expect(refused.status).toBe(404);
      expect(refused.json).toMatchObject({ status: 404, code: 'route-not-found', recovery: 'fix-request' });
      expect(refused.headers.get('Content-Type')).toBe('application/problem+json');
    }
  });

  test.each([
    ['no token', undefined],
    ['a token of no form', 'Bearer x y'],
    ['no bearer token', 'Basic YTpi'],
    ['an unsigned token', 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.'],
  ])('answers %s with 401 and a challenge', async (_, authorization) => {
    const headers = authorization === undefined ? {} : { Authorization: authorization };

    const refused = await send(`${BASE_URL}/payouts`, { method: 'GET', headers });

    expect(refused.json).toMatchObject({ status: 401, code: 'unauthenticated', recovery: 'authenticate' });
    expect(refused.headers.get('WWW-Authenticate')).toBe('Bearer realm="holdfast"');
    expect(refused.headers.get('Access-Control-Allow-Origin')).toBe('*');
  });

  test('answers a preflight with the headers that the contract needs', async () => {
    const answer = await fetch(`${BASE_URL}/payouts`, {
      method: 'OPTIONS',
      headers: { Origin: 'https://app.example.com', 'Access-Control-Request-Method': 'POST' },
    });

    expect(answer.status).toBe(204);
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('*');
    const allowed = answer.headers.get('Access-Control-Allow-Headers')?.split(',');
    expect(allowed).toEqual(
      expect.arrayContaining(['API-Version', 'Authorization', 'Content-Type', 'Idempotency-Key', 'If-Match']),
    );
  });

  test('answers a malformed path with a problem', async () => {
    const alice = await signedIn();

    const refused = await alice.get('/payouts/%zz');

    expect(refused.json).toMatchObject({ status: 400, code: 'malformed-request' });
  });

  test('answers a body over 10 MB with a problem', async () => {
    const alice = await signedIn();

    const refused = await alice.create(freshKey(), 'x'.repeat(10_485_761));

    expect(refused.json).toMatchObject({ status: 413, code: 'request-too-large' });
  });

  test('tells of its health to anyone', async () => {
    const answer = await send(`${BASE_URL}/health`, { method: 'GET' });

    expect(answer.json).toEqual({ status: 'ok' });
  });
});

describe('every answer', () => {
  test('may not be cached; a browser may read its headers', async () => {
    const alice = await signedIn();
    const created = await alice.create();
    const refused = await alice.act('submit', created, { key: undefined });

    for (const { headers } of [created, refused]) {
      expect(headers.get('Cache-Control')).toBe('no-store, no-transform');
      expect(headers.get('Vary')).toContain('Authorization');
      expect(headers.get('Access-Control-Expose-Headers')).toMatch(/ETag.*Location.*Retry-After/);
    }
    expect(refused.json.help).toBe(`${BASE_PATH}/problems/idempotency-key-missing`);
  });

  test('names its request: a problem by the id that the gateway gave it', async () => {
    const alice = await signedIn();

    const refused = await alice.act('submit', await alice.create(), { key: undefined });

    expect(refused.json.instance).toBe(`urn:holdfast:request:${refused.headers.get('x-amzn-requestid')}`);
  });
});
