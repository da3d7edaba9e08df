import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { hiddenCharacter } from '../core/plain-text.ts';

/** Whose tokens are accepted, and which claims say what. */
export type TokenRules = { readonly issuer: string; readonly jwksUri: string } & (
  | {
      readonly audience: string;
      /** Claims that hold tenant, subject and the space-separated scopes (RFC 8693 4.2). */
      readonly claims: { readonly tenant: string; readonly subject: string; readonly scopes: string };
    }
  | UserPoolRules
);

/** Rules for the access tokens of a Cognito user pool, which have no audience and know no tenant. */
interface UserPoolRules {
  /** The tenant of each client that may call, by the client's id. */
  readonly clients: Readonly<Record<string, string>>;
  /** What Cognito puts before each scope: the resource server's identifier and a slash. */
  readonly scopePrefix: string;
}

/** What a verified token says. */
export interface AccessToken {
  readonly subject: string;
  readonly tenant: string;
  readonly scopes: string;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

// RFC 8725 3.1: the algorithm is ours to choose. An asymmetric one cannot be forged with the public key.
const ALGORITHMS = ['ES256', 'ES384', 'ES512', 'EdDSA', 'PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512'];

/** Clocks of two well-kept servers differ by less. */
const CLOCK_TOLERANCE_SECONDS = 5;

/** A tenant or a subject: part of keys, of the log, and of what people read, so that it hides nothing. */
const isName = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length >= 1 &&
  value.length <= 128 &&
  hiddenCharacter(value) === undefined;

/** A token that no request is accepted with. */
export class InvalidToken extends Error {}

/**
 * A verifier that fetches the issuer's keys once in ten minutes, and after an unknown key at most every 30 s.
 * It throws {@link InvalidToken} for a token that is not valid, and the cause itself where the keys cannot be had.
 */
export function accessTokenVerifier(rules: TokenRules) {
  const { issuer, jwksUri } = rules;
  const keys = createRemoteJWKSet(new URL(jwksUri), { timeoutDuration: 2_000, cooldownDuration: 30_000 });
  const options = {
    issuer,
    algorithms: ALGORITHMS,
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    requiredClaims: ['exp'],
    ...('audience' in rules && { audience: rules.audience }),
  };
  const read = (payload: JWTPayload) =>
    'clients' in rules ? readUserPool(payload, rules) : readClaims(payload, rules.claims);
  return async (token: string): Promise<AccessToken> => {
    try {
      const { payload } = await jwtVerify(token, keys, options);
      return { ...read(payload), expiresAt: payload.exp ?? 0 };
    } catch (error) {
      throw isTokensFault(error) ? new InvalidToken('the token is not valid', { cause: error }) : error;
    }
  };
}

type Says = Omit<AccessToken, 'expiresAt'>;

function readClaims(
  payload: JWTPayload,
  claims: { readonly tenant: string; readonly subject: string; readonly scopes: string },
): Says {
  const { [claims.subject]: subject, [claims.tenant]: tenant, [claims.scopes]: scopes = '' } = payload;
  if (!isName(subject) || !isName(tenant) || typeof scopes !== 'string') {
    throw new InvalidToken(
      `claims ${claims.subject} and ${claims.tenant} need 1 to 128 characters, none of them hidden`,
    );
  }
  return { subject, tenant, scopes };
}

/**
 * An access token of a user pool names its client where others have an audience; an ID token of the same pool is none.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 */
function readUserPool(payload: JWTPayload, { clients, scopePrefix }: UserPoolRules): Says {
  const { sub: subject, client_id: client, token_use: use, scope: scopes = '' } = payload;
  const tenant = typeof client === 'string' && Object.hasOwn(clients, client) ? clients[client] : undefined;
  if (use !== 'access') throw new InvalidToken('the token is no access token');
  if (!isName(subject) || !isName(tenant) || typeof scopes !== 'string') {
    throw new InvalidToken('the client of the token is not one of this API');
  }
  const ours = scopes.split(' ').filter((scope) => scope.startsWith(scopePrefix));
  return { subject, tenant, scopes: ours.map((scope) => scope.slice(scopePrefix.length)).join(' ') };
}

/** Whether the token is at fault and not the way to the issuer's keys. */
function isTokensFault(error: unknown): boolean {
  const ofTheWay = [errors.JWKSTimeout, errors.JWKSInvalid];
  // A JWKS endpoint that answers anything but 200 makes a plain JOSEError.
  const plain = error instanceof errors.JOSEError && error.constructor === errors.JOSEError;
  return (
    error instanceof InvalidToken ||
    (error instanceof errors.JOSEError && !plain && !ofTheWay.some((way) => error instanceof way))
  );
}
