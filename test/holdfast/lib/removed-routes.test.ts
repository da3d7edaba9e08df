import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { buildApp } from '../../../lib/holdfast/cdk/app.ts';
import { REMOVED_ROUTES, ROUTES_ANEW } from '../../../lib/holdfast/cdk/templates/removed-routes.ts';
import { synthesizeTemplates } from '../../../lib/holdfast/cdk/templates/templates.ts';
import {
  account,
  plan,
  STAGE,
  service,
  state,
  type Templates,
  withSettings,
} from '../support/planned-release.ts';

const METHOD = 'AWS::ApiGateway::Method';

/** The stage's templates as a deployment has them made. */
async function made(context: Readonly<Record<string, string>>): Promise<Templates> {
  const outdir = await mkdtemp(join(tmpdir(), 'holdfast-anew-'));
  return buildApp({ stage: STAGE, bundles: 'none', outdir, context })
    .then(synthesizeTemplates)
    .finally(() => rm(outdir, { recursive: true, force: true }));
}

/** The service as CloudFormation lists it, with a method in a nested stack that the release lacks. */
const withMethod = (templates: Templates) => {
  const { deployed, importers } = account(templates);
  const gone = { logicalId: 'POSTpayoutsarchive', physicalId: 'm', type: METHOD, status: 'CREATE_COMPLETE' };
  return {
    importers,
    deployed: deployed.map((stack) =>
      stack.name === service ? { ...stack, resources: [...stack.resources, gone] } : stack,
    ),
  };
};

// aws-cdk#14660: the copy of the routes that a stage serves is made before what is removed is deleted.
test('a release that removes a route ends with a deployment that makes the API forget it', async () => {
  const templates = await withSettings({});

  const { deployments } = plan(templates, templates, withMethod(templates));

  expect(deployments).toEqual([
    { stacks: [state, service], removedRoutes: ['POSTpayoutsarchive'] },
    { stacks: [service], routesAnew: true, why: 'then the API forgets POSTpayoutsarchive' },
  ]);
  expect(plan(templates, templates).deployments).toEqual([{ stacks: [state, service] }]);
});

/** The service after a deployment that removed a method, and whose last part never came. */
const withoutLastPart = async () => account(await made({ [REMOVED_ROUTES]: 'POSTpayoutsarchive' }));

test('a release is planned to make the API forget a removed route again when that deployment has failed', async () => {
  const templates = await withSettings({});
  const facts = await withoutLastPart();

  const { deployments } = plan(templates, templates, facts);

  expect(deployments).toEqual([
    { stacks: [state, service], removedRoutes: ['POSTpayoutsarchive'] },
    { stacks: [service], routesAnew: true, why: 'then the API forgets POSTpayoutsarchive' },
  ]);
});

test('a route that comes back is forgotten no more', async () => {
  const templates = await withSettings({});
  const back = templates.map((each) =>
    each.name === service
      ? {
          ...each,
          template: {
            ...each.template,
            Resources: { ...each.template.Resources, POSTpayoutsarchive: { Type: METHOD } },
          },
        }
      : each,
  );

  const { deployments } = plan(templates, back, await withoutLastPart());

  expect(deployments).toEqual([{ stacks: [state, service] }]);
});

test('a service whose API has forgotten its removed routes says nothing of them', async () => {
  const templates = await withSettings({});
  const last = await made({ [ROUTES_ANEW]: 'true' });

  expect(plan(templates, templates, account(last)).deployments).toEqual([{ stacks: [state, service] }]);
});

test('routes are copied anew by a template that differs in the copy alone', async () => {
  const anew = await made({ [ROUTES_ANEW]: 'true' });
  const before = await withSettings({});

  const [was, is] = [before, anew].map((templates) => {
    const { Resources = {} } = templates.find(({ name }) => name === service)?.template ?? {};
    return Object.keys(Resources);
  });
  const only = (some: readonly string[] = [], others: readonly string[] = []) =>
    some.filter((id) => !others.includes(id)).map((id) => id.replace(/[0-9a-f]{32}$/, ''));

  expect(only(is, was)).toEqual(['WriteApiDeployment5ABDF11C']);
  expect(only(was, is)).toEqual(['WriteApiDeployment5ABDF11C']);
});
