import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';

/** Whose tokens are accepted, and which claims say what. */
export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUri: string;
  /** Claims that hold tenant, subject and the space-separated scopes (RFC 8693 4.2). */
  readonly claims: { readonly tenant: string; readonly subject: string; readonly scopes: string };
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

/** A tenant or a subject: part of keys and of the log. */
const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length >= 1 && value.length <= 128 && value.isWellFormed();

/** A token that no request is accepted with. */
export class InvalidToken extends Error {}

/**
 * A verifier that fetches the issuer's keys once in ten minutes, and after an unknown key at most every 30 s.
 * It throws {@link InvalidToken} for a token that is not valid, and the cause itself where the keys cannot be had.
 */
export function accessTokenVerifier({ issuer, audience, jwksUri, claims }: TokenRules) {
  const keys = createRemoteJWKSet(new URL(jwksUri), { timeoutDuration: 2_000, cooldownDuration: 30_000 });
  const options = {
    issuer,
    audience,
    algorithms: ALGORITHMS,
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    requiredClaims: ['exp', claims.subject, claims.tenant],
  };
  return async (token: string): Promise<AccessToken> => {
    try {
      const { payload } = await jwtVerify(token, keys, options);
      return read(payload, claims);
    } catch (error) {
      throw isTokensFault(error) ? new InvalidToken('the token is not valid', { cause: error }) : error;
    }
  };
}

function read(payload: JWTPayload, claims: TokenRules['claims']): AccessToken {
  const { [claims.subject]: subject, [claims.tenant]: tenant, [claims.scopes]: scopes = '' } = payload;
  if (!isName(subject) || !isName(tenant) || typeof scopes !== 'string') {
    throw new InvalidToken(`claims ${claims.subject} and ${claims.tenant} need 1 to 128 characters`);
  }
  return { subject, tenant, scopes, expiresAt: payload.exp ?? 0 };
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
