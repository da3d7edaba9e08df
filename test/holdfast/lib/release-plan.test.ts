import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Kept } from '../../../lib/holdfast/cdk/templates/kept.ts';
import type { CloudFormationTemplate } from '../../../lib/holdfast/cdk/templates/templates.ts';
import {
  account,
  carryOut,
  find,
  ISSUER,
  keeping,
  plan,
  poolOf,
  service,
  stacksOf,
  state,
  type Templates,
  withSettings,
} from '../support/planned-release.ts';

let pool: Templates;
let renamed: Templates;
let revoked: Templates;
let issuer: Templates;
beforeAll(async () => {
  pool = await withSettings(poolOf('machine', 'partner'));
  renamed = await withSettings(poolOf('robot', 'partner'));
  revoked = await withSettings(poolOf('partner'));
  issuer = await withSettings({ identity: ISSUER });
});

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

    const between = await withSettings({ ...poolOf('robot', 'partner'), keep });

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
