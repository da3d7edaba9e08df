import { allEntries, type FunctionEntry } from '../../../lib/holdfast/cdk/bundles/function-entry.ts';
import type { Grant, Place } from '../../../lib/holdfast/cdk/bundles/needs.ts';
import type { Registry } from '../../../lib/holdfast/service/registry.ts';

const TABLES = {
  records: 'table/RecordsTable',
  idempotency: 'table/IdempotencyTable',
  history: 'table/HistoryTable',
};

/** A declared grant as sentences: `dynamodb:GetItem on table/RecordsTable, keys payouts#*`. */
const sentences = ({ actions, on }: Grant, machines: readonly string[]): readonly string[] =>
  actions.flatMap((action) => placesOf(on, machines).map((place) => `${action} on ${place}`));

function placesOf(on: Place, machines: readonly string[]): readonly string[] {
  if (on === 'state-machines') return machines.map((name) => `stateMachine:${name}`);
  if ('secrets' in on) return on.secrets.map(({ partner, use }) => `${use} of ${partner}`);
  if ('streamOf' in on) return [`${TABLES[on.streamOf]}/stream/local`];
  const index = on.index === undefined ? '' : `/index/${on.index}`;
  return on.keys.map((key) => `${TABLES[on.table]}${index}, keys ${key}`);
}

/** Following the stream of the table. */
const following = (failures: string) => [
  ...['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map(
    (action) => `dynamodb:${action} on ${TABLES.records}/stream/local`,
  ),
  ...sending(failures),
];

const sending = (queue: string) =>
  ['GetQueueAttributes', 'GetQueueUrl', 'SendMessage'].map((action) => `sqs:${action} on ${queue}`);

const receiving = (queue: string) =>
  ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'GetQueueUrl', 'ReceiveMessage'].map(
    (action) => `sqs:${action} on ${queue}`,
  );

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

/** What Lambda needs besides, to hand a function what it is called with. */
const called = ({ name, entry }: FunctionEntry): readonly string[] => {
  if (name === 'dispatcher') return following('failures of dispatcher');
  if (name === 'history') return following('queue of history-refill');
  return ['consumer-entry.ts', 'history-refill-entry.ts'].includes(entry)
    ? receiving(`queue of ${name}`)
    : [];
};

/** What each function declares that it needs, and what calls, logs and traces need besides. */
export function expectedGrants(registry: Registry, stage: string): Record<string, string[]> {
  const operations = registry.operations.map(({ definition }) => definition);
  const machines = operations.map(({ name }) => `holdfast-${stage}-${name}`);
  const logging = (name: string) =>
    ['CreateLogStream', 'PutLogEvents'].map((action) => `logs:${action} on log of ${name}`);
  return {
    ...Object.fromEntries(
      allEntries(registry).map((entry) => [
        entry.name,
        [
          ...entry.needs.grants.flatMap((grant) => sentences(grant, machines)),
          ...called(entry),
          ...logging(entry.name),
          ...(entry.name === 'history' ? [] : TRACING),
        ],
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
