import { ArnFormat, Stack } from 'aws-cdk-lib';
import { CfnSecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Credentials } from '../../core/partners/credentials.ts';
import type { Partner } from '../../core/partners/define-partner.ts';
import { partnerSecretName, type SecretUse } from '../../core/partners/partner-secrets.ts';
import type { StageConfig } from '../../service/config.ts';
import type { SecretOf } from '../bundles/needs.ts';
import { retention } from '../functions/retention.ts';
import { cfnOf } from '../templates/cfn-of.ts';
import { readFrozen } from '../templates/frozen.ts';

/** Whose secrets they are. */
export interface PartnerSecretsProps {
  readonly config: StageConfig;
  readonly partners: readonly Partner[];
}

/** What a function reads a secret by, and what its role names it by. */
interface SecretReference {
  /** Name, or ARN. */
  readonly id: string;
  /** ARN; `??????` stands for what Secrets Manager adds to a name. */
  readonly arn: string;
}

/**
 * The secrets of every partner: what our calls prove themselves by, which is empty until a person gives it a value, and
 * what its callbacks are signed with, made here. A deployment never writes a value over another.
 */
export class PartnerSecrets extends Construct {
  readonly #config: StageConfig;
  readonly #callbacks: ReadonlyMap<string, SecretReference>;

  constructor(scope: Construct, id: string, { config, partners }: PartnerSecretsProps) {
    super(scope, id);
    this.#config = config;
    for (const { name, credentials } of partners) {
      if (credentials !== undefined) this.#credentials(name, credentials, config);
    }
    this.#callbacks = new Map(
      partners
        .filter(({ callback }) => callback !== undefined)
        .map(({ name }) => [name, this.#callbackSecret(name, config)]),
    );
  }

  /** What callbacks are signed with, name or ARN by the partner's name. */
  get callbackIds(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#callbacks].map(([partner, { id }]) => [partner, id]));
  }

  /** What a role names a secret by. */
  arnOf({ partner, use }: SecretOf): string {
    const callbacks = use === 'callbacks' ? this.#callbacks.get(partner) : undefined;
    return (callbacks ?? partnerSecret(this, this.#config, partner, use)).arn;
  }

  /** Made without a value: `Secret` would make one up, which no partner knows. */
  #credentials(partner: string, { kind }: Credentials, config: StageConfig): void {
    const secret = new CfnSecret(this, `${partner}-credentials`, {
      name: partnerSecretName(placeOf(config), partner, 'credentials'),
      description: `What calls of partner ${partner} prove themselves by; put by a person`,
    });
    keep(secret, config);
    secret.addMetadata('holdfast', { partner, use: 'credentials', kind });
  }

  #callbackSecret(partner: string, config: StageConfig): SecretReference {
    const made = isRecorded(partner)
      ? this.#recordedSecret(partner, config)
      : this.#namedSecret(partner, config);
    cfnOf(made.secret, CfnSecret).addMetadata('holdfast', { partner, use: 'callbacks' });
    return made.reference;
  }

  #namedSecret(partner: string, config: StageConfig) {
    const secretName = partnerSecretName(placeOf(config), partner, 'callbacks');
    const secret = new Secret(this, `${partner}-callbacks`, {
      secretName,
      description: `Signs the callbacks of partner ${partner}`,
      generateSecretString: GENERATED,
    });
    keep(cfnOf(secret, CfnSecret), config);
    return { secret, reference: partnerSecret(this, config, partner, 'callbacks') };
  }

  /**
   * Deployed before secrets had names, and kept as it is: another name would replace it, by one whose value the partner does
   * not know.
   */
  #recordedSecret(partner: string, config: StageConfig) {
    const secret = new Secret(Stack.of(this), `${partner}${RECORDED}`, {
      description: `Signs the callbacks of partner ${partner}; while it is replaced, the old and the new one, with a space between`,
      generateSecretString: GENERATED,
      removalPolicy: retention(config.retainData),
    });
    return { secret, reference: { id: secret.secretArn, arn: secret.secretArn } };
  }
}

/** Where the names of its secrets begin. */
const placeOf = ({ stage, service: { prefix } }: StageConfig) => ({ prefix, stage });

/** Letters and digits are base64 as they are, so that it signs Standard Webhooks too: 24 bytes. */
const GENERATED = { excludePunctuation: true, passwordLength: 32 };

const RECORDED = 'CallbackSecret';

/** Whether the partner's secret is recorded under the logical id that it had before secrets had names. */
const isRecorded = (partner: string): boolean =>
  Object.keys(readFrozen().others).some((id) =>
    new RegExp(`^${partner.replaceAll('-', '')}${RECORDED}[0-9A-F]{8}$`).test(id),
  );

/** A release that fails and is rolled back leaves no secret behind, whose name would stand in the next one's way. */
function keep(secret: CfnSecret, { retainData }: StageConfig): void {
  secret.applyRemovalPolicy(retention(retainData));
}

/**
 * A secret by its name, and not by an export, so that a partner can be removed. Secrets Manager adds six characters of its
 * own to a name; `-*` would match longer names too.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html
 */
function partnerSecret(
  scope: Construct,
  config: StageConfig,
  partner: string,
  use: SecretUse,
): SecretReference {
  const id = partnerSecretName(placeOf(config), partner, use);
  const arn = Stack.of(scope).formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    resourceName: `${id}-??????`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return { id, arn };
}
