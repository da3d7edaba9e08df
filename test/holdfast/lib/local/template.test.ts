import { describe, expect, test } from '@jest/globals';
import type { StackTemplate } from '../../../../lib/holdfast/cdk/templates/templates.ts';
import { resolveResources } from '../../../../lib/holdfast/template/template.ts';

const state: StackTemplate = {
  name: 'state',
  template: {
    Resources: { Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: {} } },
    Outputs: {
      Arn: { Value: { 'Fn::GetAtt': ['Table', 'Arn'] }, Export: { Name: 'state:Arn' } },
      Name: { Value: { Ref: 'Table' } },
    },
  },
};

const resolve = (value: unknown) => {
  const service: StackTemplate = {
    name: 'service',
    template: {
      Resources: {
        Subject: { Type: 'Subject', Properties: { value } },
        Function: { Type: 'AWS::Lambda::Function', Properties: {} },
      },
    },
  };
  return resolveResources([state, service], ['Subject'])[0]?.properties.value;
};

const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/Table';

describe('a template', () => {
  test.each([
    [{ Ref: 'Function' }, 'Function'],
    [{ Ref: 'AWS::Region' }, 'us-east-1'],
    [{ 'Fn::GetAtt': ['Function', 'Arn'] }, 'arn:aws:lambda:us-east-1:000000000000:function:Function'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Function' }]] }, 'a-Function'],
    [{ 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b'] }] }, 'b'],
    [
      {
        'Fn::Sub': '$[AWS::Partition]/$[Function]/$[Function.Arn]'.replaceAll('[', '{').replaceAll(']', '}'),
      },
      'aws/Function/arn:aws:lambda:us-east-1:000000000000:function:Function',
    ],
    [{ 'Fn::ImportValue': 'state:Arn' }, arn],
    [{ 'Fn::GetStackOutput': { StackName: 'state', OutputName: 'Name' } }, 'Table'],
    [[{ deep: { Ref: 'Function' } }], [{ deep: 'Function' }]],
    [
      { Ref: 'Function', more: 1 },
      { Ref: 'Function', more: 1 },
    ],
  ])('resolves %j', (value, expected) => {
    expect(resolve(value)).toEqual(expected);
  });

  test.each([
    [{ Ref: 'Nobody' }, 'service/Subject.value.Ref: stack service has no resource Nobody'],
    [{ 'Fn::ImportValue': 'x' }, 'service/Subject.value.Fn::ImportValue: no stack exports x'],
    [
      { a: { 'Fn::Transform': 'x' } },
      'service/Subject.value.a.Fn::Transform: the local cloud does not know Fn::Transform; use Ref, GetAtt, Join, Sub, Select or Split',
    ],
  ])('names the place of %j', (value, message) => {
    expect(() => resolve(value)).toThrow(new Error(message));
  });
});
