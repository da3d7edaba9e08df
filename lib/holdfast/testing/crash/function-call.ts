import { CALLER_HEADER } from '../../local/access/aws-endpoint.ts';
import type { Call } from './dynamodb-proxy.ts';

/** A call of AWS that a function made. */
export interface FunctionCall extends Call {
  /** The function, by its construct's path: the local cloud makes its logical id the access key, and hands that on. */
  readonly caller: string;
  /** X-Ray's id of the invocation. */
  readonly traceId: string;
  /** What it is and what it is about: `UpdateItem operations claim`. */
  readonly what: string;
  /** Everything that it says. */
  readonly text: string;
}

/** Reads who calls, and what for, from what the SDK sends. */
export function readCall(call: Call): FunctionCall {
  const { operation, input, headers } = call;
  const header = (name: string) => String(headers[name] ?? '');
  return {
    ...call,
    caller: callerOf(
      header(CALLER_HEADER) || (/Credential=(\w+)\//.exec(header('authorization'))?.[1] ?? ''),
    ),
    traceId: /Root=([^;]+)/.exec(header('x-amzn-trace-id'))?.[1] ?? '',
    what: [operation, ...subjects(input as Input)].join(' '),
    text: JSON.stringify(input),
  };
}

/** A function by its logical id, without the hash that CDK ends one with. */
export const callerOf = (logicalId: string): string => logicalId.replace(/Function[0-9A-F]{8}$/, '');

/** An attribute as it travels. */
interface Value {
  readonly S?: string;
  readonly M?: Record<string, Value>;
}

type Item = Record<string, Value>;

interface Input {
  readonly TableName?: string;
  readonly Key?: Item;
  readonly Item?: Item;
  readonly IndexName?: string;
  readonly ExpressionAttributeValues?: Item;
  readonly TransactItems?: readonly Record<string, Input>[];
}

/** What a call is about: kinds of its items, and what is written to have happened to them. */
function subjects(input: Input): readonly string[] {
  const { TableName, Key, Item, IndexName, ExpressionAttributeValues = {}, TransactItems = [] } = input;
  const table = TableName === 'RecordsTable' ? undefined : TableName;
  const key = Key ?? Item;
  const kind = (key?.pk?.S ?? key?.id?.S)?.split('#')[0];
  const events = [...Object.values(ExpressionAttributeValues), Item?.last].flatMap(
    (value) => value?.M?.action?.S ?? [],
  );
  const within = TransactItems.flatMap((item) => Object.values(item).flatMap(subjects));
  return [...new Set([table, IndexName, kind, ...events, ...within].filter((each) => each !== undefined))];
}
