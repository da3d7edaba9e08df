import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { accessTokenVerifier, InvalidToken } from '../../../lib/holdfast/runtime/http/access-token.ts';

const ISSUER = 'https://issuer.example';
const AUDIENCE = 'holdfast';

const own = await generateKeyPair('ES256');
const strange = await generateKeyPair('ES256');
const now = Math.floor(Date.now() / 1000);

/** A JWKS endpoint whose answer a test may change. */
let server: Server;
let fetches = 0;
let answer: () => { status: number; body: string };
const good = async () =>
  JSON.stringify({ keys: [{ ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'ES256', use: 'sig' }] });

beforeAll(async () => {
  const body = await good();
  answer = () => ({ status: 200, body });
  server = createServer((_, response) => {
    fetches++;
    const { status, body: text } = answer();
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const verifier = (jwksUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`) =>
  accessTokenVerifier({
    issuer: ISSUER,
    audience: AUDIENCE,
    jwksUri,
    claims: { tenant: 'tenant', subject: 'sub', client: 'client_id', scopes: 'scope' },
  });

const valid: JWTPayload = {
  iss: ISSUER,
  aud: AUDIENCE,
  sub: 'alice',
  tenant: 'acme',
  scope: 'payouts:read payouts:create',
  exp: now + 600,
};

const sign = (payload: JWTPayload, { key = own.privateKey, kid = 'own' } = {}) =>
  new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid }).sign(key);

const without = (claim: string) =>
  Object.fromEntries(Object.entries(valid).filter(([name]) => name !== claim));

const segment = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('an access token', () => {
  test('that is valid says who asks, for which tenant, with which scopes, until when', async () => {
    const token = await sign(valid);

    const read = await verifier()(token);

    expect(read).toEqual({
      subject: 'alice',
      tenant: 'acme',
      client: 'unnamed',
      scopes: 'payouts:read payouts:create',
      expiresAt: now + 600,
    });
  });

  test('without scopes has none', async () => {
    const token = await sign(without('scope'));

    const read = await verifier()(token);

    expect(read.scopes).toBe('');
  });

  test.each([
    ['of another issuer', () => sign({ ...valid, iss: 'https://other.example' })],
    ['for another audience', () => sign({ ...valid, aud: 'other' })],
    ['that has expired', () => sign({ ...valid, exp: now - 60 })],
    ['that is not valid yet', () => sign({ ...valid, nbf: now + 60 })],
    ['that never expires', () => sign(without('exp'))],
    ['without a subject', () => sign(without('sub'))],
    ['without a tenant', () => sign(without('tenant'))],
    ['whose tenant is empty', () => sign({ ...valid, tenant: '' })],
    ['whose tenant is too long', () => sign({ ...valid, tenant: 'x'.repeat(129) })],
    ['whose tenant is no string', () => sign({ ...valid, tenant: ['acme'] })],
    ['signed with a strange key', () => sign(valid, { key: strange.privateKey })],
    [
      'signed with a key that the issuer does not publish',
      () => sign(valid, { key: strange.privateKey, kid: 'x' }),
    ],
    ['that is not signed', async () => `${segment({ alg: 'none' })}.${segment(valid)}.`],
    // RFC 8725 2.1: the public key, taken as a shared secret.
    [
      'signed with the public key as a secret',
      async () =>
        new SignJWT(valid)
          .setProtectedHeader({ alg: 'HS256', kid: 'own' })
          .sign(new TextEncoder().encode(await exportSPKI(own.publicKey))),
    ],
    ['that is no token', async () => 'a.b.c'],
    ['that is empty', async () => ''],
  ])('%s is not valid', async (_, make) => {
    const token = await make();

    await expect(verifier()(token)).rejects.toBeInstanceOf(InvalidToken);
  });
});

describe('the claims of a token', () => {
  const { scope: _, ...bare } = valid;
  const claims = { tenant: 'tenant', subject: 'sub', client: 'client_id', scopes: 'scp' };
  const reader = (paths: object = {}) =>
    accessTokenVerifier({
      issuer: ISSUER,
      audience: AUDIENCE,
      jwksUri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      claims: { ...claims, ...paths },
    });

  test.each([
    [['payouts:read', 'payouts:create'], 'payouts:read payouts:create'],
    ['payouts:read payouts:create', 'payouts:read payouts:create'],
    [['payouts:read payouts:create', 'payouts:read'], 'payouts:read payouts:create'],
    ['  payouts:read  payouts:read ', 'payouts:read'],
    [['payouts:read'], 'payouts:read'],
    [[], ''],
    [[''], ''],
    ['', ''],
    [undefined, ''],
  ])('D1: scopes are a list, or one text with spaces, each once: %j', async (scp, scopes) => {
    const token = await sign({ ...bare, scp });

    expect((await reader()(token)).scopes).toBe(scopes);
  });

  test.each([
    ['https://acme.example/tenant', { 'https://acme.example/tenant': 'acme', tenant: 'other' }],
    ['acme.tenant', { 'acme.tenant': 'acme', acme: { tenant: 'other' } }],
    [['acme', 'tenant'], { acme: { tenant: 'acme' }, 'acme.tenant': 'other' }],
    [['https://acme.example/', 'tenant'], { 'https://acme.example/': { tenant: 'acme' } }],
  ])(
    'D1: a claim is found by its name as it stands, or by the names that lead to it: %j',
    async (path, own) => {
      const token = await sign({ ...bare, ...own });

      expect((await reader({ tenant: path })(token)).tenant).toBe('acme');
    },
  );

  test('D1: a tenant may hold what separates the parts of keys', async () => {
    const token = await sign({ ...bare, tenant: 'a#b/c%23' });

    expect((await reader()(token)).tenant).toBe('a#b/c%23');
  });

  test.each<[object, object, string]>([
    [{ tenant: undefined }, {}, 'claim tenant is missing; it needs to be a text of 1 to 128 characters'],
    [{ tenant: '' }, {}, 'claim tenant is empty; it needs'],
    [{ tenant: 42 }, {}, 'claim tenant is a number; it needs'],
    [{ tenant: null }, {}, 'claim tenant is null; it needs'],
    [{ tenant: true }, {}, 'claim tenant is a boolean; it needs'],
    [{ tenant: ['acme'] }, {}, 'claim tenant is a list of 1; it needs'],
    [{ tenant: { id: 'acme' } }, {}, 'claim tenant is an object; it needs'],
    [{ tenant: 'x'.repeat(5_000) }, {}, 'claim tenant is a text of 5000 characters; it needs'],
    [{ tenant: '\ud800' }, {}, 'claim tenant is a text that hides a character; it needs'],
    [{ sub: undefined }, {}, 'claim sub is missing; it needs to be a text of 1 to 128 characters'],
    [{}, { subject: 'client_id' }, 'claim client_id is missing; it needs'],
    [{}, { tenant: 'constructor' }, 'claim constructor is missing; it needs'],
    [{}, { tenant: ['acme', 'tenant'] }, 'claim acme > tenant is missing; it needs'],
    [
      { scp: 7 },
      {},
      'claim scp is a number; it needs to be a list of texts, or one text with a space between scopes',
    ],
    [{ scp: null }, {}, 'claim scp is null; it needs'],
    [{ scp: { read: true } }, {}, 'claim scp is an object; it needs'],
    [{ scp: ['payouts:read', 7] }, {}, 'claim scp is a list with a number in it; it needs'],
    [{ scp: [['payouts:read']] }, {}, 'claim scp is a list with a list of 1 in it; it needs'],
  ])(
    'D1: %j read by %j is refused by the name of the claim and by what was found there',
    async (own, paths, why) => {
      const token = await sign({ ...bare, ...own });

      const refused = await reader(paths)(token).catch((error: unknown) => error);

      expect(refused).toBeInstanceOf(InvalidToken);
      const reason = String((refused as InvalidToken).cause);
      expect(reason).toContain(why);
      expect(reason.length).toBeLessThan(200);
      expect(reason).not.toMatch(/acme'|alice|xxx/);
    },
  );
});

describe('an access token of a user pool', () => {
  const CLIENT = 'abc123';
  const own = { iss: ISSUER, sub: CLIENT, client_id: CLIENT, token_use: 'access', exp: now + 600 };
  const verifyPool = () =>
    accessTokenVerifier({
      issuer: ISSUER,
      jwksUri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      clients: { [CLIENT]: 'acme' },
      scopePrefix: 'holdfast/',
    });

  test('says its client’s tenant, and the scopes of this API without what Cognito puts before them', async () => {
    const token = await sign({
      ...own,
      scope: 'holdfast/payouts:* aws.cognito.signin.user.admin holdfast/operations:read',
    });

    const read = await verifyPool()(token);

    expect(read).toEqual({
      subject: CLIENT,
      tenant: 'acme',
      client: CLIENT,
      scopes: 'payouts:* operations:read',
      expiresAt: now + 600,
    });
  });

  test.each([
    ['of a client of another API', { client_id: 'other' }],
    ['of a client named like a member of every object', { client_id: 'constructor' }],
    ['without a client', { client_id: undefined }],
    ['that is an ID token', { token_use: 'id' }],
    ['of another pool', { iss: 'https://other.example' }],
    ['that has expired', { exp: now - 60 }],
  ])('%s is not valid', async (_, claims) => {
    const token = await sign({ ...own, ...claims });

    await expect(verifyPool()(token)).rejects.toBeInstanceOf(InvalidToken);
  });
});

describe('keys that cannot be had', () => {
  test.each([
    ['a 500', () => ({ status: 500, body: '' })],
    ['a page', () => ({ status: 200, body: '<html>' })],
    ['no keys', () => ({ status: 200, body: '{}' })],
  ])('since the issuer answers with %s, are not the token’s fault', async (_, broken) => {
    const before = answer;
    answer = broken;

    const refused = await verifier()(await sign(valid)).catch((error: unknown) => error);
    answer = before;

    expect(refused).toHaveProperty('message');
    expect(refused).not.toBeInstanceOf(InvalidToken);
  });

  test('since nobody listens there, are not the token’s fault', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));

    const refused = await verifier(`http://127.0.0.1:${port}/`)(await sign(valid)).catch(
      (error: unknown) => error,
    );

    expect(refused).toHaveProperty('message', 'fetch failed');
    expect(refused).not.toBeInstanceOf(InvalidToken);
  });

  test('are fetched once, and not for every unknown key', async () => {
    const verify = verifier();
    const before = fetches;
    for (let i = 0; i < 5; i++) await verify(await sign(valid));
    for (let i = 0; i < 5; i++)
      await verify(await sign(valid, { kid: `unknown-${i}` })).catch(() => undefined);

    expect(fetches - before).toBe(1);
  });
});
