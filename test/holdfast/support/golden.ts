import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  type DynamoDBClient,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { decodeBatches, encodeBatches } from '../../../lib/holdfast/core/decisions/receipt-batches.ts';
import { decodeReceipts } from '../../../lib/holdfast/core/decisions/receipts.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { type Exchanges, oneOfEach, type People } from './exchanges.ts';

/** Where what earlier releases stored is kept. */
const FOLDER = join(ROOT, 'test/holdfast/golden');

type Item = Record<string, AttributeValue>;

/** What a release stored, and what it answered, in DynamoDB's JSON with bytes in base64. */
export interface Golden extends Exchanges {
  readonly tables: Readonly<Record<'RecordsTable' | 'IdempotencyTable', readonly Item[]>>;
  /** What its execution was started with. */
  readonly executionInput: string;
  /** What its state machine hands to the step function and to queues, by the name of the state. */
  readonly messages: Readonly<Record<string, object>>;
}

/** Of every release that is kept, by its name. */
export async function goldens(): Promise<readonly (readonly [string, Golden])[]> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (name) => [name, JSON.parse(await readFile(join(FOLDER, name), 'utf8'), bytes)] as const),
  );
}

/** JSON has no bytes. */
export const withoutBytes = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer'
    ? { base64: Buffer.from((value as unknown as { data: number[] }).data).toString('base64') }
    : value instanceof Uint8Array
      ? { base64: Buffer.from(value).toString('base64') }
      : value;

const bytes = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'base64' in value
    ? Buffer.from(String(value.base64), 'base64')
    : value;

/** Lets a release store one of each, and keeps what it has stored besides what it has answered. */
export async function recordGolden(
  users: People,
  table: DynamoDBClient,
  stepFunctionsUrl: string,
): Promise<Golden> {
  const told = await oneOfEach(users);
  // It waits for a callback that never comes; whoever would rather wait for it takes a seat, which is stored too.
  const read = await users.alice.get(told.operation, { Prefer: 'wait=1' });
  if (read.status >= 300) throw new Error(read.text);
  return {
    tables: {
      RecordsTable: await scan(table, 'RecordsTable'),
      IdempotencyTable: await scan(table, 'IdempotencyTable'),
    },
    ...told,
    ...(await execution(stepFunctionsUrl)),
  };
}

async function scan(table: DynamoDBClient, TableName: string): Promise<Item[]> {
  const { Items = [] } = await table.send(new ScanCommand({ TableName }));
  // Of kinds, and not of how often something was asked.
  return Items.sort((a, b) => ((a.pk ?? a.id)?.S ?? '').localeCompare((b.pk ?? b.id)?.S ?? ''));
}

async function execution(endpoint: string): Promise<Pick<Golden, 'executionInput' | 'messages'>> {
  const client = new SFNClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'golden', secretAccessKey: 'golden' },
  });
  try {
    const { stateMachines = [] } = await client.send(new ListStateMachinesCommand({}));
    const stateMachineArn = stateMachines[0]?.stateMachineArn;
    const { executions = [] } = await client.send(new ListExecutionsCommand({ stateMachineArn }));
    const { input = '' } = await client.send(
      new DescribeExecutionCommand({ executionArn: executions[0]?.executionArn }),
    );
    const { definition = '{}' } = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
    const { States } = JSON.parse(definition) as {
      States: Record<string, { Type: string; Parameters?: object }>;
    };
    const tasks = Object.entries(States).filter(([, { Type }]) => Type === 'Task');
    return {
      executionInput: input,
      messages: Object.fromEntries(
        // Releases name their states as they like; what travels is the same.
        tasks.map(([name, { Parameters = {} }]) => [name.replace(/^step: /, ''), handed(Parameters)]),
      ),
    };
  } finally {
    client.destroy();
  }
}

/** What is handed on, and not to which function or queue. */
const handed = (parameters: { Payload?: object; MessageBody?: object }): object =>
  parameters.MessageBody ?? parameters.Payload ?? parameters;

/** A day from now: what was stored then has not expired, as it had not when the next release came. */
const later = () => Math.ceil(Date.now() / 1000) + 86_400;

/** An operation as it stood then: as long before its deadline, and since its command was sent. */
function asLongAgo(item: Item): Item {
  const { deadline, command } = item.hidden?.M?.machine?.M ?? {};
  if (deadline === undefined || command?.M === undefined) return item;
  const agoMs = Date.now() - Date.parse(item.updatedAt?.S ?? '');
  const moved = ({ N = '0' }: AttributeValue) => ({ N: N === '0' ? N : String(Number(N) + agoMs) });
  const times = Object.entries(command.M).filter(([name]) => /At$|notBefore|callbackUntil/.test(name));
  const machine = {
    ...item.hidden?.M?.machine?.M,
    deadline: moved(deadline),
    command: { M: { ...command.M, ...Object.fromEntries(times.map(([name, at]) => [name, moved(at)])) } },
  };
  return { ...item, hidden: { M: { ...item.hidden?.M, machine: { M: machine } } } };
}

/** Batches of receipts as they stood then, which have not expired. */
const keptLonger = (bytes: Uint8Array): Uint8Array =>
  encodeBatches(decodeBatches(bytes).map((batch) => ({ ...batch, until: later() })));

/** Puts what a release stored into the tables of this one. */
export async function restore({ tables }: Golden, table: DynamoDBClient): Promise<void> {
  for (const [name, items] of Object.entries(tables)) {
    for (const item of items) {
      const Item = {
        ...asLongAgo(item),
        ...(item.spilledUntil && { spilledUntil: { N: String(later()) } }),
        ...(item.batches?.B && { batches: { B: keptLonger(item.batches.B) } }),
        ...(item.expiration && { expiration: { N: String(later()) } }),
        ...(item.dueAt && { dueAt: { S: new Date(later() * 1000).toISOString() } }),
      };
      await table.send(new BatchWriteItemCommand({ RequestItems: { [name]: [{ PutRequest: { Item } }] } }));
    }
  }
}

/**
 * Members of what a release stored, by kind of item and by place, with their types; receipts and JSON are looked into.
 * A release that still writes all of them, in the same types, is read by the one before it.
 */
export function shapes({ tables, executionInput: input, messages }: Golden): ReadonlySet<string> {
  const places = new Set<string>();
  for (const [name, items] of Object.entries(tables)) {
    for (const item of items) {
      const kind = `${name} ${(item.pk ?? item.id)?.S?.split('#')[0]}`;
      for (const [attribute, value] of Object.entries(item)) {
        if (attribute === 'receipts') shapeOf(`${kind} receipts`, decodeReceipts(value.B), places);
        else stored(`${kind} ${attribute}`, value, places);
      }
    }
  }
  shapeOf('execution', JSON.parse(input), places);
  shapeOf('message', messages, places);
  return places;
}

function stored(place: string, value: AttributeValue, places: Set<string>): void {
  const [type = '', inner] = Object.entries(value)[0] ?? [];
  places.add(`${place}: ${type}`);
  if (type === 'M') {
    for (const [name, member] of Object.entries(inner as Item)) stored(`${place}.${name}`, member, places);
  }
  if (type === 'S' && /^[[{]/.test(String(inner))) shapeOf(place, JSON.parse(String(inner)), places);
}

function shapeOf(place: string, value: unknown, places: Set<string>): void {
  if (Array.isArray(value)) for (const each of value) shapeOf(`${place}[]`, each, places);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) shapeOf(`${place}.${name}`, member, places);
  } else if (typeof value === 'string' && value.startsWith('{')) shapeOf(place, JSON.parse(value), places);
  else places.add(`${place}: ${typeof value}`);
}
