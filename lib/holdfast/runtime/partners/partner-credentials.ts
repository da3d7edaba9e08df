import type { Partner } from '../../core/partners/define-partner.ts';
import { errorOf, logger } from '../aws/log.ts';
import { aborted } from './aborted.ts';

/** Of one call. */
export interface AuthorizationOptions {
  /** Reads the secret again, and asks for a new token: the partner has answered 401. @default false */
  readonly renew?: boolean;
  /** Of the call: nothing takes longer than it may. */
  readonly signal: AbortSignal;
}

/** Header fields, by their names. */
export type HeaderFields = Readonly<Record<string, string>>;

/**
 * Where the headers of a partner's calls come from.
 * @throws CredentialsUnavailable, or anything else
 */
export type CredentialSource = (partner: Partner, options: AuthorizationOptions) => Promise<HeaderFields>;

/** Why there are none, in words that hold nothing of a secret. */
export class CredentialsUnavailable extends Error {}

let source: CredentialSource | undefined;

/** Only the consumer of a partner with credentials has a source in its bundle: the others do not pay for one. */
export function provideCredentials(provided: CredentialSource | undefined): void {
  source = provided;
}

/**
 * The headers that a call proves itself by; none where the partner asks for none. Whatever goes wrong is in the log by its
 * name alone, since an error of a library may quote what it was given.
 * @returns `unavailable` where they cannot be had, or the signal is over: nothing has been sent to the partner
 */
export async function authorization(
  partner: Partner,
  options: AuthorizationOptions,
): Promise<HeaderFields | 'unavailable'> {
  if (partner.credentials === undefined) return {};
  try {
    if (source === undefined)
      throw new CredentialsUnavailable(
        'this bundle has no source of credentials; bundle it by consumerEntry',
      );
    // What is under way goes on for the calls that share it; this one no longer waits.
    return await Promise.race([source(partner, options), aborted(options.signal)]);
  } catch (error) {
    const reason = error instanceof CredentialsUnavailable ? error.message : errorOf(error).name;
    logger.warn('no credentials', { partner: partner.name, reason });
    return 'unavailable';
  }
}
