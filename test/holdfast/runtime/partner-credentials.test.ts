import { describe, expect, jest, test } from '@jest/globals';
import {
  apiKey,
  basic,
  bearer,
  type Credentials,
  oauth2,
} from '../../../lib/holdfast/core/partners/credentials.ts';
import type { Partner } from '../../../lib/holdfast/core/partners/define-partner.ts';
import { madeUpCredentials } from '../../../lib/holdfast/local/partners/made-up-secrets.ts';
import { answerTokenRequest, isProven } from '../../../lib/holdfast/local/partners/simulated-access.ts';
import { type Asked, CLIENT, credentialBench, json } from '../support/credential-bench.ts';

const bench = credentialBench();

describe('A7: the headers of a call', () => {
  test.each<[string, Credentials, string, object]>([
    [
      'a key in the partner’s header',
      apiKey({ header: 'X-Api-Key' }),
      'key-of-the-first',
      { 'X-Api-Key': 'key-of-the-first' },
    ],
    [
      'a key after a prefix',
      apiKey({ header: 'Authorization', prefix: 'Token ' }),
      'key-of-the-first',
      { Authorization: 'Token key-of-the-first' },
    ],
    ['a bearer token', bearer(), 'key-of-the-first', { Authorization: 'Bearer key-of-the-first' }],
    [
      'a key whose file ends in a line break',
      bearer(),
      'key-of-the-first\n',
      { Authorization: 'Bearer key-of-the-first' },
    ],
    [
      'user and password, in UTF-8',
      basic(),
      '{"username":"alice","password":"password-of-alice:ü"}',
      { Authorization: `Basic ${Buffer.from('alice:password-of-alice:ü').toString('base64')}` },
    ],
  ])('are %s', async (_, credentials, value, headers) => {
    expect(await bench.partnerWith(credentials, value).headers()).toEqual(headers);
  });

  test('are none where the partner asks for none, and no secret is read', async () => {
    const partner = { name: 'plain' } as Partner;

    expect(await bench.authorization(partner, { signal: AbortSignal.timeout(1_000) })).toEqual({});
  });

  test.each<[string, Credentials, string | undefined]>([
    ['has no value', bearer(), undefined],
    ['holds blanks alone', bearer(), ' \n'],
    ['holds two lines', bearer(), 'key-of-the-first\nkey-of-the-next'],
    ['holds other characters than ASCII', apiKey({ header: 'X-Api-Key' }), 'key-of-the-first-ü'],
    ['holds no JSON where it should', basic(), 'alice:password-of-alice'],
    ['holds other JSON than it should', basic(), '{"user":"alice","pass":"password-of-alice"}'],
    ['holds a user name that ends early', basic(), '{"username":"ali:ce","password":"password-of-alice"}'],
    ['holds no client', oauth2({ scopes: [] }), '"secret-of-the-client"'],
  ])(
    'are unavailable while the secret %s, and the log says by which command that is mended',
    async (_, credentials, value) => {
      const { name, headers } = bench.partnerWith(credentials, value);

      expect(await headers()).toBe('unavailable');
      expect(bench.logged).toContain(
        `aws secretsmanager put-secret-value --secret-id holdfast/production/partners/${name}/credentials --secret-string file://${name}.secret`,
      );
      expect(bench.asked).toHaveLength(0);
    },
  );

  test('are unavailable where the secret is missing', async () => {
    const partner = { name: 'forgotten', credentials: bearer(), timeoutMs: 1_000 } as Partner;

    expect(await bench.authorization(partner, { signal: AbortSignal.timeout(1_000) })).toBe('unavailable');
    expect(bench.logged).toContain('secret holdfast/production/partners/forgotten/credentials has no value');
  });

  test('are there as soon as the secret has a value', async () => {
    const { secret, headers } = bench.partnerWith(bearer());
    const before = await headers();

    bench.secrets.put(secret, 'key-of-the-first');

    expect([before, await headers()]).toEqual(['unavailable', { Authorization: 'Bearer key-of-the-first' }]);
  });

  test('are unavailable once the call’s time is up, whatever is still under way', async () => {
    const { headers } = bench.partnerWith(oauth2({ scopes: [] }), CLIENT);
    bench.answer = () => undefined;

    expect(await headers({ signal: AbortSignal.timeout(50) })).toBe('unavailable');
    expect(await headers({ signal: AbortSignal.abort() })).toBe('unavailable');
  });
});

describe('A7: a secret that is rotated without a deployment', () => {
  test('is read again when the partner has answered 401', async () => {
    const { secret, headers } = bench.partnerWith(bearer(), 'key-of-the-first');
    await headers();
    bench.secrets.put(secret, 'key-of-the-next');

    const known = await headers();
    const renewed = await headers({ renew: true });
    const after = await headers();

    expect(known).toEqual({ Authorization: 'Bearer key-of-the-first' });
    expect(renewed).toEqual({ Authorization: 'Bearer key-of-the-next' });
    expect(after).toEqual(renewed);
  });

  test('is known after five minutes, even if no call has failed', async () => {
    const { secret, headers } = bench.partnerWith(bearer(), 'key-of-the-first');
    await headers();
    bench.secrets.put(secret, 'key-of-the-next');

    bench.pass(301);

    expect(await headers()).toEqual({ Authorization: 'Bearer key-of-the-next' });
  });
});

describe('A7: a simulated partner', () => {
  const schemes: readonly Credentials[] = [
    apiKey({ header: 'X-Api-Key', prefix: 'Key ' }),
    bearer(),
    basic(),
    oauth2({ scopes: ['payments'] }),
    oauth2({ scopes: [], clientAuthentication: 'post' }),
  ];

  test.each(schemes)(
    'lets calls in by what its local secret holds, and no others: %j',
    async (credentials) => {
      const { name, secret, headers } = bench.partnerWith(credentials);
      bench.secrets.put(secret, madeUpCredentials(name, credentials.kind));
      const door = { partner: name, credentials };
      bench.answer = (response) => {
        const { headers: sent, form } = bench.asked.at(-1) as Asked;
        const { status, body } = answerTokenRequest(door, sent, form.toString());
        json(status, body)(response, 0);
      };

      const given = Object.entries(await headers()).map(([header, value]) => [header.toLowerCase(), value]);

      expect(isProven(door, Object.fromEntries(given))).toBe(true);
      expect(isProven(door, {})).toBe(false);
      expect(isProven({ partner: 'another', credentials }, Object.fromEntries(given))).toBe(false);
    },
  );

  test('gives no token to a client that it does not know, and none for other scopes', async () => {
    const credentials = oauth2({ scopes: ['payments'] });
    const door = { partner: 'bank', credentials };
    const { clientId, clientSecret } = JSON.parse(madeUpCredentials('bank', 'oauth2'));
    const authorized = (secret: string) => ({
      authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
    });
    const form = 'grant_type=client_credentials&scope=';

    expect(answerTokenRequest(door, authorized('wrong'), `${form}payments`).status).toBe(401);
    expect(answerTokenRequest(door, {}, `${form}payments`).status).toBe(401);
    expect(answerTokenRequest(door, authorized(clientSecret), `${form}all`).status).toBe(400);
    expect(answerTokenRequest(door, authorized(clientSecret), `${form}payments`).status).toBe(200);
  });
});

describe('A7: Secrets Manager', () => {
  test('that cannot be reached leaves a call without credentials, and so unsent', async () => {
    const { SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
    const send = jest.spyOn(SecretsManagerClient.prototype, 'send');
    send.mockImplementation(async () => {
      throw Object.assign(new Error('key-of-the-first cannot be told'), { name: 'InternalServiceError' });
    });
    const { headers } = bench.partnerWith(bearer(), 'key-of-the-first');

    expect(await headers()).toBe('unavailable');
    expect(bench.logged).toContain('InternalServiceError');
  });
});
