import { createHash, timingSafeEqual } from 'node:crypto';
import type { Credentials } from '../../core/partners/credentials.ts';
import { madeUpCredentials } from './made-up-secrets.ts';

/** A token of a simulated partner lives as long as most do. */
const TOKEN_SECONDS = 3_600;

/** Every value of a header field, by its name in lower case. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What a simulated partner lets in: calls with the credentials that the local cloud has put into its secret. */
interface Door {
  readonly partner: string;
  readonly credentials?: Credentials | undefined;
}

/** Whether a call proves itself as the partner asks. */
export function isProven({ partner, credentials }: Door, headers: RequestHeaders): boolean {
  if (credentials === undefined) return true;
  const [header, value] = proofOf(partner, credentials);
  return isSame(String(headers[header.toLowerCase()] ?? ''), value);
}

/** The header field that a simulated partner lets a call in by: its name, and its value. */
export function proofOf(partner: string, credentials: Credentials): readonly [string, string] {
  const value = madeUpCredentials(partner, credentials.kind);
  switch (credentials.kind) {
    case 'api-key':
      return [credentials.header, `${credentials.prefix}${value}`];
    case 'bearer':
      return ['Authorization', `Bearer ${value}`];
    case 'basic': {
      const { username, password } = JSON.parse(value);
      return ['Authorization', basic(username, password)];
    }
    case 'oauth2':
      return ['Authorization', `Bearer ${tokenOf(partner)}`];
  }
}

const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

const digest = (text: string) => createHash('sha256').update(text).digest();

const isSame = (given: string, wanted: string) => timingSafeEqual(digest(given), digest(wanted));

const tokenOf = (partner: string) => digest(`token of ${partner}`).toString('hex');

/** What a token endpoint answers (RFC 6749 5). */
export interface TokenAnswer {
  readonly status: number;
  readonly body: object;
}

/** The token endpoint of a simulated partner: `POST /tokens/{partner}`, with the client in the header or in the body. */
export function answerTokenRequest(
  { partner, credentials }: Door,
  headers: RequestHeaders,
  text: string,
): TokenAnswer {
  if (credentials?.kind !== 'oauth2') return { status: 404, body: {} };
  const form = new URLSearchParams(text);
  const wanted = JSON.parse(madeUpCredentials(partner, 'oauth2'));
  const [id, secret] =
    credentials.clientAuthentication === 'post'
      ? [form.get('client_id'), form.get('client_secret')]
      : basicClient(String(headers.authorization ?? ''));
  const isClient = isSame(`${id}:${secret}`, `${wanted.clientId}:${wanted.clientSecret}`);
  if (!isClient) return { status: 401, body: { error: 'invalid_client' } };
  if (form.get('grant_type') !== 'client_credentials')
    return { status: 400, body: { error: 'unsupported_grant_type' } };
  if ((form.get('scope') ?? '') !== credentials.scopes.join(' '))
    return { status: 400, body: { error: 'invalid_scope' } };
  return {
    status: 200,
    body: { access_token: tokenOf(partner), token_type: 'Bearer', expires_in: TOKEN_SECONDS },
  };
}

/** RFC 6749 2.3.1: each is encoded as in a form, and both together as RFC 7617 says. */
const basicClient = (authorization: string): readonly string[] =>
  Buffer.from(authorization.replace(/^Basic /, ''), 'base64')
    .toString()
    .split(':')
    .map((part) => new URLSearchParams(`part=${part}`).get('part') ?? '');
