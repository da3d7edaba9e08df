import type { Credentials } from '../../core/partners/credentials.ts';
import type { SecretUse } from '../../core/partners/partner-secrets.ts';

/**
 * What simulated partners sign their callbacks with, good for this machine alone. The key is readable, so that a callback can be
 * signed by hand: for Standard Webhooks it is `holdfast-local-callbacks-of-` and the partner's name.
 */
export const madeUpCallbackSecret = (partner: string): string =>
  `whsec_${Buffer.from(`holdfast-local-callbacks-of-${partner}`).toString('base64')}`;

/** What calls of a simulated partner prove themselves by, as its secret holds it. */
export function madeUpCredentials(partner: string, kind: Credentials['kind']): string {
  const secret = `holdfast-local-credentials-of-${partner}`;
  if (kind === 'basic') return JSON.stringify({ username: `holdfast-${partner}`, password: secret });
  if (kind === 'oauth2') return JSON.stringify({ clientId: `holdfast-${partner}`, clientSecret: secret });
  return secret;
}

/** What a secret of the templates is for: what the template says of it. */
export interface SecretLabel {
  readonly partner: string;
  readonly use: SecretUse;
  /** Of credentials. @default it is for callbacks */
  readonly kind?: Credentials['kind'];
}

/** The value of a secret of the templates. */
export const madeUpSecret = ({ partner, kind }: SecretLabel): string =>
  kind === undefined ? madeUpCallbackSecret(partner) : madeUpCredentials(partner, kind);
