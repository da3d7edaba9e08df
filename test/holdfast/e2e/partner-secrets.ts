import {
  madeUpCallbackSecret,
  madeUpCredentials,
} from '../../../lib/holdfast/local/partners/made-up-secrets.ts';
import { loadRegistry, partnersOf } from '../../../lib/holdfast/service/registry.ts';
import { ask } from './account.ts';

interface Listed {
  readonly ARN: string;
  readonly Name: string;
}

/** Gives every secret of a partner its value, as an operator does who has got it from the partner. */
export async function putSecrets(endpoint: string): Promise<void> {
  const secrets = async (operation: string, input: object) =>
    JSON.parse(
      await ask(endpoint, 'secretsmanager', {
        target: `secretsmanager.${operation}`,
        body: JSON.stringify(input),
      }),
    );
  const { SecretList } = (await secrets('ListSecrets', {})) as { SecretList: readonly Listed[] };
  for (const { name, credentials } of partnersOf(await loadRegistry())) {
    for (const { ARN, Name } of SecretList) {
      const value = Name.endsWith(`/partners/${name}/credentials`)
        ? credentials && madeUpCredentials(name, credentials.kind)
        : isForCallbacksOf(name, Name)
          ? madeUpCallbackSecret(name)
          : undefined;
      if (value !== undefined) await secrets('PutSecretValue', { SecretId: ARN, SecretString: value });
    }
  }
}

/** By its name, or by the logical id that a name is made of where the template gives none. */
const isForCallbacksOf = (partner: string, secret: string) =>
  secret.endsWith(`/partners/${partner}/callbacks`) ||
  secret.includes(`${partner.replaceAll('-', '')}CallbackSecret`);
