import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { WriteApi } from '../../../lib/holdfast/cdk/api/write-api.ts';
import { type Nesting, Nests } from '../../../lib/holdfast/cdk/templates/nests.ts';
import { type StageConfig, stageConfig } from '../../../lib/holdfast/service/config.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';

const { context } = JSON.parse(await readFile(join(ROOT, 'cdk.json'), 'utf8'));

describe('a deployment', () => {
  const config = stageConfig('dev');

  /** Logical id of the deployment of a small API; whatever changes it is deployed, and nothing else is. */
  const deploymentId = ({
    settings = {},
    authorizer = 'Authorizer',
    handler = 'Handler',
    extend = () => undefined,
  }: {
    readonly settings?: Partial<StageConfig>;
    readonly authorizer?: string;
    readonly handler?: string;
    readonly extend?: (api: WriteApi, handler: LambdaFunction) => void;
  } = {}): string => {
    const stack = new Stack(new App({ context, analyticsReporting: false }), 'Stack');
    const lambda = (id: string) =>
      new LambdaFunction(stack, id, {
        code: Code.fromInline('//'),
        runtime: Runtime.NODEJS_24_X,
        handler: 'index.handler',
      });
    const api = new WriteApi(stack, 'WriteApi', {
      config: { ...config, ...settings },
      authorizer: lambda(authorizer),
    });
    const own = lambda(handler);
    api.addRoute('POST', '/payouts', own);
    extend(api, own);
    return Object.keys(Template.fromStack(stack).findResources('AWS::ApiGateway::Deployment')).join();
  };

  let first: string;
  beforeAll(() => {
    first = deploymentId();
  });

  test('stays the same while the API does, whatever else the stage says', () => {
    const others = [
      deploymentId(),
      deploymentId({ settings: { throttle: { ratePerSecond: 1, burst: 1 } } }),
      deploymentId({ settings: { logLevel: 'ERROR', logRetentionDays: 365, retainData: true } }),
    ];

    expect(others).toEqual([first, first, first]);
  });

  // aws-cdk#10963: gateway responses were changed, and the edge served the old ones.
  // aws-cdk#13526, aws-cdk#16656: so it was for routes, integrations and authorizers.
  test.each([
    ['the text of a gateway response', { settings: { basePath: '/other' } }],
    ['the origin that is let in', { settings: { allowOrigin: 'https://app.example' } }],
    ['a route', { extend: (api: WriteApi, own: LambdaFunction) => api.addRoute('GET', '/payouts', own) }],
    [
      'who may call a route',
      { extend: (api: WriteApi, own: LambdaFunction) => api.addRoute('GET', '/payouts', own, 'open') },
    ],
    ['the function of a route', { handler: 'Other' }],
    ['the authorizer', { authorizer: 'Other' }],
  ])('is made anew when %s changes', (_, change) => {
    const changed = deploymentId(change);

    expect(changed).toMatch(/^WriteApiDeployment/);
    expect(changed).not.toBe(first);
  });

  test('tells an open route from one that needs a token', () => {
    const [closed, open] = (['token', 'open'] as const).map((access) =>
      deploymentId({ extend: (api, own) => api.addRoute('GET', '/payouts', own, access) }),
    );

    expect(open).not.toBe(closed);
  });
});

describe('the nested stack of a function', () => {
  const nestsOf = (recorded: Nesting, names: readonly string[]) => {
    const nests = new Nests(new Stack(), recorded);
    return { in: names.map((name) => nests.of(name).node.id), placed: nests.placed };
  };

  test('is the first for one that a stage has by its settings, however full it is, and no other is placed by it', () => {
    const full = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`orders-${i}`, 1]));
    const nearlyFull = Object.fromEntries(Object.entries(full).slice(1));

    for (const recorded of [full, nearlyFull, {}]) {
      const without = nestsOf(recorded, ['orders-new', 'orders-newer']);
      const withIt = nestsOf(recorded, ['status', 'orders-new', 'orders-newer']);

      expect(withIt).toEqual({ in: ['Functions1', ...without.in], placed: without.placed });
    }
  });
});
