import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { AccessRequest } from '../../template/policy-evaluation.ts';
import { ACCOUNT, REGION, type ResolvedResource, secretArn } from '../../template/template.ts';
import { machineOfToken } from './task-token.ts';

/** Name of the partition key of each table, `RecordsTable`, and of each index, `RecordsTable/index/by-time`. */
export type PartitionKeys = ReadonlyMap<string, string>;

/** Reads them off the templates' tables. */
export function partitionKeys(tables: readonly ResolvedResource[]): PartitionKeys {
  return new Map(
    tables.flatMap(({ logicalId, properties }) => {
      const { TableName = logicalId, KeySchema = [], GlobalSecondaryIndexes = [] } = properties;
      return [
        [TableName, hashOf(KeySchema)] as const,
        ...GlobalSecondaryIndexes.map(
          ({ IndexName, KeySchema: keys }) => [`${TableName}/index/${IndexName}`, hashOf(keys)] as const,
        ),
      ];
    }),
  );
}

type KeySchema = readonly { readonly AttributeName: string; readonly KeyType: string }[];

const hashOf = (schema: KeySchema) => schema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';

/** What a call sends, as far as the access that it asks for is about it. */
interface Input {
  readonly Key?: Item;
  readonly Item?: Item;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
  readonly TransactItems?: readonly Readonly<Record<string, Input>>[];
  readonly [name: string]: unknown;
}

type Reader = (input: Input, keys: PartitionKeys) => readonly AccessRequest[];

/**
 * What a call asks to do, as IAM sees it: a transaction asks for each of its members.
 * @param operation as the SDK sends it, with its service: `dynamodb:GetItem`
 * @returns undefined for an operation that is not known here
 */
export const readAccess = (
  operation: string,
  input: Input,
  keys: PartitionKeys,
): readonly AccessRequest[] | undefined => READERS[operation]?.(input, keys);

type Item = Readonly<Record<string, AttributeValue>>;

const table = (
  operation: string,
  { TableName, IndexName }: Input,
  hash: (keyName: string) => AttributeValue | undefined,
  keys: PartitionKeys,
): AccessRequest => {
  const place = IndexName === undefined ? String(TableName) : `${TableName}/index/${IndexName}`;
  const value = Object.values(hash(keys.get(place) ?? '') ?? {})[0];
  return {
    action: `dynamodb:${operation}`,
    resource: `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${place}`,
    ...(value !== undefined && { leadingKeys: [String(value)] }),
  };
};

/** A request for one item, by its key or with it. */
const item = (operation: string, input: Input, keys: PartitionKeys) =>
  table(operation, input, (name) => (input.Key ?? input.Item)?.[name], keys);

const oneItem =
  (operation: string): Reader =>
  (input, keys) => [item(operation, input, keys)];

const query: Reader = (input, keys) => {
  const {
    KeyConditionExpression = '',
    ExpressionAttributeNames = {},
    ExpressionAttributeValues = {},
  } = input;
  const equalities = [...KeyConditionExpression.matchAll(/([#\w.-]+)\s*=\s*(:\w+)/g)];
  const hash = (keyName: string) => {
    const equality = equalities.find(([, name = '']) => (ExpressionAttributeNames[name] ?? name) === keyName);
    return ExpressionAttributeValues[equality?.[2] ?? ''];
  };
  return [table('Query', input, hash, keys)];
};

/** What the members of a transaction are authorized as. */
const MEMBERS: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

const transaction: Reader = ({ TransactItems = [] }, keys) =>
  TransactItems.flatMap((member) =>
    Object.entries(member).map(([name, input]) => item(MEMBERS[name] ?? name, input, keys)),
  );

const states =
  (operation: string, resource: (input: Input) => unknown): Reader =>
  (input) => [{ action: `states:${operation}`, resource: String(resource(input)) }];

/** By the state machine whose task waits, as AWS does: @see https://github.com/aws/aws-cdk/pull/8486 */
const answer = (operation: string) =>
  states(operation, ({ taskToken = '' }) => machineOfToken(String(taskToken)));

/** A batch of queue messages is authorized as one of them. */
const queue =
  (operation: string): Reader =>
  ({ QueueUrl, QueueName }) => {
    const name = QueueName ?? String(QueueUrl).split('/').at(-1);
    return [{ action: `sqs:${operation}`, resource: `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}` }];
  };

/** A secret that is asked for by its name is authorized by its ARN. */
const secret: Reader = ({ SecretId }) => {
  const id = String(SecretId);
  const resource = id.startsWith('arn:') ? id : secretArn(id);
  return [{ action: 'secretsmanager:GetSecretValue', resource }];
};

/** The emulator names streams its own way; a table has one. */
const shardIterator: Reader = ({ StreamArn }) => {
  const [, table] = /:table\/([^/]+)\/stream\//.exec(String(StreamArn)) ?? [];
  const resource = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${table}/stream/local`;
  return [{ action: 'dynamodb:GetShardIterator', resource }];
};

/** An iterator is of a stream that its caller was allowed to get it for. */
const iterated: Reader = () => [];

const READERS: Readonly<Record<string, Reader>> = {
  'dynamodb:GetItem': oneItem('GetItem'),
  'dynamodb:PutItem': oneItem('PutItem'),
  'dynamodb:UpdateItem': oneItem('UpdateItem'),
  'dynamodb:DeleteItem': oneItem('DeleteItem'),
  'dynamodb:Query': query,
  'dynamodb:GetShardIterator': shardIterator,
  'dynamodb:GetRecords': iterated,
  'dynamodb:TransactGetItems': transaction,
  'dynamodb:TransactWriteItems': transaction,
  'states:StartExecution': states('StartExecution', ({ stateMachineArn }) => stateMachineArn),
  'states:ListExecutions': states('ListExecutions', ({ stateMachineArn }) => stateMachineArn),
  'states:DescribeExecution': states('DescribeExecution', ({ executionArn }) => executionArn),
  'states:GetExecutionHistory': states('GetExecutionHistory', ({ executionArn }) => executionArn),
  'states:StopExecution': states('StopExecution', ({ executionArn }) => executionArn),
  'states:SendTaskSuccess': answer('SendTaskSuccess'),
  'states:SendTaskFailure': answer('SendTaskFailure'),
  'states:SendTaskHeartbeat': answer('SendTaskHeartbeat'),
  'secretsmanager:GetSecretValue': secret,
  'sqs:GetQueueUrl': queue('GetQueueUrl'),
  'sqs:GetQueueAttributes': queue('GetQueueAttributes'),
  'sqs:SendMessage': queue('SendMessage'),
  'sqs:SendMessageBatch': queue('SendMessage'),
  'sqs:ReceiveMessage': queue('ReceiveMessage'),
  'sqs:DeleteMessage': queue('DeleteMessage'),
  'sqs:DeleteMessageBatch': queue('DeleteMessage'),
  'sqs:ChangeMessageVisibility': queue('ChangeMessageVisibility'),
  'sqs:ChangeMessageVisibilityBatch': queue('ChangeMessageVisibility'),
};
