import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  type LocalDynamoDb,
  localClient,
  startDynamoDb,
} from '../../../lib/holdfast/local/dynamodb/dynamodb.ts';
import { createTables } from '../../../lib/holdfast/local/dynamodb/tables.ts';
import type { ResolvedResource } from '../../../lib/holdfast/template/template.ts';
import type { Call } from '../../../lib/holdfast/testing/explore/hosted-function.ts';
import type { Item } from '../../../lib/holdfast/testing/explore/store/expression.ts';
import type { World } from '../../../lib/holdfast/testing/explore/store/world.ts';

/** What DynamoDB answers over HTTP. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

const KEY_TYPES = ['HASH', 'RANGE'] as const;

const keySchema = (...names: readonly string[]) =>
  names.map((AttributeName, i) => ({ AttributeName, KeyType: KEY_TYPES[i] ?? 'RANGE' }));

const INDEXES: Readonly<Record<string, readonly [string, string]>> = {
  'by-time': ['list', 'createdAt'],
  'by-state': ['list', 'stateOrder'],
  'by-due': ['dueList', 'dueAt'],
};

const table = (
  logicalId: string,
  keys: readonly string[],
  indexes: typeof INDEXES = {},
): ResolvedResource => ({
  logicalId,
  type: 'AWS::DynamoDB::Table',
  metadata: {},
  properties: {
    AttributeDefinitions: [...new Set([...keys, ...Object.values(indexes).flat()])].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: keySchema(...keys),
    ...(Object.keys(indexes).length > 0 && {
      GlobalSecondaryIndexes: Object.entries(indexes).map(([IndexName, names]) => ({
        IndexName,
        KeySchema: keySchema(...names),
        Projection: { ProjectionType: 'ALL' },
      })),
    }),
  },
});

const TABLES = [
  table('RecordsTable', ['pk'], INDEXES),
  table('IdempotencyTable', ['id']),
  table('HistoryTable', ['pk', 'sk']),
];

/** The tables of a service in the DynamoDB of the local cloud, as a world has them. */
export class RealTables {
  readonly #store: LocalDynamoDb;
  readonly #folder: string;
  readonly #client: DynamoDBClient;
  /** Texts of items, as this has put them there. */
  #items = new Map<string, string>();

  private constructor(store: LocalDynamoDb, folder: string) {
    this.#store = store;
    this.#folder = folder;
    this.#client = localClient(store.url);
  }

  static async start(): Promise<RealTables> {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-tables-'));
    const tables = new RealTables(await startDynamoDb(folder), folder);
    await createTables(tables.#client, TABLES);
    return tables;
  }

  async close(): Promise<void> {
    this.#client.destroy();
    await this.#store.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Makes of the tables what a world has, and no more. */
  async load(world: World): Promise<void> {
    const wanted = new Map(TABLES.flatMap(({ logicalId }) => world.under(`${logicalId}/`)));
    for (const name of this.#items.keys())
      if (!wanted.has(name)) await this.#put('DeleteItem', name, { Key: keyOf(name) });
    for (const [name, text] of wanted)
      if (this.#items.get(name) !== text) await this.#put('PutItem', name, { Item: JSON.parse(text) });
    this.#items = wanted;
  }

  /** Sends a call just as a function has sent it. @param names of the items that it may change */
  async send({ what, body }: Call, names: readonly string[]): Promise<Answer> {
    for (const name of names) this.#items.set(name, '');
    const response = await fetch(this.#store.url, { method: 'POST', headers: headersOf(what), body });
    return { status: response.status, body: await response.text() };
  }

  /** An item as it stands; undefined for none. */
  async item(name: string): Promise<Item | undefined> {
    const { body } = await this.#put('GetItem', name, { Key: keyOf(name), ConsistentRead: true });
    return JSON.parse(body).Item;
  }

  async #put(operation: string, name: string, members: object): Promise<Answer> {
    const body = JSON.stringify({ TableName: name.split('/')[0], ...members });
    const answer = await this.send({ what: `DynamoDB_20120810.${operation}`, body }, []);
    if (answer.status !== 200) throw new Error(`${operation} of ${name} was refused: ${answer.body}`);
    return answer;
  }
}

/** `HistoryTable/payouts#…/0001`: the key of the item that has this name in a world. */
function keyOf(name: string): Item {
  const [logicalId, ...values] = name.split('/');
  const { KeySchema = [] } = TABLES.find((each) => each.logicalId === logicalId)?.properties ?? {};
  return Object.fromEntries(KeySchema.map(({ AttributeName }, i) => [AttributeName, { S: values[i] ?? '' }]));
}

/** It asks who calls, and takes anybody's word for it. */
const headersOf = (what: string) => ({
  'X-Amz-Target': what,
  'Content-Type': 'application/x-amz-json-1.0',
  Authorization:
    'AWS4-HMAC-SHA256 Credential=local/20261125/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  'X-Amz-Date': '20261125T080000Z',
});
