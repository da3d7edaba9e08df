import { ask } from './account.ts';

/** Gives every secret of the account its value, as an operator does who has got it from the partner. */
export async function putSecrets(endpoint: string, value: string): Promise<void> {
  const secrets = async (operation: string, input: object) =>
    JSON.parse(
      await ask(endpoint, 'secretsmanager', {
        target: `secretsmanager.${operation}`,
        body: JSON.stringify(input),
      }),
    );
  const { SecretList } = (await secrets('ListSecrets', {})) as { SecretList: { ARN: string }[] };
  for (const { ARN } of SecretList) await secrets('PutSecretValue', { SecretId: ARN, SecretString: value });
}
