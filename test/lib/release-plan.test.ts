import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Kept } from '../../lib/stacks/kept.ts';
import type { CloudFormationTemplate, StackTemplate } from '../../lib/templates.ts';
import type { DeployedStack, StackResource } from '../../lib/tools/deployed.ts';
import {
  planRelease,
  type ReleaseFacts,
  type ReleasePlan,
  stackNames,
} from '../../lib/tools/release-plan.ts';
import { synthesizeStage } from '../support/templates.ts';

const STAGE = 'staging';
const { state, service } = stackNames(STAGE);

type Templates = readonly StackTemplate[];

const withSettings = async (options: Parameters<typeof synthesizeStage>[1]) =>
  (await synthesizeStage(STAGE, options)).templates;

const ISSUER = {
  issuer: 'https://id.example.org',
  audience: 'holdfast',
  jwksUri: 'https://id.example.org/jwks.json',
};

let pool: Templates;
let renamed: Templates;
let revoked: Templates;
let issuer: Templates;
beforeAll(async () => {
  pool = await withSettings({
    userPool: { clients: { machine: { tenant: 'a' }, partner: { tenant: 'b' } } },
  });
  renamed = await withSettings({
    userPool: { clients: { robot: { tenant: 'a' }, partner: { tenant: 'b' } } },
  });
  revoked = await withSettings({ userPool: { clients: { partner: { tenant: 'b' } } } });
  issuer = await withSettings({ identity: ISSUER });
});

const find = (templates: Templates, name: string): CloudFormationTemplate => {
  const found = templates.find((each) => each.name === name)?.template;
  if (found === undefined) throw new Error(`no template of ${name}`);
  return found;
};

/** Names in every `Fn::ImportValue`. */
const importsIn = (value: unknown): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) =>
        key === 'Fn::ImportValue' ? [String(inner)] : importsIn(inner),
      );

const exportsIn = ({ Outputs = {} }: CloudFormationTemplate): string[] =>
  Object.values(Outputs).flatMap(({ Export }) => (Export === undefined ? [] : [String(Export.Name)]));

/** An account with these templates deployed, as CloudFormation tells of it. */
function account(templates: Templates, status: Readonly<Record<string, string>> = {}) {
  const deployed: DeployedStack[] = [state, service].map((name) => {
    const template = find(templates, name);
    const resources: StackResource[] = Object.entries(template.Resources).map(([logicalId, { Type }]) => ({
      logicalId,
      physicalId: `${logicalId}-physical`,
      type: Type,
      status: 'CREATE_COMPLETE',
    }));
    return { name, template, resources, status: status[name] ?? 'UPDATE_COMPLETE' };
  });
  const importers = new Map(importsIn(find(templates, service)).map((name) => [name, [service]]));
  return { deployed, importers };
}

const plan = (before: Templates, next: Templates, other: Partial<ReleaseFacts> = {}): ReleasePlan =>
  planRelease({ stage: STAGE, ...account(before), taken: new Set(), next, ...other });

/** The state stack as a deployment makes it. */
const keeping = (
  template: CloudFormationTemplate,
  keep: Kept = { Resources: {} },
): CloudFormationTemplate => ({
  ...template,
  Resources: { ...template.Resources, ...keep.Resources },
  Outputs: { ...template.Outputs, ...keep.Outputs },
});

type Standing = Readonly<Record<'state' | 'service', CloudFormationTemplate>>;

/**
 * What CloudFormation has against a deployment, where `before` stands: an export in use is not removed, an import needs its
 * export, and a reference its resource.
 */
function against(before: Standing, after: Standing): string[] {
  const missing = (needed: readonly string[], there: readonly string[], what: string) =>
    needed.filter((name) => !there.includes(name)).map((name) => `${what} ${name}`);
  const { Resources, Outputs } = after.state;
  const references = JSON.stringify([Resources, Outputs]).matchAll(/"Ref":"(\w+)"/g);
  return [
    ...missing(importsIn(before.service), exportsIn(after.state), 'export in use goes:'),
    ...missing(importsIn(after.service), exportsIn(after.state), 'no export'),
    ...missing(
      [...references].map(([, id = '']) => id),
      Object.keys(Resources),
      'no resource',
    ),
  ];
}

/** Deploys stack by stack as planned; at the end, the templates stand as the release has them. */
function carryOut(before: Templates, next: Templates, { deployments }: ReleasePlan): void {
  let stands: Standing = { state: find(before, state), service: find(before, service) };
  const single = deployments.flatMap(({ stacks, keep }) => stacks.map((stack) => ({ stack, keep })));
  for (const { stack, keep } of single) {
    const after =
      stack === state
        ? { ...stands, state: keeping(find(next, state), keep) }
        : { ...stands, service: find(next, service) };
    expect(against(stands, after)).toEqual([]);
    stands = after;
  }
  expect(stands).toEqual({ state: find(next, state), service: find(next, service) });
}

const stacksOf = ({ deployments }: ReleasePlan) => deployments.map(({ stacks }) => stacks);

const CLIENT = 'IdentityPoolmachine4DB7C814';
const CLIENT_EXPORT = 'ExportsOutputRefIdentityPoolmachine4DB7C81410D2354E';

describe('a release', () => {
  test('that changes nothing in the state stack takes one deployment', () => {
    expect(plan(pool, pool)).toEqual({
      deployments: [{ stacks: [state, service] }],
      refusals: [],
      notes: [],
    });
  });

  test('of a stage that is not deployed makes the state stack first', () => {
    const planned = plan(pool, pool, { deployed: [], importers: new Map() });

    expect(stacksOf(planned)).toEqual([[state, service]]);
  });

  test('A3: a revoked client is refused by the service before it goes from the pool', () => {
    const planned = plan(pool, revoked);

    expect(planned.refusals).toEqual([]);
    expect(stacksOf(planned)).toEqual([[service], [state]]);
    expect(planned.deployments[0]?.why).toContain(CLIENT);
    carryOut(pool, revoked, planned);
  });

  test('A3: a renamed client is there under both names while the service goes from the one to the other', () => {
    const planned = plan(pool, renamed);

    expect(planned.refusals).toEqual([]);
    expect(stacksOf(planned)).toEqual([[state], [service], [state]]);
    expect(Object.keys(planned.deployments[0]?.keep?.Resources ?? {})).toEqual([CLIENT]);
    expect(Object.keys(planned.deployments[0]?.keep?.Outputs ?? {})).toEqual([CLIENT_EXPORT]);
    expect(planned.deployments[2]?.keep).toBeUndefined();
    carryOut(pool, renamed, planned);
  });

  test('A3: what is kept in between is synthesized beside the release, as it was deployed', async () => {
    const keep = plan(pool, renamed).deployments[0]?.keep as Kept;

    const between = await withSettings({
      userPool: { clients: { robot: { tenant: 'a' }, partner: { tenant: 'b' } } },
      keep,
    });

    expect(find(between, state)).toMatchObject(keeping(find(renamed, state), keep));
    expect(Object.keys(find(between, state).Resources).sort()).toEqual(
      Object.keys(keeping(find(renamed, state), keep).Resources).sort(),
    );
    expect(find(between, service)).toEqual(find(renamed, service));
  });

  test('A3: a rename that failed between its deployments goes on from where it stands', () => {
    const between = plan(pool, renamed).deployments[0]?.keep;
    const template = keeping(find(renamed, state), between);
    const halfway = pool.map((stack) => (stack.name === state ? { ...stack, template } : stack));

    const planned = plan(halfway, renamed);

    expect(stacksOf(planned)).toEqual([[service], [state]]);
    carryOut(halfway, renamed, planned);
  });

  test('A3: an issuer takes the place of the pool in the service first, and the pool that is retained is named', () => {
    const planned = plan(pool, issuer);

    expect(planned.refusals).toEqual([]);
    expect(stacksOf(planned)).toEqual([[service], [state]]);
    expect(planned.notes).toEqual([
      expect.stringMatching(/^AWS::Cognito::UserPool IdentityPool9E5AED46-physical stays in the account/),
    ]);
    carryOut(pool, issuer, planned);
  });

  test('A3: a pool comes back in the place of an issuer with one deployment', () => {
    const planned = plan(issuer, pool);

    expect(stacksOf(planned)).toEqual([[state, service]]);
    carryOut(issuer, pool, planned);
  });

  test('A3: a secret that the service imports goes after the service', () => {
    const without = withoutCallbacks(pool);

    const planned = plan(pool, without);

    expect(stacksOf(planned)).toEqual([[service], [state]]);
    carryOut(pool, without, planned);
  });

  test('an export that only another stack imports is refused by the name of that stack', () => {
    const { deployed, importers } = account(pool);
    const name = `${state}:${CLIENT_EXPORT}`;

    const { refusals } = plan(pool, revoked, {
      deployed,
      importers: new Map([...importers, [name, [service, 'reports']]]),
    });

    expect(refusals).toEqual([
      `output ${CLIENT_EXPORT} of ${state} would go, and stack reports imports it; deploy that without Fn::ImportValue of ${name}, then this`,
    ]);
  });

  test('an export in use whose resource would be replaced is refused, since its value would change', () => {
    const replaced = changed(pool, state, (template) => {
      const client = template.Resources[CLIENT] as { Properties: Record<string, unknown> };
      client.Properties.GenerateSecret = false;
    });

    expect(plan(pool, replaced).refusals).toEqual([
      expect.stringMatching(new RegExp(`^output ${CLIENT_EXPORT} .* would change its value`)),
    ]);
  });

  test('a secret that stayed when its partner went is named when the partner comes back', () => {
    const Name = 'holdfast/staging/partners/bank/credentials';
    const more = changed(pool, state, ({ Resources }) => {
      Object.assign(Resources, { Bank: { Type: 'AWS::SecretsManager::Secret', Properties: { Name } } });
    });

    expect(plan(pool, more, { taken: new Set([Name]) }).refusals).toEqual([
      expect.stringMatching(/^secret holdfast\/staging\/partners\/bank\/credentials is there already/),
    ]);
  });

  test('a name that would go from one resource to another while both stand is refused', () => {
    const moved = changed(renamed, state, ({ Resources }) => {
      const [id = '', domain] =
        Object.entries(Resources).find(([, { Type }]) => Type === 'AWS::Cognito::UserPoolDomain') ?? [];
      Object.assign(Resources, { Elsewhere: domain });
      delete (Resources as Record<string, unknown>)[id];
    });

    expect(plan(pool, moved).refusals).toEqual([
      expect.stringMatching(/^AWS::Cognito::UserPoolDomain .* cannot be both/),
    ]);
  });
});

describe('a stack that is not whole', () => {
  test('B12: after a first deployment that was rolled back, everything is made anew, and nothing is compared with it', () => {
    const { deployed, importers } = account(pool, {
      [state]: 'ROLLBACK_COMPLETE',
      [service]: 'ROLLBACK_COMPLETE',
    });

    expect(plan(pool, issuer, { deployed, importers })).toEqual({
      deployments: [{ stacks: [state, service] }],
      refusals: [],
      notes: [],
    });
  });

  test('B12: a service that was rolled back goes by nothing, so the state stack changes in one deployment', () => {
    const { deployed } = account(pool, { [service]: 'ROLLBACK_COMPLETE' });

    expect(stacksOf(plan(pool, renamed, { deployed, importers: new Map() }))).toEqual([[state, service]]);
  });

  test('B12: after a rollback that failed, each orphan is named with what takes it away', () => {
    const { deployed, importers } = account(pool, { [state]: 'ROLLBACK_FAILED' });

    const { refusals, deployments } = plan(pool, pool, { deployed, importers });

    expect(deployments).toEqual([]);
    expect(refusals).toHaveLength(1);
    expect(refusals[0]).toContain('AWS::DynamoDB::GlobalTable RecordsTable-physical');
    expect(refusals[0]).toContain(
      'aws dynamodb update-table --table-name RecordsTable-physical --no-deletion-protection-enabled',
    );
    expect(refusals[0]).toContain(`aws cloudformation delete-stack --stack-name ${state}`);
  });

  test.each([
    ['UPDATE_ROLLBACK_FAILED', /npx cdk rollback holdfast-staging-service, then deploy again$/],
    ['UPDATE_FAILED', /npx cdk rollback holdfast-staging-service, then deploy again$/],
    ['DELETE_FAILED', /npm run destroy once more, then deploy again$/],
    ['UPDATE_IN_PROGRESS', /wait until it has come to an end, then deploy again$/],
  ])('%s is refused with the remedy', (status, remedy) => {
    const { deployed, importers } = account(pool, { [service]: status });

    expect(plan(pool, pool, { deployed, importers }).refusals).toEqual([expect.stringMatching(remedy)]);
  });
});

/** The templates with one changed by hand. */
function changed(
  templates: Templates,
  stack: string,
  change: (template: CloudFormationTemplate) => void,
): Templates {
  return templates.map((each) => {
    if (each.name !== stack) return each;
    const template = structuredClone(each.template);
    change(template);
    return { ...each, template };
  });
}

/** As without the partner that calls back: its secret, and what imports it. */
function withoutCallbacks(templates: Templates): Templates {
  const without = changed(templates, state, (template) => {
    const record = (part: object | undefined) => (part ?? {}) as Record<string, unknown>;
    for (const id of Object.keys(template.Resources))
      if (id.startsWith('screeningCallbackSecret')) delete record(template.Resources)[id];
    for (const id of Object.keys(template.Outputs ?? {}))
      if (id.includes('screeningCallbackSecret')) delete record(template.Outputs)[id];
  });
  return without.map((each) =>
    each.name.startsWith(service)
      ? {
          ...each,
          template: JSON.parse(JSON.stringify(each.template), (_, value) =>
            String(value?.['Fn::ImportValue']).includes('screeningCallbackSecret') ? 'none' : value,
          ),
        }
      : each,
  );
}
