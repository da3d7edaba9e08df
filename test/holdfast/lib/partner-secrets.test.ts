import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { PartnerSecrets } from '../../../lib/holdfast/cdk/operations/partner-secrets.ts';
import { ServiceStack } from '../../../lib/holdfast/cdk/stacks/service-stack.ts';
import { StateStack } from '../../../lib/holdfast/cdk/stacks/state-stack.ts';
import { synthesizeTemplates } from '../../../lib/holdfast/cdk/templates/templates.ts';
import { isSigned } from '../../../lib/holdfast/core/partners/callback-signature.ts';
import { bearer, oauth2 } from '../../../lib/holdfast/core/partners/credentials.ts';
import type { Partner } from '../../../lib/holdfast/core/partners/define-partner.ts';
import { standardWebhooks } from '../../../lib/holdfast/core/partners/verification.ts';
import { signCallback } from '../../../lib/holdfast/local/partners/sign-callback.ts';
import { stageConfig } from '../../../lib/holdfast/service/config.ts';
import { loadRegistry, partnersOf } from '../../../lib/holdfast/service/registry.ts';
import { grantsOf } from '../support/least-privilege.ts';

const callback = {} as NonNullable<Partner['callback']>;
const partner = (name: string, rest: object = {}) => ({ name, ...rest }) as Partner;

interface Resource {
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

function synthesized(partners: readonly Partner[], stage = 'production') {
  const stack = new Stack(new App(), 'state');
  const made = new PartnerSecrets(stack, 'Partners', { config: stageConfig(stage), partners });
  const secrets = Object.entries(Template.fromStack(stack).findResources('AWS::SecretsManager::Secret'));
  return { secrets: secrets.map(([id, resource]) => ({ id, ...(resource as Resource) })), made, stack };
}

describe('A7: the secrets of a partner', () => {
  test('are one for its credentials and one for its callbacks, each where it has some', () => {
    const { secrets } = synthesized([
      partner('acquirer', { credentials: bearer(), callback }),
      partner('ledger', { credentials: bearer() }),
      partner('registry', { callback }),
      partner('plain'),
    ]);

    expect(secrets.map(({ Properties }) => Properties.Name).sort()).toEqual([
      'holdfast/production/partners/acquirer/callbacks',
      'holdfast/production/partners/acquirer/credentials',
      'holdfast/production/partners/ledger/credentials',
      'holdfast/production/partners/registry/callbacks',
    ]);
  });

  test('for credentials are made without a value, so that no deployment writes one', () => {
    const { secrets } = synthesized([partner('acquirer', { credentials: oauth2({ scopes: [] }) })]);

    expect(secrets[0]?.Properties).toEqual({
      Name: 'holdfast/production/partners/acquirer/credentials',
      Description: expect.any(String),
    });
  });

  test('for callbacks are made up where nobody has one yet, 24 bytes as Standard Webhooks reads them', () => {
    const { secrets } = synthesized([partner('registry', { callback })]);

    expect(secrets[0]?.Properties.GenerateSecretString).toEqual({
      ExcludePunctuation: true,
      PasswordLength: 32,
    });
    const secret = 'abcdefghijklmnopqrstuvwxyzABCDEF';
    const headers = new Map(
      Object.entries(signCallback(standardWebhooks(), { secret, id: 'msg_1', at: new Date(), body: '{}' })),
    );
    const callbackOf = { headers: (name: string) => [headers.get(name) ?? ''], body: Buffer.from('{}') };
    expect(isSigned(standardWebhooks(), callbackOf, [secret], Date.now())).toBe(true);
  });

  // A failed first deployment would leave a retained secret behind, whose name the next one could not take.
  test.each([
    ['production', 'RetainExceptOnCreate'],
    ['dev', 'Delete'],
  ])('of stage %s are kept by %s', (stage, policy) => {
    const { secrets } = synthesized([partner('acquirer', { credentials: bearer(), callback })], stage);

    expect(secrets.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual([policy, policy]);
  });

  test('are named by the stage: those of two stages never meet', () => {
    const names = ['dev', 'production'].map(
      (stage) =>
        synthesized([partner('acquirer', { credentials: bearer() })], stage).secrets[0]?.Properties.Name,
    );

    expect(names).toEqual([
      'holdfast/dev/partners/acquirer/credentials',
      'holdfast/production/partners/acquirer/credentials',
    ]);
  });

  test('that were deployed without a name keep their logical id and get none, since a name would replace them', () => {
    const { secrets, made, stack } = synthesized([partner('screening', { callback })]);

    expect(secrets.map(({ id }) => id)).toEqual(['screeningCallbackSecret65AACD85']);
    expect(secrets[0]?.Properties).not.toHaveProperty('Name');
    expect(secrets[0]?.DeletionPolicy).toBe('RetainExceptOnCreate');
    expect(stack.resolve(made.callbackIds)).toEqual({
      screening: { Ref: 'screeningCallbackSecret65AACD85' },
    });
  });

  test('are granted by a name and exactly six characters after it', () => {
    const { made, stack } = synthesized([partner('registry', { callback })]);

    expect(JSON.stringify(stack.resolve(made.arnOf({ partner: 'registry', use: 'callbacks' })))).toContain(
      ':secret:holdfast/production/partners/registry/callbacks-??????',
    );
    expect(made.callbackIds).toEqual({ registry: 'holdfast/production/partners/registry/callbacks' });
  });
});

/** The service with credentials for each of the sample's partners, whatever they have by themselves. */
async function grantsWithCredentials() {
  const outdir = await mkdtemp(join(tmpdir(), 'holdfast-secrets-'));
  try {
    const registry = await loadRegistry();
    const given = new Map(
      partnersOf(registry).map((each) => [
        each,
        { ...each, credentials: each.name === 'bank' ? oauth2({ scopes: [] }) : bearer() },
      ]),
    );
    const operations = registry.operations.map(({ definition, file }) => {
      const steps = definition.steps.map((step) => ({
        ...step,
        partner: given.get(step.partner) as Partner,
      }));
      return { definition: { ...definition, steps }, file };
    });
    const base = stageConfig('production');
    const bank = { url: 'https://bank.example.com', tokenUrl: 'https://login.example.com/token' };
    const config = { ...base, partners: { ...base.partners, bank } };
    const all = { ...registry, operations };
    const app = new App({ outdir, analyticsReporting: false, builtinCloudFormationValidation: false });
    const state = new StateStack(app, 'holdfast-production-state', { config, registry: all });
    const code = () => Code.fromInline('//');
    new ServiceStack(app, 'holdfast-production-service', { config, registry: all, state, code, nesting: {} });
    return grantsOf(synthesizeTemplates(app));
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

describe('A7: a role', () => {
  test('reads the one secret that its function needs, and no other partner’s', async () => {
    const grants = await grantsWithCredentials();

    const reading = Object.entries(grants).flatMap(([name, all]) =>
      all.filter((grant) => grant.startsWith('secretsmanager:')).map((grant) => `${name}: ${grant}`),
    );

    expect(reading.sort()).toEqual([
      'callback: secretsmanager:GetSecretValue on callbacks of screening',
      'partner-bank: secretsmanager:GetSecretValue on credentials of bank',
      'partner-screening: secretsmanager:GetSecretValue on credentials of screening',
    ]);
  }, 60_000);
});
