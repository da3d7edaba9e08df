import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { itemBytes } from '../../support/items.ts';
import type { Traffic, Write } from './work.ts';

type Item = Record<string, AttributeValue>;

/** As much of a command as it takes to send it. */
interface Command {
  readonly constructor: { readonly name: string };
  readonly input: {
    readonly Key?: Item;
    readonly Item?: Item;
    readonly ExpressionAttributeValues?: Item;
  };
}

/** What DynamoDB answers. */
interface Answer {
  readonly __type?: string;
  readonly message?: string;
  readonly Item?: Item;
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
    const { Key, Item: put, ExpressionAttributeValues: values } = input;
    const sent = {
      ...input,
      ...(Key && { Key: toWire(Key) }),
      ...(put && { Item: toWire(put) }),
      ...(values && { ExpressionAttributeValues: toWire(values) }),
    };
    const { status, body } = await post(target, JSON.stringify(sent));
    const { Item: found, ...told }: Answer = JSON.parse(body || '{}');
    const answer: Answer = { ...told, ...(found && { Item: fromWire(found) }) };
    const isRefused = answer.__type?.endsWith('#ConditionalCheckFailedException') === true;
    if (status !== 200 && !isRefused) throw new Error(`${target} was answered ${status}: ${body}`);
    count(counted, target, input, answer, isRefused);
    if (!isRefused) return { ...answer, $metadata: {} };
    const { message = '', Item } = answer;
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

function count(
  counted: ReturnType<typeof nothing>,
  target: string,
  input: Command['input'],
  { Item }: Answer,
  isRefused: boolean,
): void {
  counted.calls++;
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
