import type { Partner } from '../core/define-partner.ts';

/** Of one call. */
export interface AuthorizationOptions {
  /** Reads the secret again, and asks for a new token: the partner has answered 401. @default false */
  readonly renew?: boolean;
  /** Of the call: nothing takes longer than it may. */
  readonly signal: AbortSignal;
}

/**
 * The headers that a call proves itself by; none where the partner asks for none.
 * @returns `unavailable` where they cannot be had: nothing has been sent to the partner
 */
export async function authorization(
  partner: Partner,
  _options: AuthorizationOptions,
): Promise<Readonly<Record<string, string>> | 'unavailable'> {
  return partner.credentials === undefined ? {} : 'unavailable';
}
