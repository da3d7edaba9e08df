import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { itemBytes } from '../../support/items.ts';
import type { Traffic, Write } from './work.ts';

type Item = Record<string, AttributeValue>;

/** As much of a command as it takes to send it. */
interface Command {
  readonly constructor: { readonly name: string };
  readonly input: Input;
}

interface Input {
  readonly Key?: Item;
  readonly Item?: Item;
  readonly ExpressionAttributeValues?: Item;
  readonly TransactItems?: readonly Readonly<Record<string, Input>>[];
}

/** What DynamoDB answers. */
interface Answer {
  readonly __type?: string;
  readonly message?: string;
  readonly Item?: Item;
  readonly CancellationReasons?: readonly { readonly Code?: string; readonly Item?: Item }[];
}

/** Calls so far; forgotten with `take`. */
interface Counted {
  take(): Traffic;
}

/**
 * Has every client of DynamoDB in this process send its commands without the SDK: of a call's time, that would be most, and on
 * AWS each function has a processor of its own for it. What is read, decided and written, and on which condition, stays.
 */
export function lightenClients(endpoint: string, delayMs: number): Counted {
  const { hostname, port } = new URL(endpoint);
  const agent = new Agent({ keepAlive: true });
  const post = async (target: string, body: string) => {
    const headers = {
      'Content-Type': 'application/x-amz-json-1.0',
      'X-Amz-Target': `DynamoDB_20120810.${target}`,
      'X-Amz-Date': new Date().toISOString().replaceAll(/[-:]|\.\d+/g, ''),
      Authorization:
        'AWS4-HMAC-SHA256 Credential=light/20260101/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    };
    const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>();
    const sent = request({ hostname, port, agent, method: 'POST', path: '/', headers }, (answer) => {
      text(answer).then((all) => resolve({ status: answer.statusCode ?? 0, body: all }), reject);
    });
    sent.on('error', reject).end(body);
    return promise;
  };
  let counted = nothing();
  const send = async (command: Command): Promise<object> => {
    const { input } = command;
    const target = command.constructor.name.replace(/Command$/, '');
    await delay(delayMs);
    const { status, body } = await post(target, JSON.stringify(sentAs(input)));
    const answer = answered(JSON.parse(body || '{}'));
    const { message = '', Item, __type = '', CancellationReasons: reasons } = answer;
    const isRefused = /#(ConditionalCheckFailed|TransactionCanceled)Exception$/.test(__type);
    if (status !== 200 && !isRefused) throw new Error(`${target} was answered ${status}: ${body}`);
    count(counted, target, input, answer, isRefused);
    if (!isRefused) return { ...answer, $metadata: {} };
    if (reasons !== undefined)
      throw new TransactionCanceledException({ message, $metadata: {}, CancellationReasons: [...reasons] });
    throw new ConditionalCheckFailedException({ message, $metadata: {}, ...(Item && { Item }) });
  };
  Object.assign(DynamoDBClient.prototype, { send });
  return {
    take() {
      const taken = counted;
      counted = nothing();
      return taken;
    },
  };
}

const nothing = () => ({ calls: 0, writes: [] as Write[], sizes: {} as Record<string, number> });

/** Input as it goes over the wire, that of a transaction's members as well. */
const sentAs = (input: Input): object => {
  const { Key, Item: put, ExpressionAttributeValues: values, TransactItems: all } = input;
  return {
    ...input,
    ...(Key && { Key: toWire(Key) }),
    ...(put && { Item: toWire(put) }),
    ...(values && { ExpressionAttributeValues: toWire(values) }),
    ...(all && { TransactItems: all.map((each) => mapped(each, sentAs)) }),
  };
};

const mapped = <T, U>(record: Readonly<Record<string, T>>, by: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, by(value)]));

const answered = ({ Item: found, CancellationReasons: reasons, ...told }: Answer): Answer => ({
  ...told,
  ...(found && { Item: fromWire(found) }),
  ...(reasons && { CancellationReasons: reasons.map((each) => answered(each)) }),
});

/** A call, and each read or write of it, which is told by itself: those of a transaction as well. */
function count(
  counted: ReturnType<typeof nothing>,
  target: string,
  input: Input,
  answer: Answer,
  isRefused: boolean,
): void {
  counted.calls++;
  const { TransactItems: all, ...one } = input;
  if (all === undefined) {
    countOne(counted, target, one, answer, isRefused);
    return;
  }
  const writes: Write[] = [];
  for (const [i, each] of all.entries())
    for (const [kind, own] of Object.entries(each)) {
      const { Code, ...told } = answer.CancellationReasons?.[i] ?? {};
      countOne({ ...counted, writes }, `${kind}Item`, own, told, Code === 'ConditionalCheckFailed');
    }
  counted.writes.push(...writes.map((write) => ({ ...write, isTogether: true })));
}

function countOne(
  counted: ReturnType<typeof nothing>,
  target: string,
  input: Input,
  { Item }: Pick<Answer, 'Item'>,
  isRefused: boolean,
): void {
  const bytes = Item === undefined ? 0 : itemBytes(Item);
  const pk = (input.Key ?? input.Item)?.pk?.S ?? '';
  if (Item !== undefined) counted.sizes[`${pk} ${Item.version?.N}`] = bytes;
  if (target === 'GetItem') return;
  if (!['PutItem', 'UpdateItem', 'DeleteItem'].includes(target)) throw new Error(`${target} is not counted`);
  const { ':version': version } = input.ExpressionAttributeValues ?? {};
  if (isRefused) counted.writes.push({ pk, bytes });
  else if (input.Item !== undefined) counted.writes.push({ pk, bytes: itemBytes(input.Item) });
  else counted.writes.push({ pk, ...(version?.N !== undefined && { version: Number(version.N) }) });
}

/** Bytes are base64 on the wire. Whoever stores some has them in an attribute of their own, not in a map. */
const toWire = (item: Item): object =>
  Object.fromEntries(
    Object.entries(item).map(([name, { B, ...value }]) => [
      name,
      B === undefined ? value : { B: Buffer.from(B).toString('base64') },
    ]),
  );

const fromWire = (item: Item): Item =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      value.B === undefined ? value : { B: Buffer.from(String(value.B), 'base64') },
    ]),
  );
