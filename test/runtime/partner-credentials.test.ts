import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { apiKey, basic, bearer, type Credentials, oauth2 } from '../../functions/core/credentials.ts';
import type { Partner } from '../../functions/core/define-partner.ts';
import { partnerSecretName } from '../../functions/core/partner-secrets.ts';
import type { authorization as Authorization } from '../../functions/runtime/partner-credentials.ts';
import { madeUpCredentials } from '../../lib/local/made-up-secrets.ts';
import { LocalSecrets } from '../../lib/local/secrets.ts';
import { answerTokenRequest, isProven } from '../../lib/local/simulated-access.ts';
import registeredCredentials from '../support/registered-credentials.ts';

const STAGE = 'production';

/** Everything that must never be in a log. */
const KEYS = [
  'key-of-the-first',
  'key-of-the-next',
  'password-of-alice',
  'secret-of-the-client',
  'token-number-',
];

interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly form: URLSearchParams;
}

type Answer = (response: ServerResponse, nth: number) => void;

const json =
  (status: number, body: unknown, headers: object = {}): Answer =>
  (response) =>
    void response
      .writeHead(status, { 'Content-Type': 'application/json', ...headers })
      .end(typeof body === 'string' ? body : JSON.stringify(body));

const granted =
  (seconds: number | undefined = 3600, rest: object = {}): Answer =>
  (response, nth) =>
    json(200, { access_token: `token-number-${nth}`, token_type: 'Bearer', expires_in: seconds, ...rest })(
      response,
      nth,
    );

const secrets = new LocalSecrets();
let answer: Answer = granted();
let asked: Asked[] = [];
const tokenServer = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  asked.push({ headers: request.headers, form: new URLSearchParams(Buffer.concat(chunks).toString()) });
  answer(response, asked.length);
});
let tokenUrl: string;
let authorization: typeof Authorization;
let clock = Date.parse('2026-11-01T12:00:00Z');
let logged = '';
const { stdout, stderr } = process;
const write = { stdout: stdout.write, stderr: stderr.write };

beforeAll(async () => {
  await new Promise<void>((resolve) => tokenServer.listen(0, '127.0.0.1', resolve));
  tokenUrl = `http://127.0.0.1:${(tokenServer.address() as AddressInfo).port}/token`;
  Object.assign(process.env, {
    STAGE,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: await secrets.listen(),
    POWERTOOLS_LOG_LEVEL: 'DEBUG',
  });
  const credentials = await import('../../functions/runtime/partner-credentials.ts');
  credentials.provideCredentials(registeredCredentials);
  authorization = credentials.authorization;
});
afterAll(async () => {
  tokenServer.closeAllConnections();
  tokenServer.close();
  await secrets.close();
});

beforeEach(() => {
  asked = [];
  answer = granted();
  logged = '';
  jest.spyOn(Date, 'now').mockImplementation(() => clock);
  const keep = (chunk: unknown) => {
    logged += String(chunk);
    return true;
  };
  stdout.write = keep as typeof stdout.write;
  stderr.write = keep as typeof stderr.write;
});
afterEach(() => {
  Object.assign(stdout, { write: write.stdout });
  Object.assign(stderr, { write: write.stderr });
  jest.restoreAllMocks();
  expect(KEYS.filter((key) => logged.includes(key))).toEqual([]);
});

let partners = 0;

/** A partner of its own for each test, since what is known of one is kept. */
function partnerWith(credentials: Credentials, value?: string, timeoutMs = 2_000) {
  const name = `partner-${++partners}`;
  const secret = partnerSecretName(STAGE, name, 'credentials');
  const metadata = { holdfast: { partner: name, use: 'credentials' } };
  secrets.update(
    [{ logicalId: name, type: 'AWS::SecretsManager::Secret', properties: { Name: secret }, metadata }],
    () => value,
  );
  process.env.PARTNER_TOKEN_URLS = JSON.stringify({ [name]: tokenUrl });
  const partner = { name, credentials, timeoutMs } as Partner;
  return {
    name,
    secret,
    headers: (options: { renew?: boolean; signal?: AbortSignal } = {}) =>
      authorization(partner, { signal: AbortSignal.timeout(timeoutMs), ...options }),
  };
}

const CLIENT = JSON.stringify({ clientId: 'holdfast', clientSecret: 'secret-of-the-client' });
const seconds = (count: number) => {
  clock += count * 1000;
};

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
    expect(await partnerWith(credentials, value).headers()).toEqual(headers);
  });

  test('are none where the partner asks for none, and no secret is read', async () => {
    const partner = { name: 'plain' } as Partner;

    expect(await authorization(partner, { signal: AbortSignal.timeout(1_000) })).toEqual({});
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
      const { name, headers } = partnerWith(credentials, value);

      expect(await headers()).toBe('unavailable');
      expect(logged).toContain(
        `aws secretsmanager put-secret-value --secret-id holdfast/production/partners/${name}/credentials --secret-string file://${name}.secret`,
      );
      expect(asked).toHaveLength(0);
    },
  );

  test('are unavailable where the secret is missing', async () => {
    const partner = { name: 'forgotten', credentials: bearer(), timeoutMs: 1_000 } as Partner;

    expect(await authorization(partner, { signal: AbortSignal.timeout(1_000) })).toBe('unavailable');
    expect(logged).toContain('secret holdfast/production/partners/forgotten/credentials has no value');
  });

  test('are there as soon as the secret has a value', async () => {
    const { secret, headers } = partnerWith(bearer());
    const before = await headers();

    secrets.put(secret, 'key-of-the-first');

    expect([before, await headers()]).toEqual(['unavailable', { Authorization: 'Bearer key-of-the-first' }]);
  });

  test('are unavailable once the call’s time is up, whatever is still under way', async () => {
    const { headers } = partnerWith(oauth2({ scopes: [] }), CLIENT);
    answer = () => undefined;

    expect(await headers({ signal: AbortSignal.timeout(50) })).toBe('unavailable');
    expect(await headers({ signal: AbortSignal.abort() })).toBe('unavailable');
  });
});

describe('A7: a secret that is rotated without a deployment', () => {
  test('is read again when the partner has answered 401', async () => {
    const { secret, headers } = partnerWith(bearer(), 'key-of-the-first');
    await headers();
    secrets.put(secret, 'key-of-the-next');

    const known = await headers();
    const renewed = await headers({ renew: true });
    const after = await headers();

    expect(known).toEqual({ Authorization: 'Bearer key-of-the-first' });
    expect(renewed).toEqual({ Authorization: 'Bearer key-of-the-next' });
    expect(after).toEqual(renewed);
  });

  test('is known after five minutes, even if no call has failed', async () => {
    const { secret, headers } = partnerWith(bearer(), 'key-of-the-first');
    await headers();
    secrets.put(secret, 'key-of-the-next');

    seconds(301);

    expect(await headers()).toEqual({ Authorization: 'Bearer key-of-the-next' });
  });
});

describe('A7: an OAuth 2 token', () => {
  test('is asked for by client credentials, with scopes and audience (RFC 6749 4.4)', async () => {
    const { headers } = partnerWith(
      oauth2({ scopes: ['payments', 'accounts'], audience: 'https://bank.example' }),
      CLIENT,
    );

    expect(await headers()).toEqual({ Authorization: 'Bearer token-number-1' });
    expect(Object.fromEntries(asked[0]?.form ?? [])).toEqual({
      grant_type: 'client_credentials',
      scope: 'payments accounts',
      audience: 'https://bank.example',
    });
    expect(asked[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from('holdfast:secret%2Dof%2Dthe%2Dclient').toString('base64')}`,
    );
  });

  test('is asked for with the client in the body, where the partner wants it there', async () => {
    const { headers } = partnerWith(oauth2({ scopes: [], clientAuthentication: 'post' }), CLIENT);

    await headers();

    expect(asked[0]?.headers.authorization).toBeUndefined();
    expect(Object.fromEntries(asked[0]?.form ?? [])).toEqual({
      grant_type: 'client_credentials',
      client_id: 'holdfast',
      client_secret: 'secret-of-the-client',
    });
  });

  test('is asked for once by all who need it at once', async () => {
    const { headers } = partnerWith(oauth2({ scopes: [] }), CLIENT);

    const all = await Promise.all([headers(), headers(), headers(), headers()]);

    expect(asked).toHaveLength(1);
    expect(new Set(all.map((each) => JSON.stringify(each))).size).toBe(1);
  });

  test('is kept for 80 % of its life, and renewed then', async () => {
    const { headers } = partnerWith(oauth2({ scopes: [] }), CLIENT);
    answer = granted(100);
    await headers();

    seconds(79);
    const kept = await headers();
    seconds(2);
    const renewed = await headers();

    expect([kept, renewed]).toEqual([
      { Authorization: 'Bearer token-number-1' },
      { Authorization: 'Bearer token-number-2' },
    ]);
  });

  test('that cannot be renewed is used until its life is over, and not after it', async () => {
    const { headers } = partnerWith(oauth2({ scopes: [] }), CLIENT);
    answer = granted(100);
    await headers();
    answer = json(503, '');

    seconds(99);
    const last = await headers();
    seconds(2);

    expect([last, await headers()]).toEqual([{ Authorization: 'Bearer token-number-1' }, 'unavailable']);
  });

  test('that the partner has answered 401 to is renewed once, with the secret as it is now', async () => {
    const { secret, headers } = partnerWith(oauth2({ scopes: [], clientAuthentication: 'post' }), CLIENT);
    await headers();
    secrets.put(secret, '{"clientId":"holdfast","clientSecret":"key-of-the-next"}');

    const renewed = await headers({ renew: true });

    expect(renewed).toEqual({ Authorization: 'Bearer token-number-2' });
    expect(asked.map(({ form }) => form.get('client_secret'))).toEqual([
      'secret-of-the-client',
      'key-of-the-next',
    ]);
    expect(await headers()).toEqual(renewed);
    expect(asked).toHaveLength(2);
  });

  test('whose life is not said is asked for again after four minutes', async () => {
    const { headers } = partnerWith(oauth2({ scopes: [] }), CLIENT);
    answer = json(200, { access_token: 'token-number-x', token_type: 'bearer' });
    await headers();
    seconds(239);
    await headers();
    seconds(2);
    await headers();

    expect(asked).toHaveLength(2);
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
    const { name, headers } = partnerWith(oauth2({ scopes: [] }), CLIENT, 500);
    answer = fault;

    expect(await headers()).toBe('unavailable');
    expect(asked).toHaveLength(1);
    expect(JSON.parse(logged.trim().split('\n').at(-1) ?? '')).toMatchObject({
      message: 'no credentials',
      partner: name,
      reason: expect.stringContaining(why),
    });
    answer = granted();
    expect(await headers()).toMatchObject({ Authorization: expect.stringMatching(/^Bearer token-number-/) });
  });

  test('is unavailable where nothing listens at its endpoint', async () => {
    const { name, headers } = partnerWith(oauth2({ scopes: [] }), CLIENT);
    process.env.PARTNER_TOKEN_URLS = JSON.stringify({ [name]: 'http://127.0.0.1:9/token' });

    expect(await headers()).toBe('unavailable');
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
      const { name, secret, headers } = partnerWith(credentials);
      secrets.put(secret, madeUpCredentials(name, credentials.kind));
      const door = { partner: name, credentials };
      answer = (response) => {
        const { headers: sent, form } = asked.at(-1) as Asked;
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
    const { headers } = partnerWith(bearer(), 'key-of-the-first');

    expect(await headers()).toBe('unavailable');
    expect(logged).toContain('InternalServiceError');
  });
});
