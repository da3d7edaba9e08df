import service from '@service';
import * as z from 'zod';
import type { Partner } from '../../core/partners/define-partner.ts';
import { partnerSecretName, putCredentialsLine } from '../../core/partners/partner-secrets.ts';
import { environment } from '../aws/environment.ts';
import { readSecret } from '../aws/secret.ts';
import {
  type AuthorizationOptions,
  CredentialsUnavailable,
  type HeaderFields,
} from './partner-credentials.ts';

const placeOf = () => ({ prefix: service.prefix, stage: environment('STAGE') });

/** What a header carries as it is (RFC 9110 5.5): no line break, and nothing that encodings differ on. */
const CARRIED = /^[\x20-\x7e]+$/;

/**
 * HeaderFields of a partner whose secret is sent as it is.
 * @throws CredentialsUnavailable, with the command that gives the secret its value
 */
export default async function secretCredentials(
  partner: Partner,
  { renew = false }: AuthorizationOptions,
): Promise<HeaderFields> {
  const { credentials } = partner;
  const value = await credentialsValue(partner, renew ? 0 : undefined);
  switch (credentials?.kind) {
    case 'api-key':
      return { [credentials.header]: `${credentials.prefix}${carried(partner, value)}` };
    case 'bearer':
      return { Authorization: `Bearer ${carried(partner, value)}` };
    case 'basic': {
      const { username, password } = readFields(partner, value, nameAndPassword);
      return { Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
    }
    default:
      throw new CredentialsUnavailable(`${credentials?.kind} needs another source`);
  }
}

// RFC 7617 2: whatever comes after the first colon is the password.
const nameAndPassword = z.object({
  username: z.string().regex(/^[^:]+$/),
  password: z.string().min(1),
});

/**
 * What the partner's secret holds now.
 * @param maxAgeMs how old what is known may be. @default five minutes
 * @throws CredentialsUnavailable where it holds nothing
 */
export async function credentialsValue(partner: Partner, maxAgeMs?: number): Promise<string> {
  const id = partnerSecretName(placeOf(), partner.name, 'credentials');
  const value = await readSecret(id, 'AWSCURRENT', maxAgeMs);
  if (value === undefined) throw unusable(partner, `secret ${id} has no value`);
  return value;
}

/**
 * A value that a header carries.
 * @throws CredentialsUnavailable for any other
 */
const carried = (partner: Partner, value: string): string => {
  if (CARRIED.test(value)) return value;
  throw unusable(
    partner,
    'its secret holds what no header carries: more than one line, or other characters than ASCII',
  );
};

/**
 * What a secret holds as JSON.
 * @throws CredentialsUnavailable where it holds anything else
 */
export function readFields<T>(partner: Partner, value: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(value));
  } catch {
    throw unusable(partner, 'its secret does not hold the JSON that it should');
  }
}

function unusable({ name, credentials }: Partner, fault: string): CredentialsUnavailable {
  const remedy = credentials && `; ${putCredentialsLine(placeOf(), name, credentials)}`;
  return new CredentialsUnavailable(`${fault}${remedy}`);
}
