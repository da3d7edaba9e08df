import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { buildApp } from '../../../lib/holdfast/cdk/app.ts';
import { synthesizeTemplates } from '../../../lib/holdfast/cdk/templates/templates.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { loadRegistry, partnersOf } from '../../../lib/holdfast/service/registry.ts';
import { ofType, type Resources, type SynthesizedStage, synthesizeStage } from '../support/templates.ts';

let production: SynthesizedStage;
let dev: SynthesizedStage;
beforeAll(async () => {
  production = await synthesizeStage('production');
  dev = await synthesizeStage('dev');
});

describe('the service stack', () => {
  test('has one function, one role and one log group for each action, each reader, the authorizer and the problems', async () => {
    const { service } = production;
    const names = ofType(service, 'AWS::Lambda::Function').map(
      ([, { Metadata }]) => Metadata?.holdfast?.name,
    );

    const registry = await loadRegistry();
    const ofResources = registry.resources.flatMap(({ definition, actions }) =>
      ['get', 'list', 'history', ...actions.map((action) => action.definition.name)].map(
        (name) => `${definition.name}-${name}`,
      ),
    );
    const ofPartners = partnersOf(registry).map(({ name }) => `partner-${name}`);
    const ofTheKit = [
      'authorizer',
      'callback',
      'dispatcher',
      'docs',
      'history',
      'history-refill',
      'operate',
      'operations-cancel',
      'operations-get',
      'operations-list',
      'operations-resolve',
      'problems',
      'sweep',
    ];

    expect(ofResources).toContain('payouts-submit');
    expect(names.sort()).toEqual([...ofTheKit, ...ofResources, ...ofPartners].sort());
    // Those of each state machine, of CodeDeploy, and of the gateway's logs.
    expect(ofType(service, 'AWS::IAM::Role')).toHaveLength(names.length + 2 + registry.operations.length);
    // Those of each state machine, and of the gateway: who asked, and what went wrong.
    expect(ofType(service, 'AWS::Logs::LogGroup')).toHaveLength(
      names.length + 2 + registry.operations.length,
    );
  });

  // Zappa#1114: a function that outlives the gateway's 29 s commits what its caller was told had failed.
  test('ends every function that a request waits for long before the gateway gives up', () => {
    const behindNoRoute = /^(dispatcher|history|history-refill|operate|sweep|partner-.+)$/;
    const waitedFor = ofType(production.service, 'AWS::Lambda::Function').filter(
      ([, { Metadata }]) => !behindNoRoute.test(Metadata?.holdfast?.name ?? ''),
    );

    expect(waitedFor.length).toBeGreaterThan(10);
    expect(Math.max(...waitedFor.map(([, { Properties }]) => Number(Properties.Timeout)))).toBeLessThan(29);
  });

  test('ends the sweep before the next one begins', () => {
    const [sweep] = ofType(production.service, 'AWS::Lambda::Function').filter(
      ([, { Metadata }]) => Metadata?.holdfast?.name === 'sweep',
    );

    expect(Number(sweep?.[1].Properties.Timeout)).toBeLessThan(60);
  });

  test('asks for a token on every route but health, problems, documentation, preflight and the signed callbacks of partners', () => {
    const open = ofType(production.service, 'AWS::ApiGateway::Method')
      .filter(([, { Properties }]) => Properties.AuthorizationType !== 'CUSTOM')
      .map(([id, { Properties }]) => `${Properties.HttpMethod} ${id}`);

    expect(
      open
        .filter((route) => !route.startsWith('OPTIONS '))
        .map((route) => route.replace(/WriteApi|[A-F0-9]{8}$/g, ''))
        .sort(),
    ).toEqual([
      'GET GETdocs',
      'GET GETdocsfile',
      'GET GETopenapijson',
      'GET GETproblems',
      'GET GETproblemscode',
      'GET healthGET',
      'POST POSTpartnerspartnercallbacks',
    ]);
  });

  test('hands bodies over as the bytes that were sent, and remembers a token for a minute', () => {
    const [[, api] = []] = ofType(production.service, 'AWS::ApiGateway::RestApi');
    const [[, authorizer] = []] = ofType(production.service, 'AWS::ApiGateway::Authorizer');

    expect(api?.Properties.BinaryMediaTypes).toEqual(['application/*']);
    expect(authorizer?.Properties).toMatchObject({ Type: 'TOKEN', AuthorizerResultTtlInSeconds: 60 });
  });
});

describe('the state stack', () => {
  test('keeps its tables under their names: another logical id or key would be a new and empty table', () => {
    const tables = ofType(production.state, 'AWS::DynamoDB::GlobalTable').map(([id, { Properties }]) => [
      id,
      Properties.KeySchema,
    ]);

    expect(tables).toEqual([
      ['RecordsTable', [{ AttributeName: 'pk', KeyType: 'HASH' }]],
      ['IdempotencyTable', [{ AttributeName: 'id', KeyType: 'HASH' }]],
      [
        'HistoryTable',
        [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      ],
    ]);
  });

  test('projects the public part alone into its indexes', () => {
    const indexes = production.state.RecordsTable?.Properties.GlobalSecondaryIndexes as Record<
      string,
      unknown
    >[];

    expect(
      indexes.map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection })),
    ).toEqual([
      {
        IndexName: 'by-time',
        KeySchema: [
          { AttributeName: 'list', KeyType: 'HASH' },
          { AttributeName: 'createdAt', KeyType: 'RANGE' },
        ],
        Projection: {
          ProjectionType: 'INCLUDE',
          NonKeyAttributes: ['state', 'version', 'commit', 'updatedAt', 'data'],
        },
      },
      {
        IndexName: 'by-state',
        KeySchema: [
          { AttributeName: 'list', KeyType: 'HASH' },
          { AttributeName: 'stateOrder', KeyType: 'RANGE' },
        ],
        Projection: {
          ProjectionType: 'INCLUDE',
          NonKeyAttributes: ['state', 'version', 'commit', 'createdAt', 'updatedAt', 'data'],
        },
      },
      {
        IndexName: 'by-due',
        KeySchema: [
          { AttributeName: 'dueList', KeyType: 'HASH' },
          { AttributeName: 'dueAt', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ]);
  });

  test('keeps the data of production when the stack is deleted, and lets go of that of dev', () => {
    const policies = (resources: Resources) =>
      ofType(resources, 'AWS::DynamoDB::GlobalTable').map(([, table]) => ({
        deletion: table.DeletionPolicy,
        replace: table.UpdateReplacePolicy,
        replicas: (table.Properties.Replicas as Record<string, unknown>[]).map((replica) => ({
          protected: replica.DeletionProtectionEnabled,
          recovery: replica.PointInTimeRecoverySpecification,
        })),
      }));
    const recovery = { PointInTimeRecoveryEnabled: true };

    expect(policies(production.state)).toEqual(
      Array.from({ length: 3 }, () => ({
        // B12: a first deployment that fails takes with it what it has made.
        deletion: 'RetainExceptOnCreate',
        replace: 'Retain',
        replicas: [{ protected: true, recovery }],
      })),
    );
    expect(policies(dev.state)).toEqual(
      Array.from({ length: 3 }, () => ({
        deletion: 'Delete',
        replace: 'Delete',
        replicas: [{ protected: false, recovery }],
      })),
    );
  });
});

// aws-cdk#17706: a template that differs between machines redeploys everything.
test('templates are the same each time, and name no place of this machine', async () => {
  const outdir = await mkdtemp(join(tmpdir(), 'holdfast-again-'));
  const again = await buildApp({ stage: 'production', bundles: 'none', outdir })
    .then(synthesizeTemplates)
    .finally(() => rm(outdir, { recursive: true, force: true }));

  expect(JSON.stringify(again)).toBe(JSON.stringify(production.templates));
  expect(JSON.stringify(again)).not.toContain(ROOT);
  expect(JSON.stringify(again)).not.toContain(`${homedir()}/`);
});
