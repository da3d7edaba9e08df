import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** What makes two requests the same: who asks for which action on which resource with which input. */
export interface Fingerprinted {
  /** `payouts.approve` */
  readonly action: string;
  readonly resourceId: string;
  readonly actorId: string;
  readonly input: unknown;
}

/**
 * SHA-256 over the canonical form of RFC 8785: order of members and spelling of numbers do not matter, Unicode is not
 * normalised. 128 bits of it in base64url, as {@link keyHash}: only the holder of a key can search for a collision
 * under it, and would deceive nobody else.
 */
export const fingerprint = ({ action, resourceId, actorId, input }: Fingerprinted): string =>
  hashOf(canonicalize([action, resourceId, actorId, input]));

/** The same of any value of JSON. */
export const canonicalHash = (value: unknown): string => hashOf(canonicalize(value));

function hashOf(canonical: string | undefined): string {
  if (canonical === undefined) throw new TypeError('nothing to take a fingerprint of');
  return hash('sha256', canonical, 'buffer').subarray(0, 16).toString('base64url');
}
