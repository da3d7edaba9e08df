import { beforeAll, describe, expect, test } from '@jest/globals';
import type { StackTemplate, TemplateResource } from '../../lib/holdfast/cdk/templates/templates.ts';
import type { Action } from '../../lib/holdfast/core/definitions/define-action.ts';
import { loadRegistry, partnersOf, type Registry } from '../../lib/holdfast/service/registry.ts';
import { synthesize } from '../../lib/holdfast/synthesis/synthesize.ts';
import { grantsOf, privilegeFaults } from '../support/least-privilege.ts';

const STAGE = 'production';

let stacks: readonly StackTemplate[];
let expected: Readonly<Record<string, readonly string[]>>;
beforeAll(async () => {
  ({ stacks } = await synthesize({ stage: STAGE }));
  expected = expectedGrants(await loadRegistry());
});

const RECORDS = 'table/RecordsTable';
const IDEMPOTENCY = 'table/IdempotencyTable';
const HISTORY = 'table/HistoryTable';

/** `item('Get', RECORDS, 'payouts')`: one action on the items of one resource type. */
const item = (action: string, table: string, type: string) =>
  `dynamodb:${action}Item on ${table}, keys ${type}#*`;

const query = (table: string, keys: string) => `dynamodb:Query on ${table}, keys ${keys}*`;

const changing = (type: string) => [item('Get', RECORDS, type), item('Update', RECORDS, type)];

const spilling = (type: string) => [item('Get', IDEMPOTENCY, type), item('Put', IDEMPOTENCY, type)];

const listing = (type: string) =>
  ['by-state', 'by-time'].map((index) => query(`${RECORDS}/index/${index}`, `${type}#`));

/** What Lambda needs besides, to hand a function what it follows. */
const following = (name: string, failures = `failures of ${name}`) => [
  ...['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
    (action) => `dynamodb:${action} on ${RECORDS}/stream/local`,
  ),
  ...sending(failures),
];

const sending = (queue: string) =>
  ['GetQueueAttributes', 'GetQueueUrl', 'SendMessage'].map((action) => `sqs:${action} on ${queue}`);

const receiving = (queue: string) =>
  ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'GetQueueUrl', 'ReceiveMessage'].map(
    (action) => `sqs:${action} on ${queue}`,
  );

/** A create meets its own item, and nothing else; an operation is put beside the change of its resource. */
const acting = ({ resource, from, operation }: Action) =>
  from === undefined
    ? [item('Get', RECORDS, resource.name), item('Put', RECORDS, resource.name)]
    : [
        ...changing(resource.name),
        ...spilling(resource.name),
        ...(operation ? [item('Put', RECORDS, 'operations')] : []),
      ];

const AWS_POLICIES = 'arn:aws:iam::aws:policy/service-role';

const TRACING = ['PutTraceSegments', 'PutTelemetryRecords'].map((action) => `xray:${action} on *`);

const LOG_DELIVERY = [
  'CreateLogDelivery',
  'DeleteLogDelivery',
  'DescribeLogGroups',
  'DescribeResourcePolicies',
  'GetLogDelivery',
  'ListLogDeliveries',
  'PutResourcePolicy',
  'UpdateLogDelivery',
].map((action) => `logs:${action} on *`);

/** What each function and state machine needs, by what its definition says that it does. */
function expectedGrants(registry: Registry): Record<string, string[]> {
  const operations = registry.operations.map(({ definition }) => definition);
  const machines = operations.map(({ name }) => `holdfast-${STAGE}-${name}`);
  const states = (action: string) => machines.map((name) => `states:${action} on stateMachine:${name}`);
  const resuming = states('SendTaskSuccess');
  const resources = (those: typeof operations) => [...new Set(those.map(({ resource }) => resource.name))];
  // An operation's end moves its resource; looking after what is overdue never ends one.
  const ending = ['operations', ...resources(operations)].flatMap(changing);
  const functions: Record<string, string[]> = {
    authorizer: [],
    problems: [],
    docs: [],
    operate: [...ending, ...resuming],
    dispatcher: [...states('StartExecution'), ...resuming, ...following('dispatcher')],
    sweep: [
      ...changing('operations'),
      ...resuming,
      `dynamodb:Query on ${RECORDS}/index/by-due, keys operations#due`,
      query(`${RECORDS}/index/by-due`, 'operations#due#'),
      ...states('StartExecution'),
    ],
    callback: [
      ...ending,
      ...resuming,
      item('Update', RECORDS, 'references'),
      ...partnersOf(registry)
        .filter(({ callback }) => callback !== undefined)
        .map(({ name }) => `secretsmanager:GetSecretValue on callbacks of ${name}`),
    ],
    history: [
      ...registry.resources.map(({ definition }) => item('Put', HISTORY, definition.name)),
      ...following('history', 'queue of history-refill'),
    ],
    'history-refill': [
      ...registry.resources.map(({ definition }) => item('Put', HISTORY, definition.name)),
      ...['GetRecords', 'GetShardIterator'].map((action) => `dynamodb:${action} on ${RECORDS}/stream/local`),
      ...receiving('queue of history-refill'),
    ],
    'operations-get': [item('Get', RECORDS, 'operations'), item('Update', RECORDS, 'waits')],
    'operations-list': listing('operations'),
    'operations-cancel': [...changing('operations'), ...spilling('operations')],
    'operations-resolve': [...changing('operations'), ...spilling('operations')],
  };
  for (const { definition, actions } of registry.resources) {
    const { name } = definition;
    functions[`${name}-get`] = [item('Get', RECORDS, name)];
    functions[`${name}-list`] = listing(name);
    functions[`${name}-history`] = [item('Get', RECORDS, name), query(HISTORY, `${name}#`)];
    for (const { definition: action } of actions) functions[`${name}-${action.name}`] = acting(action);
  }
  for (const partner of partnersOf(registry)) {
    const { name, callback, credentials } = partner;
    const calling = operations.filter(({ steps }) => steps.some((step) => step.partner === partner));
    functions[`partner-${name}`] = [
      ...['operations', ...resources(calling)].flatMap(changing),
      ...resuming,
      item('Update', RECORDS, 'partners'),
      ...['Get', 'Put', 'Update', 'Delete'].map((action) => item(action, IDEMPOTENCY, 'commands')),
      ...(callback ? changing('references') : []),
      ...(credentials ? [`secretsmanager:GetSecretValue on credentials of ${name}`] : []),
      ...receiving(`queue of partner-${name}`),
    ];
  }
  const logging = (name: string) =>
    ['CreateLogStream', 'PutLogEvents'].map((action) => `logs:${action} on log of ${name}`);
  return {
    ...Object.fromEntries(
      Object.entries(functions).map(([name, grants]) => [
        name,
        [...grants, ...logging(name), ...(name === 'history' ? [] : TRACING)],
      ]),
    ),
    ...Object.fromEntries(
      operations.map(({ name, steps }) => [
        `state machine holdfast-${STAGE}-${name}`,
        [
          'lambda:InvokeFunction on function operate',
          'lambda:InvokeFunction on function operate:*',
          ...steps.flatMap(({ partner }) => sending(`queue of partner-${partner.name}`)),
          ...TRACING,
          ...['GetSamplingRules', 'GetSamplingTargets'].map((action) => `xray:${action} on *`),
          ...LOG_DELIVERY,
        ],
      ]),
    ),
    // What AWS keeps for CodeDeploy, and for the gateway of an account to write its logs.
    'role CanaryRole9950A1F8': [`everything in ${AWS_POLICIES}/AWSCodeDeployRoleForLambdaLimited`],
    'role WriteApiCloudWatchRole51F91FBD': [
      `everything in ${AWS_POLICIES}/AmazonAPIGatewayPushToCloudWatchLogs`,
    ],
  };
}

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
