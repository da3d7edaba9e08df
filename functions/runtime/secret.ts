import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Problem } from '../core/problem.ts';
import { clientSettings } from './client-settings.ts';

/** A secret that is replaced is known everywhere after so long, without a deployment. */
const FRESH_MS = 5 * 60_000;

const client = new SecretsManagerClient(clientSettings);

const known = new Map<string, { readonly values: readonly string[]; readonly at: number }>();

/**
 * The values of a secret, separated by white space: several while one takes the place of the other.
 * @throws Problem `temporarily-unavailable`
 */
export async function readSecret(arn: string): Promise<readonly string[]> {
  const cached = known.get(arn);
  if (cached !== undefined && Date.now() - cached.at < FRESH_MS) return cached.values;
  try {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    const values = SecretString.split(/\s+/).filter((value) => value !== '');
    known.set(arn, { values, at: Date.now() });
    return values;
  } catch (cause) {
    throw new Problem('temporarily-unavailable', { cause });
  }
}
