import { createHash } from 'node:crypto';
import type { Credentials } from '../../functions/core/credentials.ts';
import type { SecretUse } from '../../functions/core/partner-secrets.ts';

/** Good for this machine alone; the same at each start, so that a callback can be signed by hand. */
const made = (partner: string, what: string, encoding: 'hex' | 'base64') =>
  createHash('sha256').update(`${what} of ${partner}, on this machine alone`).digest(encoding);

/** What simulated partners sign their callbacks with: 32 bytes, good for every scheme. */
export const madeUpCallbackSecret = (partner: string): string =>
  `whsec_${made(partner, 'callbacks', 'base64')}`;

/** What calls of a simulated partner prove themselves by, as its secret holds it. */
export function madeUpCredentials(partner: string, kind: Credentials['kind']): string {
  const secret = made(partner, 'credentials', 'hex');
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
