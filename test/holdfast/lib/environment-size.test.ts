import { expect, test } from '@jest/globals';
import { App, Aws, Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { authorizerEntry } from '../../../lib/holdfast/cdk/bundles/function-entry.ts';
import { environmentFaults } from '../../../lib/holdfast/cdk/functions/environment-size.ts';
import { ServiceFunction } from '../../../lib/holdfast/cdk/functions/service-function.ts';
import { stageConfig } from '../../../lib/holdfast/service/config.ts';

/** Rules of a stage whose pool has so many clients, as the authorizer's environment has them in a template. */
const rules = (clients: number) => ({
  Variables: {
    TOKEN_RULES: {
      'Fn::Join': [
        '',
        [
          '{"issuer":"https://cognito-idp.',
          { Ref: 'AWS::Region' },
          '.amazonaws.com/',
          { 'Fn::ImportValue': 'state:Pool' },
          '","clients":{',
          ...Array.from({ length: clients }, (_, index) => [
            '"',
            { 'Fn::ImportValue': `state:Client${index}` },
            `":"${'t'.repeat(36)}",`,
          ]).flat(),
          '}}',
        ],
      ],
    },
  },
});

test('an environment of more than 4 kB is told before it is deployed, with the variable that fills it', () => {
  expect(environmentFaults('authorizer', rules(30))).toEqual([]);
  expect(environmentFaults('authorizer', rules(80))).toEqual([
    expect.stringMatching(
      /^the environment of authorizer has about \d{4} bytes, \d{4} of them TOKEN_RULES, and Lambda takes 4096; /,
    ),
  ]);
});

test('a function whose environment Lambda would refuse does not synthesize', () => {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Stack');
  new ServiceFunction(stack, 'authorizer', {
    entry: authorizerEntry,
    config: stageConfig('dev'),
    code: Code.fromInline('//'),
    environment: { TOKEN_RULES: `${Aws.REGION}${'x'.repeat(4_090)}` },
  });

  expect(() => app.synth()).toThrow(/the environment of authorizer has about \d{4} bytes/);
});
