import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, jest, test } from '@jest/globals';
import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

const ISSUER = 'https://issuer.example';
const own = await generateKeyPair('ES256', { extractable: true });
const strange = await generateKeyPair('ES256');
const keys = JSON.stringify({
  keys: [{ ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'ES256', use: 'sig' }],
});

/** The issuer; while it is out, it answers nothing but 500. */
let out = false;
const issuer: Server = createServer((_, response) => {
  response.writeHead(out ? 500 : 200, { 'Content-Type': 'application/json' }).end(keys);
});
await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
afterAll(() => {
  issuer.closeAllConnections();
  issuer.close();
});

Object.assign(process.env, {
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  TOKEN_RULES: JSON.stringify({
    issuer: ISSUER,
    audience: 'holdfast',
    jwksUri: `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/`,
    claims: { tenant: 'tenant', subject: 'sub', client: 'azp', scopes: 'scope' },
  }),
});
const { handler } = await import('../../../lib/holdfast/runtime/entries/service/authorizer-entry.ts');

const METHOD = 'arn:aws:execute-api:eu-central-1:123456789012:a1b2c3/production/GET/payouts';
const STAGE = 'arn:aws:execute-api:eu-central-1:123456789012:a1b2c3/production/*';

const ask = (token: string) =>
  handler({ type: 'TOKEN', methodArn: METHOD, authorizationToken: `Bearer ${token}` });

const effects = ({ policyDocument: { Statement } }: APIGatewayAuthorizerResult) =>
  Statement.map((statement) => [statement.Effect, 'Resource' in statement && statement.Resource]);

const now = Math.floor(Date.now() / 1000);
const claims: JWTPayload = {
  iss: ISSUER,
  aud: 'holdfast',
  sub: 'alice',
  tenant: 'acme',
  scope: 'payouts:read',
  exp: now + 600,
};

const sign = (payload: JWTPayload, { key = own.privateKey, header = {} } = {}) =>
  new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'own', ...header }).sign(key);

const without = (claim: string) =>
  Object.fromEntries(Object.entries(claims).filter(([name]) => name !== claim));

const segment = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

const forged = (header: object) => `${segment(header)}.${segment(claims)}.AAAA`;

test.each<[string, () => string | Promise<string>]>([
  ['a single letter', () => 'x'],
  ['three letters with dots between', () => 'x.y.z'],
  ['dots alone', () => '..'],
  ['a megabyte of letters', () => 'x'.repeat(1_000_000)],
  ['a header that is no JSON', () => `${Buffer.from('{').toString('base64url')}.e30.AAAA`],
  ['a header that is a list', () => forged([])],
  ['a payload that is no JSON', async () => `${(await sign(claims)).split('.')[0]}.AAAA.AAAA`],
  ['no signature', () => `${segment({ alg: 'none' })}.${segment(claims)}.`],
  ['no algorithm', () => forged({ kid: 'own' })],
  ['an algorithm that is not known', () => forged({ alg: 'XS256', kid: 'own' })],
  ['an algorithm that does not fit the key', () => forged({ alg: 'RS256', kid: 'own' })],
  ['a curve that does not fit the key', () => forged({ alg: 'EdDSA', kid: 'own' })],
  ['an extension that must be understood', () => forged({ alg: 'ES256', kid: 'own', crit: ['x'], x: 1 })],
  ['a key id that is no text', () => forged({ alg: 'ES256', kid: 7 })],
  ['a key id of nobody', () => sign(claims, { header: { kid: 'nobody' } })],
  ['a signature of another key', () => sign(claims, { key: strange.privateKey })],
  ['a signature that is too short', () => forged({ alg: 'ES256', kid: 'own' })],
  [
    'a signature by the public key as a secret',
    async () =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', kid: 'own' })
        .sign(Buffer.from(await exportSPKI(own.publicKey))),
  ],
  ['another issuer', () => sign({ ...claims, iss: 'https://other.example' })],
  ['another audience', () => sign({ ...claims, aud: 'other' })],
  ['a time that is over', () => sign({ ...claims, exp: now - 3_600 })],
  ['a time that has not come', () => sign({ ...claims, nbf: now + 3_600 })],
  ['no end', () => sign(without('exp'))],
  ['no tenant', () => sign(without('tenant'))],
  ['a subject that is no text', () => sign({ ...claims, sub: { name: 'alice' } as never })],
])(
  'A2: a token with %s is refused by a policy for the whole stage, which Lambda counts as no error',
  async (_, token) => {
    const refused = await ask(await token());

    expect(effects(refused)).toEqual([['Deny', STAGE]]);
    expect(refused.context).toBeUndefined();
  },
);

test('a valid token is allowed the whole stage, and what it says is passed on as text', async () => {
  const allowed = await ask(await sign(claims));

  expect(effects(allowed)).toEqual([['Allow', STAGE]]);
  expect(allowed.context).toEqual({
    subject: 'alice',
    tenant: 'acme',
    client: 'unnamed',
    scopes: 'payouts:read',
    expiresAt: String(now + 600),
  });
});

test.each([
  ['mobile-app', 'mobile-app'],
  [undefined, 'unnamed'],
  ['', 'unnamed'],
  [7, 'unnamed'],
  [':mobile-app', 'unnamed'],
  ['mobile app', 'unnamed'],
  ['möbile', 'unnamed'],
  ['x'.repeat(129), 'unnamed'],
])(
  'a client that no metric can be counted by is unnamed, and its token as good as any: %j',
  async (azp, client) => {
    const allowed = await ask(await sign({ ...claims, azp }));

    expect(allowed.context).toMatchObject({ subject: 'alice', client });
  },
);

// Loaded anew, the function has no keys yet.
test('B6: keys that cannot be had are an error, which says nothing about the token', async () => {
  jest.resetModules();
  const { handler: fresh } = await import(
    '../../../lib/holdfast/runtime/entries/service/authorizer-entry.ts'
  );
  out = true;

  const asked = fresh({
    type: 'TOKEN',
    methodArn: METHOD,
    authorizationToken: `Bearer ${await sign(claims)}`,
  });

  await expect(asked).rejects.toThrow('the keys of the issuer cannot be had');
});
