/** How a partner knows that a call is ours. What proves it is in Secrets Manager; this is its shape alone. */
export type Credentials = ApiKeyCredentials | BearerCredentials | BasicCredentials | OAuth2Credentials;

/** A key in a header of the partner's own. The secret's value is the key. */
export interface ApiKeyCredentials {
  readonly kind: 'api-key';
  readonly header: string;
  readonly prefix: string;
}

/** `Authorization: Bearer …` (RFC 6750). The secret's value is the token. */
export interface BearerCredentials {
  readonly kind: 'bearer';
}

/** `Authorization: Basic …` (RFC 7617). The secret's value is JSON: `{ "username": "…", "password": "…" }`. */
export interface BasicCredentials {
  readonly kind: 'basic';
}

/** OAuth 2 client credentials (RFC 6749 4.4). The secret's value is JSON: `{ "clientId": "…", "clientSecret": "…" }`. */
export interface OAuth2Credentials {
  readonly kind: 'oauth2';
  readonly scopes: readonly string[];
  /** How the client proves itself to the token endpoint (RFC 6749 2.3.1): in the header, or in the body. */
  readonly clientAuthentication: 'basic' | 'post';
  /** Whom the token is for: some token endpoints ask for it by this name. */
  readonly audience?: string;
}

/** A field name (RFC 9110 5.1). */
const FIELD_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Set by HTTP, or by the kit, and never by credentials. */
const TAKEN = [
  'accept',
  'connection',
  'content-length',
  'content-type',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/**
 * A header's name, as it was given.
 * @throws Error that names the fault and the remedy
 */
export function checkedHeader(whose: string, name: string): string {
  if (!FIELD_NAME.test(name))
    throw new Error(
      `${whose}: '${name}' is not a valid header name (RFC 9110 5.1); write one such as X-Api-Key`,
    );
  if (TAKEN.includes(name.toLowerCase()))
    throw new Error(`${whose}: header '${name}' has a meaning of its own in HTTP; name the partner's header`);
  return name;
}

/**
 * A key in a header: `apiKey({ header: 'X-Api-Key' })`.
 * @param settings.prefix before the key, as it is sent. @default none
 * @throws Error for a header that cannot carry it
 */
export function apiKey({ header, prefix = '' }: { header: string; prefix?: string }): ApiKeyCredentials {
  if (!/^[\x20-\x7e]*$/.test(prefix))
    throw new Error(`apiKey: prefix ${JSON.stringify(prefix)} is not visible ASCII and blanks`);
  return { kind: 'api-key', header: checkedHeader('apiKey', header), prefix };
}

/** A token that the partner gave out once, and takes as `Authorization: Bearer`. */
export const bearer = (): BearerCredentials => ({ kind: 'bearer' });

/** User name and password. */
export const basic = (): BasicCredentials => ({ kind: 'basic' });

/** A scope (RFC 6749 3.3). */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/**
 * A token that is asked for, kept, and renewed. The stage's settings name the token endpoint, `tokenUrl`.
 * @param settings.scopes may be none
 * @param settings.clientAuthentication @default `basic`
 * @param settings.audience @default none
 * @throws Error for a scope that cannot be asked for
 */
export function oauth2({
  scopes,
  clientAuthentication = 'basic',
  audience,
}: {
  scopes: readonly string[];
  clientAuthentication?: OAuth2Credentials['clientAuthentication'];
  audience?: string;
}): OAuth2Credentials {
  const wrong = scopes.find((scope) => !SCOPE.test(scope));
  if (wrong !== undefined)
    throw new Error(
      `oauth2: '${wrong}' is not a scope (RFC 6749 3.3); write one for each member, without spaces`,
    );
  return { kind: 'oauth2', scopes, clientAuthentication, ...(audience !== undefined && { audience }) };
}
