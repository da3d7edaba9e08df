import type { Action } from '../../../lib/holdfast/core/definitions/define-action.ts';
import { partnersOf, type Registry } from '../../../lib/holdfast/service/registry.ts';

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
export function expectedGrants(registry: Registry, stage: string): Record<string, string[]> {
  const operations = registry.operations.map(({ definition }) => definition);
  const machines = operations.map(({ name }) => `holdfast-${stage}-${name}`);
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
        `state machine holdfast-${stage}-${name}`,
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
