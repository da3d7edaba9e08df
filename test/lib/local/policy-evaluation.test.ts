import { describe, expect, test } from '@jest/globals';
import { policyEvaluation } from '../../../lib/local/policy-evaluation.ts';
import type { Statement } from '../../../lib/local/roles.ts';

const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/Records';

const statement = (changed: Partial<Statement> = {}): Statement => ({
  effect: 'Allow',
  actions: ['dynamodb:GetItem'],
  resources: [table],
  conditions: {},
  ...changed,
});

/** What tableAccess grants: keys of one type, and a request that names its keys. */
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
    [{ Bool: { 'aws:SecureTransport': ['false'] } }, 'Bool on aws:SecureTransport'],
  ])('with a condition that cannot be evaluated are refused: %j', (conditions, named) => {
    const prepare = () =>
      policyEvaluation([statement({ conditions: conditions as Statement['conditions'] })]);

    expect(prepare).toThrow(`the local cloud cannot evaluate the condition ${named}`);
  });
});
