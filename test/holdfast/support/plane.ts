import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { Progress } from '../../../lib/holdfast/core/operations/operation-progress.ts';
import { resourceId } from '../../../lib/holdfast/core/values/resource-id.ts';
import type { Access } from '../../../lib/holdfast/local/access/access.ts';
import { localClient, startDynamoDb } from '../../../lib/holdfast/local/dynamodb/dynamodb.ts';
import { createTables, TABLE_TYPES } from '../../../lib/holdfast/local/dynamodb/tables.ts';
import { startEventSources } from '../../../lib/holdfast/local/events/event-sources.ts';
import { createQueues, startSqs } from '../../../lib/holdfast/local/events/queues.ts';
import { functionDefinition, readFunctions } from '../../../lib/holdfast/local/functions/functions.ts';
import { madeUpSecret } from '../../../lib/holdfast/local/partners/made-up-secrets.ts';
import { PartnerSimulator } from '../../../lib/holdfast/local/partners/partner-simulator.ts';
import { LocalSecrets } from '../../../lib/holdfast/local/partners/secrets.ts';
import { LocalStepFunctions } from '../../../lib/holdfast/local/step-functions/step-functions.ts';
import { synthesizeLocal } from '../../../lib/holdfast/local/synth.ts';
import { type ResolvedResource, resolveResources } from '../../../lib/holdfast/template/template.ts';
import { type DynamoDbProxy, startDynamoDbProxy } from './dynamodb-proxy.ts';
import { ending } from './ending.ts';
import type { LedgerEntry } from './operations.ts';

/** An item, as it is stored. */
export type Raw = Record<string, AttributeValue>;

/** An HTTP request, as a function is handed it. */
export interface Request {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Everything that carries operations out, in this process: the functions themselves, called as Lambda calls them, over
 * the tables, queues and state machines of the template. Nothing happens but what a test does.
 */
export interface Plane {
  readonly table: DynamoDBClient;
  /** Between the functions and the tables. */
  readonly proxy: DynamoDbProxy;
  readonly stepFunctions: LocalStepFunctions;
  readonly secrets: LocalSecrets;
  readonly machines: readonly ResolvedResource[];
  /**
   * Calls a function by its name: `dispatcher`, `operate`, `sweep`, `partner-bank` …
   * @param leftMs time that it has
   */
  call(name: string, event: unknown, leftMs?: number): Promise<unknown>;
  /** From now on the queues hand their messages to their consumers by themselves. */
  consume(): void;
  /** Sends a request of alice, who may do everything, to a function. */
  http(name: string, request: Request): Promise<{ status: number; json: Record<string, unknown> }>;
  faults(partner: string, faults?: object): Promise<void>;
  ledger(): Promise<readonly LedgerEntry[]>;
  read(pk: string): Promise<Raw | undefined>;
  write(...items: readonly Raw[]): Promise<void>;
  /** Stores a payout that may be disbursed, and gives its id. */
  approved(): Promise<string>;
  /** Accepts its disbursement, and gives the operation's partition key. */
  disburse(id: string): Promise<string>;
  close(): Promise<void>;
}

/** Functions whose file in `runtime/entries/operations` is not named like them. */
const FILES: Readonly<Record<string, string>> = {
  'partner-bank': 'consumer',
  'partner-screening': 'consumer',
  'operations-cancel': 'operation-cancel',
  'operations-resolve': 'operation-resolve',
  'operations-get': 'operation-get',
};

/** What a role may do is proven elsewhere. */
const EVERYTHING = { authorize: () => undefined } as unknown as Access;

/** Functions write their metrics to the output of their process, which is the test's here. */
function withoutMetrics() {
  const { write } = process.stdout;
  process.stdout.write = ((chunk: string | Uint8Array, ...rest: []) =>
    String(chunk).startsWith('{"_aws":') || write.call(process.stdout, chunk, ...rest)) as typeof write;
  return {
    restore() {
      process.stdout.write = write;
    },
  };
}

const context = (leftMs = 15_000): Partial<Context> => ({
  getRemainingTimeInMillis: () => leftMs,
  awsRequestId: randomUUID(),
});

const claims = {
  subject: 'alice',
  tenant: 'acme',
  scopes: 'payouts:* operations:*',
  expiresAt: String(Math.ceil(Date.now() / 1000) + 3_600),
};

/** A request of alice, who may do everything, as the gateway hands it to a function. */
export const proxyEvent = ({ parameters = {}, headers = {}, body = '{}' }: Request) => ({
  requestContext: { requestId: randomUUID(), path: '/', authorizer: claims },
  resource: '/',
  path: '/',
  httpMethod: 'POST',
  pathParameters: parameters,
  headers: { 'Content-Type': 'application/json', ...headers },
  body,
});

/**
 * Starts it.
 * @param environment of every function, over that of the template
 * @param callbackSecrets what partners' secrets hold; @default what the simulated partners sign with
 */
export async function startPlane(
  environment: Readonly<Record<string, string>> = {},
  { callbackSecrets }: { callbackSecrets?: string } = {},
): Promise<Plane> {
  const ends: (() => Promise<void>)[] = [];
  const last = (end: () => unknown) => void ends.unshift(ending(end));
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-plane-'));
  last(() => rm(folder, { recursive: true, force: true }));
  const simulator = new PartnerSimulator();
  const partnersUrl = await simulator.listen();
  last(() => simulator.close());
  const [{ stacks, partners }, dynamodb, sqs] = await Promise.all([
    synthesizeLocal({ jwksUri: 'http://127.0.0.1/jwks', partnersUrl }),
    startDynamoDb(folder).then((started) => {
      last(started.close);
      return started;
    }),
    startSqs().then((started) => {
      last(started.close);
      return started;
    }),
  ]);
  simulator.update(partners);
  const table = localClient(dynamodb.url);
  last(() => table.destroy());
  await createTables(table, resolveResources(stacks, TABLE_TYPES));
  await createQueues(sqs, resolveResources(stacks, ['AWS::SQS::Queue']));
  const functions = readFunctions(stacks, '');

  const proxy = await startDynamoDbProxy(dynamodb.url);
  last(proxy.close);

  const call = async (name: string, event: unknown, leftMs?: number): Promise<unknown> => {
    const { handler } = await import(
      `../../../lib/holdfast/runtime/entries/operations/${FILES[name] ?? name}-entry.ts`
    );
    return handler(event, context(leftMs));
  };
  const invoke = async (name: string, event: string) => {
    const { entry } = functions.find(({ resource }) => resource.logicalId === name) ?? {};
    return JSON.stringify((await call(entry?.name ?? name, JSON.parse(event))) ?? null);
  };
  const stepFunctions = new LocalStepFunctions({ sqs, invoke, access: EVERYTHING });
  const machines = resolveResources(stacks, ['AWS::StepFunctions::StateMachine'], sqs.url);
  stepFunctions.update(machines);
  last(() => stepFunctions.close());
  const secrets = new LocalSecrets();
  last(() => secrets.close());
  secrets.update(
    resolveResources(stacks, ['AWS::SecretsManager::Secret']),
    (label) => (label.use === 'callbacks' ? callbackSecrets : undefined) ?? madeUpSecret(label),
  );
  const endpoints = {
    AWS_ENDPOINT_URL_SFN: await stepFunctions.listen(),
    AWS_ENDPOINT_URL_SECRETS_MANAGER: await secrets.listen(),
    ...environment,
  };
  const print = withoutMetrics();
  last(print.restore);
  const platform = { endpoint: proxy.url, environment: endpoints };
  for (const each of functions)
    Object.assign(process.env, functionDefinition(each, '', platform).environment);

  const consume = () => {
    const mappings = resolveResources(stacks, ['AWS::Lambda::EventSourceMapping']);
    const queues = mappings.filter(({ properties }) => String(properties.EventSourceArn).includes(':sqs:'));
    last(startEventSources(queues, { dynamodb: dynamodb.url, sqs, invoke, print: () => undefined }));
  };
  const control = (method: string, path: string, body?: object) =>
    fetch(`${partnersUrl}${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
  const read = async (pk: string) => {
    const command = new GetItemCommand({ TableName: 'RecordsTable', Key: { pk: { S: pk } } });
    return (await table.send(command)).Item;
  };
  const write = async (...items: readonly Raw[]) => {
    const RecordsTable = items.map((Item) => ({ PutRequest: { Item } }));
    await table.send(new BatchWriteItemCommand({ RequestItems: { RecordsTable } }));
  };
  return {
    table,
    proxy,
    stepFunctions,
    secrets,
    machines,
    call,
    consume,
    async http(name, request) {
      const { statusCode, body } = (await call(name, proxyEvent(request))) as {
        statusCode: number;
        body: string;
      };
      return { status: statusCode, json: JSON.parse(body || '{}') };
    },
    async faults(partner, faults = {}) {
      await control('PUT', `/faults/${partner}`, faults);
    },
    ledger: async () => (await (await control('GET', '/ledger')).json()) as LedgerEntry[],
    read,
    write,
    async approved() {
      const id = payoutId();
      await write(approvedPayout(id));
      return id;
    },
    async disburse(id) {
      const { writeContract } = await import('../../../lib/holdfast/runtime/actions/write-contract.ts');
      const { default: action } = await import('../../../functions/actions/payouts/disburse.ts');
      const headers = { 'Idempotency-Key': randomUUID(), 'If-Match': '"3-AAAA"' };
      const event = proxyEvent({ parameters: { payoutId: id }, headers }) as unknown as APIGatewayProxyEvent;
      const { statusCode, body } = await writeContract(action, [])(event, context() as Context);
      if (statusCode !== 202) throw new Error(`not accepted: ${body}`);
      return `operations#acme#${JSON.parse(body).id}`;
    },
    async close() {
      for (const end of ends) await end();
    },
  };
}

/** An id that no payout has. */
export const payoutId = (): string => resourceId('po', 'acme', 'payouts', randomUUID());

function approvedPayout(id: string): Raw {
  const at = new Date().toISOString();
  return marshall({
    pk: `payouts#acme#${id}`,
    state: 'approved',
    version: 3,
    commit: 'AAAA',
    createdAt: at,
    updatedAt: at,
    list: 'payouts#acme',
    stateOrder: `approved#${at}`,
    data: {
      amount: { currency: 'EUR', value: '1.00' },
      beneficiary: { name: 'Lovelace Ltd', iban: 'DE89370400440532013000' },
      reference: 'Invoice 7',
    },
    hidden: {},
  });
}

/** What an operation has come to, as it is stored. */
export const progressOf = (item: Raw | undefined): Progress => unmarshall(item ?? {}).hidden.machine;
