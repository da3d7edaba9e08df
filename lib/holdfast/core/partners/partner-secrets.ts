import type { Credentials } from './credentials.ts';

/** What a secret of a partner is for: our calls, or its callbacks. IAM cannot split one secret, so each has its own. */
export type SecretUse = 'credentials' | 'callbacks';

/** Whose partner it is. */
export interface Place {
  /** Of the service. */
  readonly prefix: string;
  readonly stage: string;
}

/** Name of a partner's secret in Secrets Manager. */
export const partnerSecretName = ({ prefix, stage }: Place, partner: string, use: SecretUse): string =>
  `${prefix}/${stage}/partners/${partner}/${use}`;

/** What the value of the credentials has to look like, for a person. */
const SHAPES: Readonly<Record<Credentials['kind'], string>> = {
  'api-key': 'the key and nothing else',
  bearer: 'the token and nothing else',
  basic: '{"username":"…","password":"…"}',
  oauth2: '{"clientId":"…","clientSecret":"…"}',
};

/** The command that gives a partner's credentials their value. From a file, so that no shell remembers it. */
export const putCredentialsLine = (place: Place, partner: string, { kind }: Credentials): string =>
  `aws secretsmanager put-secret-value --secret-id ${partnerSecretName(place, partner, 'credentials')} --secret-string file://${partner}.secret   # the file holds ${SHAPES[kind]}`;
