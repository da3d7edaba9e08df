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
import { decodeReceipts } from '../../../lib/holdfast/core/decisions/receipts.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import type { Answer, User } from './client.ts';
import { eventually } from './eventually.ts';

/** Where what earlier releases stored is kept. */
const FOLDER = join(ROOT, 'test/holdfast/golden');

type Item = Record<string, AttributeValue>;

/** A request, and the answer that it got. */
interface Exchange {
  readonly user: 'alice' | 'bob';
  readonly path: string;
  readonly key: string;
  readonly ifMatch?: string;
  readonly body: unknown;
  readonly status: number;
  readonly etag: string;
  readonly text: string;
}

/** What a release stored, and what it answered, in DynamoDB's JSON with bytes in base64. */
export interface Golden {
  readonly tables: Readonly<Record<'RecordsTable' | 'IdempotencyTable', readonly Item[]>>;
  readonly exchanges: readonly Exchange[];
  /** Path of the operation that was under way. */
  readonly operation: string;
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

/**
 * Lets a release store one of each: a payout with a receipt of each kind, one that has spilled, and one whose operation
 * waits for a partner that never calls back.
 */
export async function recordGolden(
  { alice, bob }: { readonly alice: User; readonly bob: User },
  table: DynamoDBClient,
  stepFunctionsUrl: string,
): Promise<Golden> {
  const exchanges: Exchange[] = [];
  let keys = 0;
  const act = async (user: 'alice' | 'bob', path: string, on: Answer | undefined, body: unknown) => {
    const key = `golden-${keys++}`;
    const ifMatch = on?.etag;
    const sending = { key, body, ...(ifMatch !== undefined && { ifMatch }) };
    const answer = await { alice, bob }[user].post(path, sending);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`);
    const { status, etag, text } = answer;
    exchanges.push({ user, path, ...sending, status, etag, text });
    return answer;
  };
  const draft = (reference: string) => ({
    amount: { currency: 'EUR', value: '1250.00' },
    beneficiary: { name: 'Lovelace Ltd', iban: 'DE89370400440532013000' },
    reference,
  });
  const create = (reference: string) => act('alice', '/payouts', undefined, draft(reference));
  const at = ({ json }: Answer, action: string) => `/payouts/${json.id}/${action}`;

  const first = await create('moved on');
  const submitted = await act('alice', at(first, 'submit'), first, { note: 'please' });
  const approved = await act('bob', at(first, 'approve'), submitted, {});
  await act('alice', at(first, 'cancel'), approved, { reason: 'typo' });

  let spilling = await create('spilled');
  for (let i = 0; i < 17; i++) {
    spilling = await act('alice', at(spilling, 'change-amount'), spilling, {
      amount: { currency: 'EUR', value: `${1000 + i}.00` },
    });
  }

  const third = await create('under way');
  const ready = await act(
    'bob',
    at(third, 'approve'),
    await act('alice', at(third, 'submit'), third, {}),
    {},
  );
  const accepted = await act('alice', at(third, 'disburse'), ready, {});
  const operation = `/operations/${accepted.json.id}`;
  await eventually(
    'the report of screening in the history',
    () => historyHas(alice, third, 'report'),
    (isThere) => isThere,
  );
  // It waits for a callback that never comes; whoever would rather wait for it takes a seat, which is stored too.
  const read = await alice.get(operation, { Prefer: 'wait=1' });
  if (read.status >= 300) throw new Error(read.text);
  return {
    tables: {
      RecordsTable: await scan(table, 'RecordsTable'),
      IdempotencyTable: await scan(table, 'IdempotencyTable'),
    },
    exchanges,
    operation,
    ...(await execution(stepFunctionsUrl)),
  };
}

const historyHas = async (alice: User, payout: Answer, action: string) =>
  ((await alice.get(`/payouts/${payout.json.id}/history`)).json.items as { action: string }[]).some(
    (entry) => entry.action === action,
  );

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

/** Puts what a release stored into the tables of this one. */
export async function restore({ tables }: Golden, table: DynamoDBClient): Promise<void> {
  for (const [name, items] of Object.entries(tables)) {
    for (const item of items) {
      const Item = {
        ...asLongAgo(item),
        ...(item.spilledUntil && { spilledUntil: { N: String(later()) } }),
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
