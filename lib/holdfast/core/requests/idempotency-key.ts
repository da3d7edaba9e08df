import { hash } from 'node:crypto';

const BARE = /^[\x21-\x7e]{1,255}$/;
// RFC 9651 3.3.3 sf-string: a backslash escapes only itself and the double quote.
const QUOTED = /^"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;

/**
 * The key of an `Idempotency-Key` field value: bare, or the IETF draft's quoted string; `abc` and `"abc"` are one key.
 * Returns undefined unless it has 1 to 255 visible ASCII characters.
 */
export function parseIdempotencyKey(value: string): string | undefined {
  const key = value.startsWith('"') ? QUOTED.exec(value)?.[1]?.replace(/\\(["\\])/g, '$1') : value;
  return key !== undefined && BARE.test(key) ? key : undefined;
}

/**
 * What is stored and logged in place of a key. 128 bits of SHA-256 in base64url: keys are told apart within one
 * resource, where that many bits cannot meet by chance, and half the bytes stay in the item.
 */
export function keyHash(key: string): string {
  return hash('sha256', key, 'buffer').subarray(0, 16).toString('base64url');
}
