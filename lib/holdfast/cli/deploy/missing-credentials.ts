import { DescribeSecretCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Partner } from '../../core/partners/define-partner.ts';
import { partnerSecretName, putCredentialsLine } from '../../core/partners/partner-secrets.ts';
import { service } from '../../service/project.ts';

/**
 * For each partner whose credentials have no value in a deployed stage, or none that can be seen, the command that gives them
 * one. No value is read: whether there is a version is enough.
 */
export async function missingCredentials(
  client: SecretsManagerClient,
  stage: string,
  partners: readonly Partner[],
): Promise<readonly string[]> {
  const place = { prefix: service.prefix, stage };
  const lines = partners.map(async ({ name, credentials }) => {
    if (credentials === undefined) return [];
    const SecretId = partnerSecretName(place, name, 'credentials');
    // Whoever may deploy need not be allowed to ask; the command does no harm where there is a value.
    const secret = await client.send(new DescribeSecretCommand({ SecretId })).catch(() => undefined);
    const { VersionIdsToStages = {} } = secret ?? {};
    const stages = Object.values(VersionIdsToStages).flat();
    return stages.includes('AWSCURRENT') ? [] : [putCredentialsLine(place, name, credentials)];
  });
  return (await Promise.all(lines)).flat();
}
