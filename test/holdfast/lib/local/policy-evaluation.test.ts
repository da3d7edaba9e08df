import { describe, expect, test } from '@jest/globals';
import { policyEvaluation } from '../../../../lib/holdfast/template/policy-evaluation.ts';
import type { Statement } from '../../../../lib/holdfast/template/roles.ts';

const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/Records';

const statement = (changed: Partial<Statement> = {}): Statement => ({
  effect: 'Allow',
  actions: ['dynamodb:GetItem'],
  resources: [table],
  conditions: {},
  ...changed,
});

/** What is granted on a table: keys of one type, and a request that names its keys. */
const keyed = statement({
  conditions: {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['payouts#*'] },
    Null: { 'dynamodb:LeadingKeys': ['false'] },
  },
});

const get = { action: 'dynamodb:GetItem', resource: table };

describe('a role’s policies', () => {
  test.each([
    ['the action on the resource', [statement()], get, 'allowed'],
    ['nothing', [], get, 'not allowed'],
    ['another action', [statement({ actions: ['dynamodb:Query'] })], get, 'not allowed'],
    ['an action in another case', [statement({ actions: ['DynamoDB:getitem'] })], get, 'allowed'],
    ['actions by a wildcard', [statement({ actions: ['dynamodb:Get*'] })], get, 'allowed'],
    ['a wildcard of other actions', [statement({ actions: ['dynamodb:Batch*'] })], get, 'not allowed'],
    ['every resource', [statement({ resources: ['*'] })], get, 'allowed'],
    ['a resource in another case', [statement({ resources: [table.toLowerCase()] })], get, 'not allowed'],
    [
      'the table, not its index',
      [statement()],
      { ...get, resource: `${table}/index/by-time` },
      'not allowed',
    ],
    [
      'an index by one character',
      [statement({ resources: [`${table}/index/?`] })],
      { ...get, resource: `${table}/index/a` },
      'allowed',
    ],
    ['what another statement denies', [statement(), statement({ effect: 'Deny' })], get, 'denied'],
    ['keys of the type', [keyed], { ...get, leadingKeys: ['payouts#acme#po_1'] }, 'allowed'],
    ['keys of another type', [keyed], { ...get, leadingKeys: ['operations#acme'] }, 'not allowed'],
    ['some keys of another type', [keyed], { ...get, leadingKeys: ['payouts#a', 'x'] }, 'not allowed'],
    ['no key at all', [keyed], get, 'not allowed'],
    [
      'no key at all, where the twin is missing',
      [statement({ conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['payouts#*'] } } })],
      get,
      'allowed',
    ],
  ] as const)('that allow %s', (_, statements, request, verdict) => {
    const ask = policyEvaluation(statements);

    expect(ask(request)).toBe(verdict);
  });

  test.each([
    [{ StringEquals: { 'dynamodb:LeadingKeys': ['x'] } }, 'StringEquals on dynamodb:LeadingKeys'],
    [{ Null: { 'aws:SourceIp': ['true'] } }, 'Null on aws:SourceIp'],
    [{ Bool: { 'aws:ViaAWSService': ['true'] } }, 'Bool on aws:ViaAWSService'],
    [{ NumericLessThan: { 'aws:SourceAccount': ['7'] } }, 'NumericLessThan on aws:SourceAccount'],
  ])('with a condition that cannot be evaluated are refused: %j', (conditions, named) => {
    const prepare = () =>
      policyEvaluation([statement({ conditions: conditions as Statement['conditions'] })]);

    expect(prepare).toThrow(`the local cloud cannot evaluate the condition ${named}`);
  });
});

/** What a topic says of alarms, beside what it says of everybody. */
const topic = 'arn:aws:sns:us-east-1:000000000000:Alarms';
const alarm = 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:holdfast-production-overdue';
const publish = {
  action: 'sns:Publish',
  resource: topic,
  principal: 'cloudwatch.amazonaws.com',
  sourceArn: alarm,
  sourceAccount: '000000000000',
  secure: true,
};
const toService = (conditions: Statement['conditions'] = {}): Statement => ({
  effect: 'Allow',
  principals: ['cloudwatch.amazonaws.com'],
  actions: ['sns:Publish'],
  resources: [topic],
  conditions,
});
const overTls: Statement = {
  effect: 'Deny',
  principals: ['*'],
  actions: ['sns:Publish'],
  resources: [topic],
  conditions: { Bool: { 'aws:SecureTransport': ['false'] } },
};
const { secure: _, ...unsaid } = publish;
const { sourceArn: __, ...unnamed } = publish;
const source = (operator: string, ...values: string[]) =>
  toService({ [operator]: { 'aws:SourceArn': values } });

describe('a resource’s policy', () => {
  test.each([
    ['the service', [toService()], publish, 'allowed'],
    ['another service', [toService()], { ...publish, principal: 'events.amazonaws.com' }, 'not allowed'],
    ['anybody', [{ ...toService(), principals: ['*'] }], { ...publish, principal: 'x' }, 'allowed'],
    ['nobody: it only denies what comes without TLS', [overTls], publish, 'not allowed'],
    ['what comes over TLS', [toService(), overTls], publish, 'allowed'],
    ['nothing that comes without TLS', [toService(), overTls], { ...publish, secure: false }, 'denied'],
    ['what does not say how it comes', [toService(), overTls], unsaid, 'allowed'],
    [
      'an alarm by a wildcard',
      [source('ArnLike', 'arn:*:cloudwatch:*:*:alarm:holdfast-*')],
      publish,
      'allowed',
    ],
    ['an alarm by its ARN', [source('ArnEquals', alarm)], publish, 'allowed'],
    ['one of several', [source('StringEquals', 'x', alarm)], publish, 'allowed'],
    [
      'no alarm of another account',
      [source('ArnLike', alarm.replace('0:alarm', '1:alarm'))],
      publish,
      'not allowed',
    ],
    ['no ARN by a wildcard over its colons', [source('ArnLike', 'arn:aws:*')], publish, 'not allowed'],
    ['text by a wildcard over colons', [source('StringLike', 'arn:aws:*')], publish, 'allowed'],
    ['nothing that does not say what it comes from', [source('ArnLike', alarm)], unnamed, 'not allowed'],
    [
      'its own account',
      [toService({ StringEquals: { 'aws:SourceAccount': ['000000000000'] } })],
      publish,
      'allowed',
    ],
    [
      'no other account',
      [toService({ StringEquals: { 'aws:SourceAccount': ['111122223333'] } })],
      publish,
      'not allowed',
    ],
  ] as const)('that allows %s', (_, statements, request, verdict) => {
    const ask = policyEvaluation(statements);

    expect(ask(request)).toBe(verdict);
  });
});
