import { expect, test } from '@jest/globals';
import { synthesizeStage } from '../support/templates.ts';

/** Types whose names an account has once, whatever the region, and the property that gives a name. */
const GLOBAL_NAMES: Readonly<Record<string, string>> = {
  'AWS::CloudWatch::Dashboard': 'DashboardName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::CloudFront::Function': 'Name',
  'AWS::CloudFront::CachePolicy': 'Name',
};

test('A5: a stage can stand in two regions of one account', async () => {
  const { templates } = await synthesizeStage('production');
  const named = templates
    .flatMap(({ template }) => Object.entries(template.Resources))
    .flatMap(([id, { Type, Properties = {} }]) => {
      const name = Properties[GLOBAL_NAMES[Type] ?? ''];
      return name === undefined ? [] : [{ id, name: JSON.stringify(name) }];
    });

  expect(named.map(({ id }) => id)).toEqual([expect.stringMatching(/^Dashboard/)]);
  expect(named.filter(({ name }) => !name.includes('AWS::Region'))).toEqual([]);
});
