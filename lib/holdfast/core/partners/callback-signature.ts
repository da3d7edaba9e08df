import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Hmac, Verification } from './verification.ts';

/** A callback as it came. */
export interface SignedCallback {
  /** Every value of a header field, whatever its name's case. */
  headers(name: string): readonly string[];
  /** The exact bytes. */
  readonly body: Uint8Array;
}

/** Of Standard Webhooks; a partner's own scheme is given the same. */
const TOLERANCE_SECONDS = 5 * 60;

/** 128 bits; a shorter key could be guessed from one signed callback. */
const LEAST_KEY_BYTES = 16;

/**
 * Whether one of the secrets made the signature over the exact bytes, and its time is within five minutes of now, either
 * way. A secret below 16 bytes never verifies. Nothing is read of the body.
 * @param secrets several while one takes the place of the other
 * @param now milliseconds since the epoch
 */
export function isSigned(
  verify: Verification,
  callback: SignedCallback,
  secrets: readonly string[],
  now: number,
): boolean {
  const claim =
    verify.kind === 'hmac' ? hmacClaim(verify, callback, now) : standardWebhooksClaim(callback, now);
  if (claim === undefined) return false;
  return secrets.some((secret) => {
    const key = claim.key(secret);
    if (key === undefined || key.length < LEAST_KEY_BYTES) return false;
    const digest = createHmac('sha256', key);
    for (const part of claim.signed) digest.update(part);
    const expected = Buffer.from(digest.digest(claim.encoding));
    return claim.signatures.some((signature) => isSame(expected, Buffer.from(signature)));
  });
}

/** What a callback says of itself. */
interface Claim {
  readonly signatures: readonly string[];
  readonly encoding: Hmac['encoding'];
  /** Parts of what is signed. */
  readonly signed: readonly (string | Uint8Array)[];
  /** @returns undefined for a value that is no secret of this scheme */
  readonly key: (secret: string) => Buffer | undefined;
}

/** A length tells nothing: it is the same for every signature. */
const isSame = (expected: Buffer, given: Buffer) =>
  expected.length === given.length && timingSafeEqual(expected, given);

/** A header that is not there exactly once is ambiguous, and says nothing. */
function single(callback: SignedCallback, name: string): string | undefined {
  const values = callback.headers(name);
  return values.length === 1 ? values[0] : undefined;
}

function freshTimestamp(callback: SignedCallback, name: string, now: number): string | undefined {
  const seconds = single(callback, name);
  if (seconds === undefined || !/^\d{1,12}$/.test(seconds)) return undefined;
  return Math.abs(Math.floor(now / 1000) - Number(seconds)) <= TOLERANCE_SECONDS ? seconds : undefined;
}

/** @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
function standardWebhooksClaim(callback: SignedCallback, now: number): Claim | undefined {
  const id = single(callback, 'webhook-id');
  const timestamp = freshTimestamp(callback, 'webhook-timestamp', now);
  const list = single(callback, 'webhook-signature');
  if (!id || timestamp === undefined || list === undefined) return undefined;
  const versioned = list.split(' ').filter((each) => each.startsWith('v1,'));
  return {
    signatures: versioned.map((each) => each.slice('v1,'.length)),
    encoding: 'base64',
    signed: [`${id}.${timestamp}.`, callback.body],
    key: fromBase64,
  };
}

/** What is no base64 is no key: `Buffer` would skip what it cannot read, and make a shorter one. */
function fromBase64(secret: string): Buffer | undefined {
  const text = secret.replace(/^whsec_/, '');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

/**
 * One signature a header, as GitHub, Shopify and Slack send it. Several in one header, as Stripe's, are for partners that
 * sign with two keys; here the receiver knows two secrets instead.
 */
function hmacClaim(verify: Hmac, callback: SignedCallback, now: number): Claim | undefined {
  const { header, encoding, prefix, timestamp: timestampHeader, signed } = verify;
  const timestamp = timestampHeader === undefined ? '' : freshTimestamp(callback, timestampHeader, now);
  const value = single(callback, header);
  if (timestamp === undefined || value === undefined || !value.startsWith(prefix)) return undefined;
  const [before = '', after = ''] = signed.replace('{timestamp}', timestamp).split('{body}');
  const signature = value.slice(prefix.length);
  return {
    // Hexadecimal digits mean the same in either case.
    signatures: [encoding === 'hex' ? signature.toLowerCase() : signature],
    encoding,
    signed: [before, callback.body, after],
    key: (secret) => Buffer.from(secret),
  };
}
