import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { ResolvedResource } from '../../template/template.ts';
import {
  assignments,
  keyConditions,
  operandsOfIn,
  operatorCount,
  type Token,
  tokensOf,
} from './expression-tokens.ts';
import { Refusal } from './refusal.ts';

/**
 * Limits of DynamoDB that Dynoxide does not know. It enforces the others itself: sizes of a table's own keys, of items, of
 * expressions and of transactions, reserved words, empty keys, nesting, numbers, an item twice in a transaction.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
const LIMITS = { hash: 2_048, range: 1_024, operators: 300, operandsOfIn: 100 };

/** A key of a table or an index: its attributes, and what each is. */
type Key = ReadonlyMap<string, 'hash' | 'range'>;

/** The key of a table, and those of its indexes by their names. */
export interface TableKeys {
  readonly own: Key;
  readonly indexes: ReadonlyMap<string, Key>;
}

interface KeySchema {
  readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: string }[];
}

const keyOf = ({ KeySchema }: KeySchema): Key =>
  new Map(
    KeySchema.map(({ AttributeName, KeyType }) => [AttributeName, KeyType === 'HASH' ? 'hash' : 'range']),
  );

/** Reads the keys of every table off the templates, by the tables' names. */
export const tableKeys = (tables: readonly ResolvedResource[]): ReadonlyMap<string, TableKeys> =>
  new Map(
    tables.map(({ logicalId, properties }) => {
      const { TableName = logicalId, KeySchema = [], GlobalSecondaryIndexes = [] } = properties;
      const indexes = GlobalSecondaryIndexes.map((index) => [index.IndexName, keyOf(index)] as const);
      return [TableName, { own: keyOf({ KeySchema }), indexes: new Map(indexes) }] as const;
    }),
  );

type Values = Readonly<Record<string, AttributeValue>>;

/** What a call or a member of a transaction says, as far as a limit is about it. */
interface Request {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly Item?: Values;
  readonly ExclusiveStartKey?: Values;
  readonly KeyConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly FilterExpression?: string;
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Values;
}

const EXPRESSIONS = [
  'KeyConditionExpression',
  'UpdateExpression',
  'ConditionExpression',
  'FilterExpression',
  'ProjectionExpression',
] as const;

/** One limit: what is over it, in the words of DynamoDB. */
type Limit = (request: Request, keys: TableKeys) => string | undefined;

const tooLong = (role: 'hash' | 'range') =>
  role === 'hash'
    ? 'One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes'
    : 'One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes';

const bytesOf = ({ S, N, B }: AttributeValue): number =>
  S === undefined ? (N?.length ?? Buffer.from(B ?? '').length) : Buffer.byteLength(S);

/** Values of keys, each with its attribute: the first that no key may have. */
function wrongKey(
  values: readonly (readonly [name: string, value: AttributeValue | undefined])[],
  keys: readonly Key[],
): string | undefined {
  for (const [name, value] of values)
    for (const role of keys.flatMap((key) => key.get(name) ?? [])) {
      if (value !== undefined && bytesOf(value) > LIMITS[role]) return tooLong(role);
      if (value?.S === '')
        return `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`;
    }
  return undefined;
}

const nameOf = ({ ExpressionAttributeNames = {} }: Request, token: Token) =>
  ExpressionAttributeNames[token] ?? token;

const valueNamed = ({ ExpressionAttributeValues = {} }: Request, token: Token) =>
  ExpressionAttributeValues[token];

const resolved = (request: Request, pairs: readonly (readonly [Token, Token])[]) =>
  pairs.map(([name, value]) => [nameOf(request, name), valueNamed(request, value)] as const);

const indexKeys: Limit = (request, { indexes }) =>
  wrongKey(
    [
      ...Object.entries(request.Item ?? {}),
      ...resolved(request, assignments(tokensOf(request.UpdateExpression ?? ''))),
    ],
    [...indexes.values()],
  );

const conditionKeys: Limit = (request, keys) =>
  wrongKey(resolved(request, keyConditions(tokensOf(request.KeyConditionExpression ?? ''))), [
    keyRead(request, keys),
  ]);

const startKey: Limit = (request, keys) => {
  const fault = wrongKey(Object.entries(request.ExclusiveStartKey ?? {}), [keys.own, keyRead(request, keys)]);
  return fault && `The provided starting key is invalid: ${fault}`;
};

const keyRead = ({ IndexName }: Request, { own, indexes }: TableKeys): Key =>
  IndexName === undefined ? own : (indexes.get(IndexName) ?? own);

const operators: Limit = (request) => {
  for (const kind of EXPRESSIONS) {
    const tokens = tokensOf(request[kind] ?? '');
    const count = operatorCount(tokens, kind === 'UpdateExpression');
    if (count > LIMITS.operators)
      return `Invalid ${kind}: The expression contains too many operators; operator count: ${count}`;
    const operands = Math.max(0, ...operandsOfIn(tokens));
    if (operands > LIMITS.operandsOfIn)
      return `Invalid ${kind}: The IN operator is provided with too many operands; number of operands: ${operands}`;
  }
  return undefined;
};

const unused: Limit = (request) => {
  const used = new Set(EXPRESSIONS.flatMap((kind) => tokensOf(request[kind] ?? '')));
  for (const kind of ['ExpressionAttributeNames', 'ExpressionAttributeValues'] as const) {
    const strangers = Object.keys(request[kind] ?? {}).filter((name) => !used.has(name));
    if (strangers.length > 0)
      return `Value provided in ${kind} unused in expressions: keys: {${strangers.join(', ')}}`;
  }
  return undefined;
};

const ALL: readonly Limit[] = [operators, unused, indexKeys, conditionKeys, startKey];

/** A transaction that is refused for one of its members, as AWS tells it. */
export class CancelledTransaction extends Refusal {
  readonly reasons: readonly { readonly Code: string; readonly Message?: string }[];

  constructor(faults: readonly (string | undefined)[]) {
    const codes = faults.map((fault) => (fault === undefined ? 'None' : 'ValidationError'));
    super(
      'TransactionCanceledException',
      `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`,
    );
    this.reasons = faults.map((fault, i) => ({
      Code: codes[i] ?? 'None',
      ...(fault !== undefined && { Message: fault }),
    }));
  }
}

/**
 * Refuses a call that DynamoDB would refuse, and the emulator would not.
 * @param operation with its service: `dynamodb:PutItem`
 * @throws Refusal in the words of AWS
 */
export function checkLimits(
  operation: string,
  input: Request & { readonly TransactItems?: readonly Readonly<Record<string, Request>>[] },
  tables: ReadonlyMap<string, TableKeys>,
): void {
  if (!operation.startsWith('dynamodb:')) return;
  const faultOf = (request: Request) => {
    const keys = tables.get(request.TableName ?? '');
    return keys && ALL.map((limit) => limit(request, keys)).find((fault) => fault !== undefined);
  };
  const { TransactItems: members, ...request } = input;
  const faults =
    members === undefined
      ? [faultOf(request)]
      : members.flatMap((member) => Object.values(member).slice(0, 1)).map(faultOf);
  const [first] = faults.filter((fault) => fault !== undefined);
  if (first === undefined) return;
  throw members === undefined ? new Refusal('ValidationException', first) : new CancelledTransaction(faults);
}
