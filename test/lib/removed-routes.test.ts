import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { buildApp } from '../../lib/app.ts';
import { ROUTES_ANEW } from '../../lib/stacks/service-stack.ts';
import { synthesizeTemplates } from '../../lib/templates.ts';
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
    { stacks: [state, service] },
    { stacks: [service], routesAnew: true, why: 'then the API forgets POSTpayoutsarchive' },
  ]);
  expect(plan(templates, templates).deployments).toEqual([{ stacks: [state, service] }]);
});

test('routes are copied anew by a template that differs in the copy alone', async () => {
  const outdir = await mkdtemp(join(tmpdir(), 'holdfast-anew-'));
  const context = { [ROUTES_ANEW]: 'true' };
  const anew = await buildApp({ stage: STAGE, bundles: 'none', outdir, context })
    .then(synthesizeTemplates)
    .finally(() => rm(outdir, { recursive: true, force: true }));
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
