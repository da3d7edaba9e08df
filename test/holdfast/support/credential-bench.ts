import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest } from '@jest/globals';
import type { Credentials } from '../../../lib/holdfast/core/partners/credentials.ts';
import type { Partner } from '../../../lib/holdfast/core/partners/define-partner.ts';
import { partnerSecretName } from '../../../lib/holdfast/core/partners/partner-secrets.ts';
import { LocalSecrets } from '../../../lib/holdfast/local/partners/secrets.ts';
import type { authorization as Authorization } from '../../../lib/holdfast/runtime/partners/partner-credentials.ts';
import service from '../../../lib/service.ts';
import registeredCredentials from './registered-credentials.ts';

const STAGE = 'production';

/** Everything that must never be in a log. */
const KEYS = [
  'key-of-the-first',
  'key-of-the-next',
  'password-of-alice',
  'secret-of-the-client',
  'token-number-',
];

/** The value of a secret for OAuth 2. */
export const CLIENT = JSON.stringify({ clientId: 'holdfast', clientSecret: 'secret-of-the-client' });

/** A request for a token. */
export interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly form: URLSearchParams;
}

/** What a token endpoint does with its nth request. */
export type Answer = (response: ServerResponse, nth: number) => void;

/** Answers so, whatever is asked. */
export const json =
  (status: number, body: unknown, headers: object = {}): Answer =>
  (response) =>
    void response
      .writeHead(status, { 'Content-Type': 'application/json', ...headers })
      .end(typeof body === 'string' ? body : JSON.stringify(body));

/** Gives a token for so long, each time another one. */
export const granted =
  (seconds = 3_600, rest: object = {}): Answer =>
  (response, nth) =>
    json(200, { access_token: `token-number-${nth}`, token_type: 'Bearer', expires_in: seconds, ...rest })(
      response,
      nth,
    );

/** The source of credentials itself, over a Secrets Manager and a token endpoint on loopback; its clock is the test's. */
export interface CredentialBench {
  readonly secrets: LocalSecrets;
  answer: Answer;
  asked: Asked[];
  /** What has been logged in this test. */
  logged: string;
  authorization: typeof Authorization;
  /** Time goes on. */
  pass(seconds: number): void;
  /** A partner of its own for each test, since what is known of one is kept. */
  partnerWith(
    credentials: Credentials,
    value?: string,
    timeoutMs?: number,
  ): {
    readonly name: string;
    readonly secret: string;
    headers(options?: { renew?: boolean; signal?: AbortSignal }): ReturnType<typeof Authorization>;
  };
}

/** Starts it for a file of tests. After each test, none of the secrets that it used may be in the log. */
export function credentialBench(): CredentialBench {
  let clock = Date.parse('2026-11-01T12:00:00Z');
  let partners = 0;
  let tokenUrl = '';
  const { stdout, stderr } = process;
  const write = { stdout: stdout.write, stderr: stderr.write };
  const bench: CredentialBench = {
    secrets: new LocalSecrets(),
    answer: granted(),
    asked: [],
    logged: '',
    authorization: async () => 'unavailable',
    pass(seconds) {
      clock += seconds * 1000;
    },
    partnerWith(credentials, value, timeoutMs = 2_000) {
      const name = `partner-${++partners}`;
      const secret = partnerSecretName({ prefix: service.prefix, stage: STAGE }, name, 'credentials');
      const metadata = { holdfast: { partner: name, use: 'credentials' } };
      const type = 'AWS::SecretsManager::Secret';
      bench.secrets.update([{ logicalId: name, type, properties: { Name: secret }, metadata }], () => value);
      process.env.PARTNER_TOKEN_URLS = JSON.stringify({ [name]: tokenUrl });
      const partner = { name, credentials, timeoutMs } as Partner;
      return {
        name,
        secret,
        headers: (options = {}) =>
          bench.authorization(partner, { signal: AbortSignal.timeout(timeoutMs), ...options }),
      };
    },
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    bench.asked.push({ headers: request.headers, form });
    bench.answer(response, bench.asked.length);
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    tokenUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
    Object.assign(process.env, {
      STAGE,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: await bench.secrets.listen(),
      POWERTOOLS_LOG_LEVEL: 'DEBUG',
    });
    const credentials = await import('../../../lib/holdfast/runtime/partners/partner-credentials.ts');
    credentials.provideCredentials(registeredCredentials);
    bench.authorization = credentials.authorization;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await bench.secrets.close();
  });
  beforeEach(() => {
    Object.assign(bench, { asked: [], answer: granted(), logged: '' });
    jest.spyOn(Date, 'now').mockImplementation(() => clock);
    const keep = (chunk: unknown) => {
      bench.logged += String(chunk);
      return true;
    };
    stdout.write = keep as typeof stdout.write;
    stderr.write = keep as typeof stderr.write;
  });
  afterEach(() => {
    Object.assign(stdout, { write: write.stdout });
    Object.assign(stderr, { write: write.stderr });
    jest.restoreAllMocks();
    expect(KEYS.filter((key) => bench.logged.includes(key))).toEqual([]);
  });
  return bench;
}
