import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { missingCredentials } from '../../../../lib/holdfast/cli/deploy/missing-credentials.ts';
import { bearer } from '../../../../lib/holdfast/core/partners/credentials.ts';
import type { Partner } from '../../../../lib/holdfast/core/partners/define-partner.ts';
import { readAccess } from '../../../../lib/holdfast/local/access/access-request.ts';
import { LocalSecrets } from '../../../../lib/holdfast/local/partners/secrets.ts';
import { policyEvaluation } from '../../../../lib/holdfast/template/policy-evaluation.ts';
import { type ResolvedResource, secretArn } from '../../../../lib/holdfast/template/template.ts';

const NAME = 'holdfast/local/partners/bank/credentials';

const resource = (logicalId: string, Name?: string): ResolvedResource => ({
  logicalId,
  type: 'AWS::SecretsManager::Secret',
  properties: Name === undefined ? {} : { Name },
  metadata: { holdfast: { partner: logicalId, use: 'credentials' } },
});

const secrets = new LocalSecrets();
let client: SecretsManagerClient;
beforeAll(async () => {
  const endpoint = await secrets.listen();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new SecretsManagerClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  const values: Record<string, string> = { bank: 'first', unnamed: 'other' };
  secrets.update(
    [resource('bank', NAME), resource('unnamed'), resource('empty', `${NAME}-empty`)],
    ({ partner }) => values[partner],
  );
});
afterAll(async () => {
  client.destroy();
  await secrets.close();
});

const get = (SecretId: string, VersionStage?: string) =>
  client.send(new GetSecretValueCommand({ SecretId, ...(VersionStage && { VersionStage }) }));

describe('the local Secrets Manager', () => {
  test('tells a secret by its name and by its ARN, which ends in six characters of its own', async () => {
    const byName = await get(NAME);
    const byArn = await get(secretArn(NAME));

    expect(byName).toMatchObject({ Name: NAME, SecretString: 'first', VersionStages: ['AWSCURRENT'] });
    expect(byName.ARN).toMatch(/:secret:holdfast\/local\/partners\/bank\/credentials-[0-9a-f]{6}$/);
    expect(byArn.SecretString).toBe('first');
    expect((await get('unnamed')).SecretString).toBe('other');
  });

  test('moves the stages on when a value is put, and keeps it over the next synthesis', async () => {
    secrets.put('unnamed', 'next');
    secrets.update([resource('unnamed')], () => 'made up again');

    expect((await get('unnamed', 'AWSCURRENT')).SecretString).toBe('next');
    expect((await get('unnamed', 'AWSPREVIOUS')).SecretString).toBe('other');
  });

  test.each([
    [
      'no secret of that name',
      'holdfast/local/partners/nobody/credentials',
      undefined,
      "can't find the specified secret.",
    ],
    ['a name and more', `${NAME}-abcdef`, undefined, "can't find the specified secret."],
    ['no value yet', `${NAME}-empty`, undefined, 'secret value for staging label: AWSCURRENT'],
    ['no version before', NAME, 'AWSPREVIOUS', 'secret value for staging label: AWSPREVIOUS'],
    ['no such stage', NAME, 'NEXT', 'secret value for staging label: NEXT'],
  ])('refuses as AWS does: %s', async (_, id, stage, message) => {
    const asked = get(id, stage);

    await expect(asked).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(asked).rejects.toThrow(message);
  });

  test('has npm run deploy print the command for credentials without a value, and for no others', async () => {
    const partner = (name: string, rest: object = {}) => ({ name, ...rest }) as Partner;
    const named = (name: string) => resource(name, `holdfast/dev/partners/${name}/credentials`);
    secrets.update([named('filled'), named('unfilled')], (label) =>
      label.partner === 'filled' ? 'x' : undefined,
    );

    const lines = await missingCredentials(client, 'dev', [
      partner('filled', { credentials: bearer() }),
      partner('unfilled', { credentials: bearer() }),
      partner('plain'),
    ]);

    expect(lines).toEqual([
      expect.stringContaining('put-secret-value --secret-id holdfast/dev/partners/unfilled/credentials '),
    ]);
  });

  test('refuses what it does not know', async () => {
    const asked = client.send(new PutSecretValueCommand({ SecretId: NAME, SecretString: 'x' }));

    await expect(asked).rejects.toThrow('the local cloud does not know PutSecretValue');
  });
});

describe('a secret that is asked for by its name', () => {
  const evaluate = (granted: string, SecretId: string) => {
    const statement = {
      effect: 'Allow',
      actions: ['secretsmanager:GetSecretValue'],
      resources: [`arn:aws:secretsmanager:us-east-1:000000000000:secret:${granted}`],
      conditions: {},
    } as const;
    const [request] = readAccess('secretsmanager:GetSecretValue', { SecretId }, new Map()) ?? [];
    return request && policyEvaluation([statement])(request);
  };

  test.each([
    ['allowed', `${NAME}-??????`, NAME],
    ['allowed', `${NAME}-??????`, secretArn(NAME)],
    ['not allowed', `${NAME}-??????`, 'holdfast/local/partners/bank/callbacks'],
    ['not allowed', `${NAME}-??????`, 'holdfast/local/partners/screening/credentials'],
    ['not allowed', `${NAME}-??????`, 'holdfast/production/partners/bank/credentials'],
    ['not allowed', `${NAME}-??????`, `${NAME}-of-another`],
    ['not allowed', `${NAME}-??????`, secretArn(`${NAME}-of-another`)],
  ])('is %s by %s: %s', (verdict, granted, id) => {
    expect(evaluate(granted, id)).toBe(verdict);
  });
});
