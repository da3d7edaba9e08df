import { describe, expect, test } from '@jest/globals';
import { oauth2 } from '../../../lib/holdfast/core/partners/credentials.ts';
import { type Answer, CLIENT, credentialBench, granted, json } from '../support/credential-bench.ts';

const bench = credentialBench();

describe('A7: an OAuth 2 token', () => {
  test('is asked for by client credentials, with scopes and audience (RFC 6749 4.4)', async () => {
    const { headers } = bench.partnerWith(
      oauth2({ scopes: ['payments', 'accounts'], audience: 'https://bank.example' }),
      CLIENT,
    );

    expect(await headers()).toEqual({ Authorization: 'Bearer token-number-1' });
    expect(Object.fromEntries(bench.asked[0]?.form ?? [])).toEqual({
      grant_type: 'client_credentials',
      scope: 'payments accounts',
      audience: 'https://bank.example',
    });
    expect(bench.asked[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from('holdfast:secret%2Dof%2Dthe%2Dclient').toString('base64')}`,
    );
  });

  test('is asked for with the client in the body, where the partner wants it there', async () => {
    const { headers } = bench.partnerWith(oauth2({ scopes: [], clientAuthentication: 'post' }), CLIENT);

    await headers();

    expect(bench.asked[0]?.headers.authorization).toBeUndefined();
    expect(Object.fromEntries(bench.asked[0]?.form ?? [])).toEqual({
      grant_type: 'client_credentials',
      client_id: 'holdfast',
      client_secret: 'secret-of-the-client',
    });
  });

  test('is asked for once by all who need it at once', async () => {
    const { headers } = bench.partnerWith(oauth2({ scopes: [] }), CLIENT);

    const all = await Promise.all([headers(), headers(), headers(), headers()]);

    expect(bench.asked).toHaveLength(1);
    expect(new Set(all.map((each) => JSON.stringify(each))).size).toBe(1);
  });

  test('is kept for 80 % of its life, and renewed then', async () => {
    const { headers } = bench.partnerWith(oauth2({ scopes: [] }), CLIENT);
    bench.answer = granted(100);
    await headers();

    bench.pass(79);
    const kept = await headers();
    bench.pass(2);
    const renewed = await headers();

    expect([kept, renewed]).toEqual([
      { Authorization: 'Bearer token-number-1' },
      { Authorization: 'Bearer token-number-2' },
    ]);
  });

  test('that cannot be renewed is used until its life is over, and not after it', async () => {
    const { headers } = bench.partnerWith(oauth2({ scopes: [] }), CLIENT);
    bench.answer = granted(100);
    await headers();
    bench.answer = json(503, '');

    bench.pass(99);
    const last = await headers();
    bench.pass(2);

    expect([last, await headers()]).toEqual([{ Authorization: 'Bearer token-number-1' }, 'unavailable']);
  });

  test('that the partner has answered 401 to is renewed once, with the secret as it is now', async () => {
    const { secret, headers } = bench.partnerWith(
      oauth2({ scopes: [], clientAuthentication: 'post' }),
      CLIENT,
    );
    await headers();
    bench.secrets.put(secret, '{"clientId":"holdfast","clientSecret":"key-of-the-next"}');

    const renewed = await headers({ renew: true });

    expect(renewed).toEqual({ Authorization: 'Bearer token-number-2' });
    expect(bench.asked.map(({ form }) => form.get('client_secret'))).toEqual([
      'secret-of-the-client',
      'key-of-the-next',
    ]);
    expect(await headers()).toEqual(renewed);
    expect(bench.asked).toHaveLength(2);
  });

  test('whose life is not said is asked for again after four minutes', async () => {
    const { headers } = bench.partnerWith(oauth2({ scopes: [] }), CLIENT);
    bench.answer = json(200, { access_token: 'token-number-x', token_type: 'bearer' });
    await headers();
    bench.pass(239);
    await headers();
    bench.pass(2);
    await headers();

    expect(bench.asked).toHaveLength(2);
  });

  const told = 'secret-of-the-client is not known here';
  test.each<[string, Answer, string]>([
    ['answers 401', json(401, { error: 'invalid_client', error_description: told }), '401 invalid_client'],
    [
      'answers 401 with a challenge',
      json(401, told, { 'WWW-Authenticate': `Basic realm="${told.replaceAll(' ', '-')}"` }),
      'WWWAuthenticateChallengeError',
    ],
    ['answers 400 with an error of its own', json(400, { error: told }), '400 with an error of its own'],
    ['answers 500', json(500, told), 'OAUTH_RESPONSE_IS_NOT_CONFORM'],
    [
      'answers HTML',
      (response) => void response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<p>${told}`),
      'OAUTH_RESPONSE_IS_NOT_JSON',
    ],
    ['answers garbage', json(200, `{"access_token": ${told}`), 'OAUTH_PARSE_ERROR'],
    ['answers nothing', json(200, ''), 'OAUTH_PARSE_ERROR'],
    ['answers an array', json(200, [told]), 'OAUTH_INVALID_RESPONSE'],
    ['answers null', json(200, 'null'), 'OAUTH_INVALID_RESPONSE'],
    ['answers without a token', json(200, { token_type: 'bearer', told }), 'OAUTH_INVALID_RESPONSE'],
    ['answers a token of another type', granted(100, { token_type: 'mac' }), 'UnsupportedOperationError'],
    ['answers a token bound to a key', granted(100, { token_type: 'DPoP' }), 'TypeError'],
    [
      'answers a token that no header carries',
      granted(100, { access_token: 'token-number-1\r\nX-Admin: 1' }),
      'TypeError',
    ],
    ['answers a life below zero', granted(-1), 'OAUTH_INVALID_RESPONSE'],
    ['answers more than 64 KB', granted(100, { padding: 'x'.repeat(65_536) }), 'RangeError'],
    ['redirects', json(307, '', { Location: 'http://127.0.0.1:9/token' }), 'OAUTH_RESPONSE_IS_NOT_CONFORM'],
    ['drops the connection', (response) => void response.destroy(), 'TypeError'],
    ['says nothing', () => undefined, 'TimeoutError'],
    [
      'drips its answer',
      (response) =>
        void response.writeHead(200, { 'Content-Type': 'application/json' }).write('{"access_token":'),
      'TimeoutError',
    ],
  ])('is unavailable where its endpoint %s, and the log says why in our words', async (_, fault, why) => {
    // What answers is waited for, however busy the machine is.
    const patience = why === 'TimeoutError' ? 2_000 : 20_000;
    const { name, headers } = bench.partnerWith(oauth2({ scopes: [] }), CLIENT, patience);
    bench.answer = fault;

    expect(await headers()).toBe('unavailable');
    expect(bench.asked).toHaveLength(1);
    expect(JSON.parse(bench.logged.trim().split('\n').at(-1) ?? '')).toMatchObject({
      message: 'no credentials',
      partner: name,
      reason: expect.stringContaining(why),
    });
    bench.answer = granted();
    expect(await headers()).toMatchObject({ Authorization: expect.stringMatching(/^Bearer token-number-/) });
  });

  test('is unavailable where nothing listens at its endpoint', async () => {
    const { name, headers } = bench.partnerWith(oauth2({ scopes: [] }), CLIENT);
    process.env.PARTNER_TOKEN_URLS = JSON.stringify({ [name]: 'http://127.0.0.1:9/token' });

    expect(await headers()).toBe('unavailable');
  });
});
