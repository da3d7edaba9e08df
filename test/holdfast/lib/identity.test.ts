import { describe, expect, test } from '@jest/globals';
import { clientScopes } from '../../../lib/holdfast/cdk/api/identity.ts';
import { narrowedClients } from '../../../lib/holdfast/cli/deploy/narrowed-clients.ts';
import { stageConfig } from '../../../lib/holdfast/service/config.ts';
import { loadRegistry, scopesOf } from '../../../lib/holdfast/service/registry.ts';
import { ofType, synthesizeStage } from '../support/templates.ts';

describe('a stage that names no issuer', () => {
  test('has a user pool that registers every scope of the registry', async () => {
    const { state } = await synthesizeStage('dev');
    const [[, server] = []] = ofType(state, 'AWS::Cognito::UserPoolResourceServer');

    const registered = ((server?.Properties.Scopes ?? []) as { ScopeName: string }[]).map(
      ({ ScopeName }) => ScopeName,
    );

    expect(registered).toEqual(scopesOf(await loadRegistry()));
    expect(registered).toEqual(
      expect.arrayContaining(['payouts:*', 'payouts:approve', 'operations:resolve']),
    );
    // Cognito's own rule for the name of a scope.
    expect(registered.filter((name) => !/^[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]+$/.test(name))).toEqual([]);
  });

  test('D2: has a client for a machine, with a secret, that may read and do nothing else', async () => {
    const { state } = await synthesizeStage('staging');
    const [[, client] = []] = ofType(state, 'AWS::Cognito::UserPoolClient');

    expect(client?.Properties).toMatchObject({
      ClientName: 'machine',
      GenerateSecret: true,
      AllowedOAuthFlows: ['client_credentials'],
      AccessTokenValidity: 60,
    });
    const scopes = JSON.stringify(client?.Properties.AllowedOAuthScopes).match(/[a-z]+:[a-z*-]+/g);
    expect(scopes).toEqual(['payouts:read', 'operations:read']);
  });

  test('lets its authorizer accept that pool’s tokens, of its clients, each for its tenant', async () => {
    const { service } = await synthesizeStage('dev');
    const [, authorizer] =
      ofType(service, 'AWS::Lambda::Function').find(
        ([, { Metadata }]) => Metadata?.holdfast?.name === 'authorizer',
      ) ?? [];
    const environment = JSON.stringify(authorizer?.Properties.Environment);

    expect(environment).toMatch(/https:\/\/cognito-idp\..*machine.*default.*scopePrefix\\+":\\+"holdfast\//);
  });

  test('says in its outputs where the API is, where its documentation is, and how to get a token', async () => {
    const { templates } = await synthesizeStage('dev');
    const outputs = templates.flatMap(({ template }) => Object.keys(template.Outputs ?? {}));

    expect(outputs).toEqual(
      expect.arrayContaining(['ApiUrl', 'Clients', 'DocsUrl', 'HowToGetAToken', 'TokenUrl', 'UserPoolId']),
    );
  });
});

test('a stage that names an issuer has no user pool, and accepts that issuer’s tokens', async () => {
  const identity = { issuer: 'https://id.example', audience: 'holdfast', jwksUri: 'https://id.example/keys' };

  const { templates } = await synthesizeStage('production', { identity });
  const resources = templates.flatMap(({ template }) => Object.values(template.Resources));

  expect(resources.filter(({ Type }) => Type.startsWith('AWS::Cognito'))).toEqual([]);
  expect(JSON.stringify(resources)).toContain('https://id.example/keys');
});

describe('D2: the scopes of a client', () => {
  const all = ['payouts:*', 'operations:*', 'payouts:read', 'payouts:approve', 'operations:read'];
  const client = { tenant: 'acme' };

  /** Scopes of so many resources. */
  const ofResources = (count: number) =>
    [':*', ':read'].flatMap((end) => Array.from({ length: count }, (_, i) => `things${i}${end}`));

  test('are those that hold all others and those that read, where its settings say all', () => {
    expect(clientScopes('machine', { ...client, scopes: 'all' }, all)).toEqual([
      'payouts:*',
      'operations:*',
      'payouts:read',
      'operations:read',
    ]);
  });

  test.each([
    [25, 50],
    [26, 26],
    [50, 50],
  ])('of all %i resources are %i, with those that read where Cognito has room for both', (count, held) => {
    const scopes = clientScopes('machine', { ...client, scopes: 'all' }, ofResources(count));

    expect(scopes).toEqual(ofResources(count).slice(0, held));
  });

  test('are those that read, where its settings state none', () => {
    expect(clientScopes('machine', client, all)).toEqual(['payouts:read', 'operations:read']);
  });

  test('are those that its settings state, each once', () => {
    const scopes = ['payouts:*', 'operations:read', 'payouts:*'];

    expect(clientScopes('machine', { ...client, scopes }, all)).toEqual(['payouts:*', 'operations:read']);
  });

  test.each(['payouts:fly', 'payouts', '*', '', 'toString'])(
    'that there is not, %j say, are refused',
    (scope) => {
      expect(() => clientScopes('machine', { ...client, scopes: [scope] }, all)).toThrow(
        `client 'machine' in lib/service.ts has the scope '${scope}', which there is not; choose from payouts:*, `,
      );
    },
  );

  test('that are more than Cognito gives are refused, with the remedy', () => {
    const many = ['things:*', ...Array.from({ length: 51 }, (_, i) => `things:do-${i}`)];

    expect(() => clientScopes('machine', { ...client, scopes: many.slice(1) }, many)).toThrow(
      /has 51 scopes, and a client of Cognito can hold 50; state those that hold others, as things:\*$/,
    );
  });

  test.each<['all' | undefined]>([['all'], [undefined]])(
    'of more resources than a client can hold are refused where its settings say %p; resources must be chosen',
    (scopes) => {
      expect(() => clientScopes('machine', { ...client, scopes }, ofResources(51))).toThrow(
        "client 'machine' in lib/service.ts has 51 scopes, and a client of Cognito can hold 50; these are of 51 resources, so choose its resources, as scopes: ['things0:*', 'things1:*']",
      );
    },
  );

  test('in stage dev include each that reads, so that a token may ask for it alone', async () => {
    const { state } = await synthesizeStage('dev');
    const [[, deployed] = []] = ofType(state, 'AWS::Cognito::UserPoolClient');

    const scopes = JSON.stringify(deployed?.Properties.AllowedOAuthScopes).match(/[a-z]+:[a-z*-]+/g);

    expect(scopes).toEqual(['payouts:*', 'operations:*', 'payouts:read', 'operations:read']);
  });
});

describe('D2: a release that would take scopes from a client', () => {
  const all = ['payouts:*', 'payouts:read', 'payouts:create'];
  const deployed = (...scopes: string[]) => [
    {
      name: 'holdfast-staging-state',
      template: {
        Resources: {
          Client: {
            Type: 'AWS::Cognito::UserPoolClient',
            Properties: {
              ClientName: 'machine',
              AllowedOAuthScopes: scopes.map((scope) => ({
                'Fn::Join': ['', [{ Ref: 'Server' }, `/${scope}`]],
              })),
            },
          },
        },
      },
    },
  ];
  const config = (scopes?: string[]) =>
    stageConfig('staging', {
      userPool: { clients: { machine: { tenant: 'acme', ...(scopes && { scopes }) } } },
    });

  test('without its settings saying so is refused, with what to write', () => {
    expect(narrowedClients(deployed('payouts:*'), config(), all)).toEqual([
      "client 'machine' of stage staging would lose payouts:*: a client whose scopes are not stated may only read; state them in lib/service.ts, as in userPool: { clients: { machine: { tenant: 'acme', scopes: ['payouts:*'] } } }",
    ]);
  });

  test('is what its settings say, where they state scopes', () => {
    expect(narrowedClients(deployed('payouts:*'), config(['payouts:read']), all)).toEqual([]);
  });

  test('takes none from one that may read alone, or was not there', () => {
    expect(narrowedClients(deployed('payouts:read'), config(), all)).toEqual([]);
    expect(narrowedClients([], config(), all)).toEqual([]);
  });
});
