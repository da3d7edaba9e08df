import { beforeAll, describe, expect, test } from '@jest/globals';
import type { StackTemplate, TemplateResource } from '../../../lib/holdfast/cdk/templates/templates.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';
import { synthesize } from '../../../lib/holdfast/synthesis/synthesize.ts';
import { expectedGrants } from '../support/expected-grants.ts';
import { grantsOf, privilegeFaults } from '../support/least-privilege.ts';

const STAGE = 'production';

let stacks: readonly StackTemplate[];
let expected: Readonly<Record<string, readonly string[]>>;
beforeAll(async () => {
  ({ stacks } = await synthesize({ stage: STAGE }));
  expected = expectedGrants(await loadRegistry(), STAGE);
});

/** The templates with one resource changed. */
const planted = (id: RegExp, change: (resource: TemplateResource) => unknown): readonly StackTemplate[] =>
  stacks.map(({ template, ...stack }) => ({
    ...stack,
    template: {
      ...template,
      Resources: Object.fromEntries(
        Object.entries(template.Resources).map(([key, resource]) => [
          key,
          id.test(key) ? (change(structuredClone(resource)) as TemplateResource) : resource,
        ]),
      ),
    },
  }));

interface Policy {
  readonly Properties: { readonly PolicyDocument: { Statement: Record<string, unknown>[] } };
}

/** The templates with more in the policy of `payouts-approve`; what is granted may name the table as that policy does. */
const granting = (statement: (records: unknown) => object) =>
  planted(/^payoutsapproveRoleDefaultPolicy/, (resource) => {
    const policy = resource as unknown as Policy;
    const { Statement } = policy.Properties.PolicyDocument;
    const own = Statement.find(({ Action }) => String(Action).includes('dynamodb:UpdateItem'));
    Statement.push({ Effect: 'Allow', ...statement(own?.Resource) });
    return policy;
  });

describe('a role', () => {
  test('may do exactly what the definition of its function or state machine needs', () => {
    const faults = privilegeFaults(stacks, expected);

    expect(faults).toEqual([]);
  });

  test('is of one function or of one state machine, and every one of them has been looked at', () => {
    const granted = grantsOf(stacks);

    expect(Object.keys(granted).sort()).toEqual(Object.keys(expected).sort());
  });

  test.each([
    [
      'one action more',
      (Resource: unknown) => ({ Action: 'dynamodb:Scan', Resource }),
      ['payouts-approve may, and needs not: dynamodb:Scan on table/RecordsTable'],
    ],
    [
      'every action of a service',
      (Resource: unknown) => ({ Action: 'dynamodb:*', Resource }),
      [
        'payouts-approve: dynamodb:* is a wildcard; name actions',
        'payouts-approve may, and needs not: dynamodb:* on table/RecordsTable',
      ],
    ],
    [
      'every resource',
      () => ({ Action: ['sqs:SendMessage'], Resource: '*' }),
      [
        'payouts-approve: sqs:SendMessage on every resource there is; name those it needs',
        'payouts-approve may, and needs not: sqs:SendMessage on *',
      ],
    ],
    [
      'the keys of another type',
      (Resource: unknown) => ({
        Action: 'dynamodb:GetItem',
        Resource,
        Condition: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['operations#*'] },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      }),
      ['payouts-approve may, and needs not: dynamodb:GetItem on table/RecordsTable, keys operations#*'],
    ],
    [
      'keys, without asking that there are any',
      (Resource: unknown) => ({
        Action: 'dynamodb:GetItem',
        Resource,
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['payouts#*'] } },
      }),
      ['payouts-approve may, and needs not: dynamodb:GetItem on table/RecordsTable, keys payouts#* or none'],
    ],
    [
      'an index',
      (records: unknown) => ({
        Action: 'dynamodb:Query',
        Resource: { 'Fn::Join': ['', [records, '/index/*']] },
      }),
      ['payouts-approve may, and needs not: dynamodb:Query on table/RecordsTable/index/*'],
    ],
  ])('that is given %s is found, and named', (_, statement, faults) => {
    const templates = granting(statement);

    expect(privilegeFaults(templates, expected)).toEqual(faults);
  });

  test('that is given a policy of AWS is found, and named', () => {
    const templates = planted(/^payoutsapproveRole[0-9A-F]{8}$/, (role) => ({
      ...role,
      Properties: { ...role.Properties, ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
    }));

    expect(privilegeFaults(templates, expected)).toEqual([
      'payouts-approve may, and needs not: everything in arn:aws:iam::aws:policy/AdministratorAccess',
    ]);
  });

  test('that lacks what its function needs is found, and named', () => {
    const templates = planted(/^operateRoleDefaultPolicy/, (resource) => {
      const policy = resource as unknown as Policy;
      const { Statement } = policy.Properties.PolicyDocument;
      policy.Properties.PolicyDocument.Statement = Statement.filter(
        ({ Action }) => Action !== 'states:SendTaskSuccess',
      );
      return policy;
    });

    const machine = 'operate needs, and may not: states:SendTaskSuccess on stateMachine:holdfast-production-';
    const faults = privilegeFaults(templates, expected);
    expect(faults).toContain(`${machine}disburse-payout`);
    expect(faults.filter((fault) => !fault.startsWith(machine))).toEqual([]);
  });

  test('that belongs to nothing, and whatever else grants, is found', () => {
    const [first] = stacks;
    const stray = (Type: string, Properties = {}): StackTemplate => ({
      name: 'stray',
      template: { Resources: { Stray: { Type, Properties } } },
    });
    const Policies = [
      { PolicyDocument: { Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } } },
    ];

    const faults = privilegeFaults([...stacks, stray('AWS::IAM::Role', { Policies })], expected);
    const refused = () => privilegeFaults([first as StackTemplate, stray('AWS::IAM::UserPolicy')], expected);

    expect(faults).toEqual([
      'Stray: s3:GetObject on every resource there is; name those it needs',
      'role Stray may, and needs not: s3:GetObject on *',
    ]);
    expect(refused).toThrow('stray/Stray: AWS::IAM::UserPolicy is not read');
  });
});
