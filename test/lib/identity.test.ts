import { describe, expect, test } from '@jest/globals';
import { loadRegistry, scopesOf } from '../../lib/registry.ts';
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

  test('has a client for a machine, with a secret and the scopes that hold all others', async () => {
    const { state } = await synthesizeStage('dev');
    const [[, client] = []] = ofType(state, 'AWS::Cognito::UserPoolClient');

    expect(client?.Properties).toMatchObject({
      ClientName: 'machine',
      GenerateSecret: true,
      AllowedOAuthFlows: ['client_credentials'],
      AccessTokenValidity: 60,
    });
    expect(JSON.stringify(client?.Properties.AllowedOAuthScopes)).toMatch(
      /\/operations:\*.*\/payouts:\*|\/payouts:\*.*\/operations:\*/,
    );
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
