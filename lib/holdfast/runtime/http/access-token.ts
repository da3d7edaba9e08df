import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { CLAIMED_NAME, claimedNameFault } from '../../core/values/claimed-name.ts';
import { UNNAMED_CLIENT } from '../../core/versions/sightings.ts';

/** Whose tokens are accepted, and which claims say what. */
export type TokenRules = { readonly issuer: string; readonly jwksUri: string } & (
  | {
      readonly audience: string;
      readonly claims: Claims;
    }
  | UserPoolRules
);

/** Where a claim is: its name as it stands, dots and slashes included, or the names that lead to one inside others. */
type ClaimPath = string | readonly string[];

/** Claims that hold tenant, subject, client and scopes; the scopes are a list, or one text with spaces (RFC 8693 4.2). */
interface Claims {
  readonly tenant: ClaimPath;
  readonly subject: ClaimPath;
  readonly client: ClaimPath;
  readonly scopes: ClaimPath;
}

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
  /** The application that acts for the subject (RFC 9068 2.2); {@link UNNAMED_CLIENT} where the token names none. */
  readonly client: string;
  readonly scopes: string;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

// RFC 8725 3.1: the algorithm is ours to choose. An asymmetric one cannot be forged with the public key.
const ALGORITHMS = ['ES256', 'ES384', 'ES512', 'EdDSA', 'PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512'];

/** Clocks of two well-kept servers differ by less. */
const CLOCK_TOLERANCE_SECONDS = 5;

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

function readClaims(payload: JWTPayload, claims: Claims): Says {
  return {
    subject: nameIn(payload, claims.subject),
    tenant: nameIn(payload, claims.tenant),
    client: clientNamed(claimAt(payload, claims.client)),
    scopes: scopesIn(payload, claims.scopes).join(' '),
  };
}

/** The value of a claim; of a token's own claims alone, so that `constructor` is none. */
function claimAt(payload: JWTPayload, path: ClaimPath): unknown {
  return [path]
    .flat()
    .reduce<unknown>(
      (node, name) =>
        typeof node === 'object' && node !== null && Object.hasOwn(node, name)
          ? (node as Readonly<Record<string, unknown>>)[name]
          : undefined,
      payload,
    );
}

const fault = (path: ClaimPath, found: string, needed: string) =>
  new InvalidToken(`claim ${[path].flat().join(' > ')} is ${found}; it needs to be ${needed}`);

/** What a value is, without a word of it. */
function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value !== 'string') return `${typeof value === 'object' ? 'an' : 'a'} ${typeof value}`;
  return value === '' ? 'empty' : `a text of ${value.length} characters`;
}

/** A tenant or a subject. @throws InvalidToken */
function nameIn(payload: JWTPayload, path: ClaimPath): string {
  const value = claimAt(payload, path);
  if (typeof value !== 'string') throw fault(path, kindOf(value), CLAIMED_NAME);
  const found = claimedNameFault(value);
  if (found !== undefined) throw fault(path, found, CLAIMED_NAME);
  return value;
}

/** Nobody is refused for it: it is counted by, and a dimension of a metric is ASCII and does not begin with a colon. */
const clientNamed = (value: unknown): string =>
  typeof value === 'string' && /^(?!:)[!-~]{1,128}$/.test(value) ? value : UNNAMED_CLIENT;

/** Each scope once. @throws InvalidToken */
function scopesIn(payload: JWTPayload, path: ClaimPath): readonly string[] {
  const value = claimAt(payload, path);
  // A token that was given none has no such claim.
  if (value === undefined) return [];
  const needed = 'a list of texts, or one text with a space between scopes';
  if (typeof value !== 'string' && !Array.isArray(value)) throw fault(path, kindOf(value), needed);
  const texts: readonly unknown[] = [value].flat();
  const scopes = texts.flatMap((each) => {
    if (typeof each !== 'string') throw fault(path, `a list with ${kindOf(each)} in it`, needed);
    return each.split(' ').filter((scope) => scope !== '');
  });
  return [...new Set(scopes)];
}

/**
 * An access token of a user pool names its client where others have an audience; an ID token of the same pool is none.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 */
function readUserPool(payload: JWTPayload, { clients, scopePrefix }: UserPoolRules): Says {
  const { client_id: client, token_use: use } = payload;
  if (use !== 'access')
    throw new InvalidToken("claim token_use does not say 'access'; the token is not an access token");
  const tenant = typeof client === 'string' && Object.hasOwn(clients, client) ? clients[client] : undefined;
  if (tenant === undefined)
    throw new InvalidToken('claim client_id names none of the clients of this stage in lib/service.ts');
  const ours = scopesIn(payload, 'scope').filter((scope) => scope.startsWith(scopePrefix));
  return {
    subject: nameIn(payload, 'sub'),
    tenant,
    client: clientNamed(client),
    scopes: ours.map((scope) => scope.slice(scopePrefix.length)).join(' '),
  };
}

/** Faults of the way to the issuer's keys: a JWKS endpoint that answers anything but 200 makes a plain JOSEError. */
const OF_THE_WAY = [errors.JWKSTimeout, errors.JWKSInvalid, errors.JOSEError].map(({ code }) => code);

/** Whether the token is at fault and not the way to the issuer's keys. */
const isTokensFault = (error: unknown): boolean =>
  error instanceof InvalidToken || (error instanceof errors.JOSEError && !OF_THE_WAY.includes(error.code));
