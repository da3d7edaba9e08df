import {
  allowInsecureRequests,
  ClientSecretBasic,
  ClientSecretPost,
  clientCredentialsGrantRequest,
  customFetch,
  processClientCredentialsResponse,
  ResponseBodyError,
} from 'oauth4webapi';
import * as z from 'zod';
import type { Partner } from '../../core/partners/define-partner.ts';
import { environmentJson } from '../aws/environment.ts';
import { readBytes } from './partner-connection.ts';
import {
  type AuthorizationOptions,
  CredentialsUnavailable,
  type HeaderFields,
} from './partner-credentials.ts';
import { credentialsValue, readFields } from './secret-credentials.ts';

/** A token is renewed after this part of its life, so that none ends on its way. */
const RENEWED_AT = 0.8;

/** Of a token whose endpoint does not say how long it lives, which RFC 6749 5.1 only recommends. */
const UNSAID_LIFE_SECONDS = 300;

/** A token endpoint has half of what the call may take, and never longer than this. */
const MOST_MS = 5_000;

/** Error codes of a token endpoint (RFC 6749 5.2); whatever else it says is not repeated in a log. */
const CODES = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
];

interface Token {
  readonly value: string;
  readonly renewAt: number;
  readonly expiresAt: number;
}

/** Of this environment, by the partner's name. */
const tokens = new Map<string, Token>();
const asking = new Map<string, Promise<Token>>();

/**
 * The header with a token (RFC 6750 2.1). All who need one at once share one request for it.
 * @throws CredentialsUnavailable
 */
export default async function oauth2Credentials(
  partner: Partner,
  { renew = false }: AuthorizationOptions,
): Promise<HeaderFields> {
  const { name } = partner;
  const known = renew ? undefined : tokens.get(name);
  if (known !== undefined && Date.now() < known.renewAt) return header(known);
  const started = asking.get(name) ?? requestToken(partner).finally(() => asking.delete(name));
  asking.set(name, started);
  try {
    const token = await started;
    tokens.set(name, token);
    return header(token);
  } catch (error) {
    // One that is to be renewed is good until its life is over.
    if (known !== undefined && Date.now() < known.expiresAt) return header(known);
    throw error;
  }
}

const header = ({ value }: Token) => ({ Authorization: `Bearer ${value}` });

const idAndSecret = z.object({ clientId: z.string().min(1), clientSecret: z.string().min(1) });

async function requestToken(partner: Partner): Promise<Token> {
  const { credentials } = partner;
  if (credentials?.kind !== 'oauth2') throw new Error(`partner '${partner.name}' asks for no OAuth 2.0`);
  const { scopes, clientAuthentication, audience } = credentials;
  // Asked for once in a token's life, the secret is read anew each time: it may have been rotated.
  const { clientId, clientSecret } = readFields(partner, await credentialsValue(partner, 0), idAndSecret);
  const tokenUrl = tokenUrlOf(partner);
  const server = { issuer: new URL(tokenUrl).origin, token_endpoint: tokenUrl };
  const client = { client_id: clientId };
  const proof =
    clientAuthentication === 'post' ? ClientSecretPost(clientSecret) : ClientSecretBasic(clientSecret);
  const parameters = { ...(scopes.length > 0 && { scope: scopes.join(' ') }), ...(audience && { audience }) };
  const askedAt = Date.now();
  try {
    const response = await clientCredentialsGrantRequest(server, client, proof, parameters, {
      signal: AbortSignal.timeout(Math.min(MOST_MS, partner.timeoutMs / 2)),
      // The stage's settings refuse http: where it matters.
      [allowInsecureRequests]: true,
      [customFetch]: limited,
    });
    const answer = await processClientCredentialsResponse(server, client, response);
    const { access_token: value, token_type: type, expires_in: seconds = UNSAID_LIFE_SECONDS } = answer;
    if (type !== 'bearer' || !/^[\x21-\x7e]+$/.test(value)) throw new TypeError('no bearer token');
    return {
      value,
      renewAt: askedAt + seconds * 1000 * RENEWED_AT,
      expiresAt: askedAt + seconds * 1000,
    };
  } catch (error) {
    throw new CredentialsUnavailable(`the token endpoint gave no token: ${said(error)}`);
  }
}

function tokenUrlOf({ name }: Partner): string {
  const url = environmentJson<Record<string, string>>('PARTNER_TOKEN_URLS')[name];
  if (url !== undefined) return url;
  throw new Error(`partner '${name}' has no tokenUrl; the stage's settings in lib/service.ts name it`);
}

/** Fetches, and reads no more than a token can take. */
async function limited(url: string, options: RequestInit): Promise<Response> {
  const { status, headers, body } = await fetch(url, options);
  const bytes = await readBytes(body ?? []);
  if (bytes === 'too-large') throw new RangeError('the answer is too large');
  return new Response(bytes.length === 0 ? null : bytes, { status, headers });
}

/** What went wrong, in words of ours and of the libraries: an answer's own text may quote what it was sent. */
function said(error: unknown): string {
  if (error instanceof ResponseBodyError)
    return `${error.status} ${CODES.find((code) => code === error.error) ?? 'with an error of its own'}`;
  const { name, code, cause, status } = error as Error & { code?: unknown; status?: unknown };
  const inner = (cause as { code?: unknown; status?: unknown } | undefined) ?? {};
  const words = [name, code, inner.code, status ?? inner.status];
  return words.filter((word) => /^\w+$/.test(String(word ?? ''))).join(' ');
}
